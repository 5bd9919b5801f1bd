#!/usr/bin/env python3
"""Make guidance/guidelines.tsv and guidance/recommendations.tsv from guideline annotations and their coding.

    guidance.py --sources DIR [--only CPIC]

DIR holds guidelines-2024/*.json. See README-guidance.md for the coding and for every decision taken here.
"""

import argparse
import itertools
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import yaml

from fingerprint import fingerprint, guideline_id
from guidance_rules import (DROPPED, POPULATION_OF, POPULATIONS, STEPS, UNKNOWN, holds, population, read_key,
                            rectangles, write_keys)

HERE = Path(__file__).resolve().parent
GUIDANCE = HERE.parent / "guidance"
CODING = ["action", "level", "consequence", "dose", "limit", "alternatives", "monitor", "note"]
COLUMNS = ["guideline", "drug", "population", "when", "action", "level", "strength", *CODING[2:]]
STRENGTHS = {"Strong": "strong", "Moderate": "moderate", "Optional": "optional",
             "No recommendation": "no recommendation", "N/A": ".", None: "."}
TERMS = """\
# {what}
# CPIC guidelines (CC0 1.0) and DPWG guidelines, as annotated by ClinPGx (PharmGKB), 2024-05-29, CC BY-SA 4.0;
# https://www.clinpgx.org. Coded by StarDose: no sentence of a guideline is here. Made by convert/guidance.py.
"""


def read_table(path: Path) -> list[dict]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    header = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header) or not all(cell.strip() for cell in cells):
            sys.exit(f"{path.name}, row {number}: {len(header)} filled cells wanted: {line[:80]}")
        rows.append(dict(zip(header, cells)))
    return rows


def check_coding(row: dict, phrases: dict, where: str) -> None:
    """Reject codes outside phrases.yaml and codings that contradict themselves."""
    faults = []
    if row["action"] not in phrases["actions"]:
        faults.append(f"action {row['action']}")
    if row["level"] not in phrases["levels"]:
        faults.append(f"level {row['level']}")
    for column, vocabulary in (("consequence", "consequences"), ("monitor", "monitor")):
        for code in row[column].split(" | "):
            if code != "." and code not in phrases[vocabulary]:
                faults.append(f"{column} {code}")
    if match := re.fullmatch(r"(\d+)(?:-(\d+))?", row["dose"]):
        low, high = int(match[1]), int(match[2] or match[1])
        wrong = {"reduce_dose": high >= 100, "increase_dose": low <= 100}.get(row["action"], False)
        if low > high or wrong:
            faults.append(f"dose {row['dose']} with {row['action']}")
    elif row["dose"] != ".":
        faults.append(f"dose {row['dose']}")
    changes = row["action"] in ("avoid", "alternative", "reduce_dose", "increase_dose")
    if changes and row["level"] in ("none", "unknown"):
        faults.append(f"level {row['level']} with {row['action']}")
    if row["action"] == "no_recommendation" and row["level"] != "unknown":
        faults.append(f"level {row['level']} with no_recommendation")
    if faults:
        sys.exit(f"{where}: {'; '.join(faults)}")


def read_codings(sources: list[str], phrases: dict) -> dict:
    """(guideline, fingerprint, drug or None) -> coding."""
    codings = {}
    for source in sources:
        for row in read_table(HERE / "coding" / f"{source.lower()}.tsv"):
            mark, _, drug = row["fingerprint"].partition("@")
            key = (row["guideline"], mark, drug or None)
            check_coding(row, phrases, f"{source.lower()}.tsv {key}")
            if key in codings:
                sys.exit(f"{source.lower()}.tsv: {key} twice")
            codings[key] = tuple(row[column] for column in CODING)
    return codings


def with_unknown(coding: tuple, keys: dict) -> tuple:
    """`none` becomes `caution` where a gene that the guideline asks for is not known."""
    missing = sorted(gene for gene, key in keys.items() if key in UNKNOWN)
    row = dict(zip(CODING, coding))
    if not missing or row["level"] != "none":
        return coding
    if len(missing) == len(keys):
        sys.exit(f"level none although nothing is known: {keys}")
    note = f"{' and '.join(missing)} not known: advice from the other gene alone."
    row.update(level="caution", note=note if row["note"] == "." else f"{row['note']} {note}")
    return tuple(row.values())


