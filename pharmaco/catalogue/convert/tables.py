"""Writing and reading of the catalogue's TSV and YAML files: one form, so that a diff shows facts only."""

import csv
import json
import re
from pathlib import Path

NOTHING = "."
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_. -]*\Z")
YAML_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


class TableError(Exception):
    """A fact does not fit the table formats, or a source contradicts itself."""


def natural_key(name):
    """Digit runs compare as numbers and before letters, so *2 < *10 < *10x2."""
    runs = re.findall(r"\d+|\D+", name)
    return [(0, int(run), "") if run.isdigit() else (1, 0, run) for run in runs], name


def write_tsv(path, comments, header, rows):
    lines = [f"# {comment}" for comment in comments] + ["\t".join(header)]
    for row in rows:
        cells = [NOTHING if cell in (None, "") else str(cell) for cell in row]
        if len(cells) != len(header):
            raise TableError(f"{path.name}: {len(cells)} cells where {len(header)} are due: {cells}")
        if any("\t" in cell or "\n" in cell or cell != cell.strip() for cell in cells):
            raise TableError(f"{path.name}: a cell with a tab, a line end or outer blanks: {cells}")
        lines.append("\t".join(cells))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def read_tsv(path):
    """Rows as dictionaries; comments are skipped."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    header = lines[0].split("\t")
    rows = [line.split("\t") for line in lines[1:]]
    if any(len(row) != len(header) or "" in row for row in rows):
        raise TableError(f"{path.name}: a row with missing or empty cells")
    return [dict(zip(header, row)) for row in rows]


def read_csv(path):
    with path.open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def yaml_scalar(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if PLAIN.match(value) and not value.endswith(" ") and value.lower() not in YAML_WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def yaml_flow(value):
    if isinstance(value, list):
        return "[" + ", ".join(yaml_flow(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{yaml_scalar(key)}: {yaml_flow(item)}" for key, item in value.items()) + "}"
    return yaml_scalar(value)


def yaml_list(items, block):
    if not block:
        return [f"  - {yaml_flow(item)}" for item in items]
    lines = []
    for item in items:
        for number, (key, value) in enumerate(item.items()):
            lines.append(f"  {'-' if number == 0 else ' '} {key}: {yaml_flow(value)}")
    return lines


def write_yaml(path, comments, mapping, block_lists=()):
    """One key a line; a list of mappings takes one line an item, or a block an item for keys in block_lists."""
    lines = [f"# {comment}" for comment in comments]
    for key, value in mapping.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key}:"] + yaml_list(value, key in block_lists)
        else:
            lines.append(f"{key}: {yaml_flow(value)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
