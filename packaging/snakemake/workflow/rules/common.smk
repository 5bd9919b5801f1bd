# The sheet of samples, and what rules ask of it.
import csv
from pathlib import Path

with open(config["samples"], encoding="utf-8") as sheet:
    SAMPLES = {row["name"]: row for row in csv.DictReader(sheet, delimiter="\t")}
WRAPPERS = config["wrappers"] or f"file://{Path(workflow.basedir).parent}/wrapper"


wildcard_constraints:
    name="|".join(map(re.escape, SAMPLES)),


def given(**files):
    """Those of the files that there are."""
    return {name: path for name, path in files.items() if path}