def strength_of(recommendation: dict, coding: tuple) -> str:
    if recommendation["source"] == "DPWG":
        return "."
    if coding[0] == "no_recommendation":
        return "no recommendation"
    return STRENGTHS[(recommendation["classification"] or {}).get("term")]


def read_recommendations(documents: list[dict], codings: dict) -> tuple[list[dict], Counter]:
    """Every recommendation of the source for each of its drugs, with its keys and coding."""
    items, dropped, missing, used = [], Counter(), [], set()
    for document in documents:
        guideline = guideline_id(document["guideline"])
        for entry in document["recommendations"]:
            keys = {gene: read_key(gene, value) for gene, value in entry["lookupKey"].items()}
            mark = fingerprint((entry.get("text") or {}).get("html") or "", entry.get("implications") or [])
            if None in keys.values():
                used.add((guideline, mark, None))   # may be coded, need not
                dropped.update((gene, value) for gene, value in entry["lookupKey"].items()
                               if keys[gene] is None)
                continue
            for drug in (chemical["name"] for chemical in entry["relatedChemicals"]):
                name = next((key for key in ((guideline, mark, drug), (guideline, mark, None)) if key in codings), None)
                if name is None:
                    missing.append(f"{mark}\t{guideline}\t{drug}\t{entry['lookupKey']}")
                    continue
                used.add(name)
                coding = with_unknown(codings[name], keys)
                source = {"source": document["guideline"]["source"], "classification": entry["classification"]}
                items.append({"guideline": guideline, "drug": drug,
                              "population": population(guideline, entry["population"]), "keys": keys,
                              "coding": coding, "strength": strength_of(source, coding)})
    if missing:
        sys.exit("no coding for these texts; read them and code them:\n" + "\n".join(sorted(set(missing))))
    idle = sorted(set(codings) - used)
    if idle:
        sys.exit("codings of texts that the source lacks:\n" + "\n".join(map(str, idle)))
    return items, dropped


def make_rules(items: list[dict]) -> list[dict]:
    """The recommendations as few rows, coding by coding."""
    scopes: dict = defaultdict(list)
    for item in items:
        scopes[item["guideline"], item["drug"], item["population"]].append(item)
    rules = []
    for (guideline, drug, population), members in scopes.items():
        genes = sorted(members[0]["keys"])
        universe = {gene: {item["keys"][gene] for item in members} for gene in genes}
        groups: dict = defaultdict(set)
        for item in members:
            point = tuple(item["keys"][gene] for gene in genes)
            by_diplotype = any(key[0] == "diplotype" for key in point)
            groups[item["coding"], item["strength"], by_diplotype].add(point)
        for (coding, strength, _), points in groups.items():
            for sets in rectangles(points):
                when = "; ".join(f"{gene}: {' | '.join(write_keys(gene, keys, universe[gene]))}"
                                 for gene, keys in zip(genes, sets))
                rules.append(dict(zip(CODING, coding), guideline=guideline, drug=drug, population=population,
                                  when=when, strength=strength))
    return rules


def prove(items: list[dict], rules: list[dict]) -> None:
    """Each recommendation is found by exactly one rule with its coding, and no key by two rules of a kind."""
    scopes: dict = defaultdict(lambda: ([], []))
    for item in items:
        scopes[item["guideline"], item["drug"], item["population"]][0].append(item)
    for rule in rules:
        scopes[rule["guideline"], rule["drug"], rule["population"]][1].append(rule)
    for scope, (members, rows) in scopes.items():
        for item in members:
            found = [row for row in rows if holds(row["when"], item["keys"])]
            assert len(found) == 1, f"{scope} {item['keys']}: {len(found)} rules"
            assert tuple(found[0][column] for column in CODING) == item["coding"], f"{scope} {item['keys']}"
            assert found[0]["strength"] == item["strength"], f"{scope} {item['keys']}"
        genes = sorted(members[0]["keys"])
        choices = []
        for gene in genes:
            keys = {item["keys"][gene] for item in members}
            scores = [key[1] for key in keys if key[0] == "score"]
            if scores:   # scores between the listed ones, too
                step = STEPS[gene]
                grid = {("score", n * step, False) for n in range(int(max(scores) / step) + 1)}
                if len(genes) == 1:
                    gaps = [key for key in sorted(grid) if not any(holds(row["when"], {gene: key}) for row in rows)]
                    assert not gaps, f"{scope}: no rule for {gaps}"
                keys |= grid
            choices.append(sorted(keys))
        for point in itertools.product(*choices):
            found = [row["when"] for row in rows if holds(row["when"], dict(zip(genes, point)))]
            assert len(found) <= 1, f"{scope} {point}: {found}"


def write_table(path: Path, what: str, columns: list[str], rows: list[dict]) -> None:
    lines = ["\t".join(row[column] for column in columns) for row in rows]
    path.write_text(TERMS.format(what=what) + "\t".join(columns) + "\n" + "".join(line + "\n" for line in lines),
                    encoding="utf-8", newline="\n")


def guideline_row(document: dict) -> dict:
    guideline = document["guideline"]
    return {"guideline": guideline_id(guideline), "source": guideline["source"],
            "drugs": " | ".join(sorted(chemical["name"] for chemical in guideline["relatedChemicals"])),
            "genes": " | ".join(sorted(gene["symbol"] for gene in guideline["relatedGenes"])),
            "version": str(guideline["version"]), "annotation": guideline["id"],
            "pmids": " | ".join(citation["pmid"] for citation in document["citations"] if citation["pmid"]) or ".",
            "title": guideline["name"].removeprefix("Annotation of ")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, help="folder with guidelines-2024/")
    parser.add_argument("--only", choices=["CPIC", "DPWG"], help="one source alone (while the other is being coded)")
    options = parser.parse_args()
    sources = [options.only] if options.only else ["CPIC", "DPWG"]
    phrases = yaml.safe_load((GUIDANCE / "phrases.yaml").read_text(encoding="utf-8"))
    assert all(key == "." or key in phrases["populations"] for key in [*POPULATIONS.values(), *POPULATION_OF.values()])
    documents = [json.loads(path.read_text(encoding="utf-8"))
                 for path in sorted((options.sources / "guidelines-2024").glob("*.json"))
                 if path.name.partition("_")[0] in sources]
    if not documents:
        sys.exit(f"no guideline annotations in {options.sources}/guidelines-2024")
    items, dropped = read_recommendations(documents, read_codings(sources, phrases))
    rules = make_rules(items)
    prove(items, rules)
    empty = {guideline_id(document["guideline"]) for document in documents if not document["recommendations"]}
    written = [row for row in read_table(HERE / "coding" / "written.tsv")
               if row["guideline"].partition("-")[0].upper() in sources]
    if {row["guideline"] for row in written} != empty:
        sys.exit(f"written.tsv must cover the guidelines without recommendations, and no others: {sorted(empty)}")
    for row in written:
        check_coding(row, phrases, f"written.tsv {row['guideline']}")
    rules = sorted(rules + written, key=lambda row: [row[column] for column in COLUMNS])
    guidelines = sorted(map(guideline_row, documents), key=lambda row: row["guideline"])
    write_table(GUIDANCE / "recommendations.tsv", "Who gets which advice.", COLUMNS, rules)
    write_table(GUIDANCE / "guidelines.tsv", "The guidelines behind the advice.", list(guidelines[0]), guidelines)
    print(f"{len(documents)} guidelines, {len({rule['drug'] for rule in rules})} drugs, "
          f"{len(items)} recommendations, {len(rules)} rules")
    for (gene, value), count in sorted(dropped.items()):
        print(f"dropped {count} x {gene} {value}: {DROPPED[gene, value]}")


if __name__ == "__main__":
    main()
