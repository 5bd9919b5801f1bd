#!/usr/bin/env python3
"""Prints how good the recipes of workflows/ are in cross-validation, beside what is published: ./dev bench models.

    ./dev bench models [--data FOLDER] [--only warfarin|gdsc|speed]

FOLDER has what may not be shipped: iwpc/iwpc_raw_with_site.csv, and gdsc/ with the files of workflows/data/gdsc.py; else
STARDOSE_MODEL_DATA. Without it the MADE-UP tables of data-samples/ are used, which says so and proves nothing but that it
runs. All lines are of the same people in the same run. `speed` is the scenarios of bench.py for polygenic scores and trees.
"""
import argparse
import copy
import csv
import os
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "build", "release", "stardose")
SEEDS = (1, 2, 3)
CHOSE = " chose: "
ERRORS = re.compile(r"^.*?: MAE [\d.]+ [^,]+, within 20 %: [\d.]+ %")
COVERED = re.compile(r"covered ([\d.]+ %), interval width ([\d.]+ [^,\s]+)")
TERMS = {"age": -0.2614, "height": 0.0087, "weight": 0.0128, "inducer": 1.1816, "amiodarone": -0.5503,
         "vkorc1": {"G/G": 0, "A/G": -0.8677, "A/A": -1.6974, "": -0.4854},
         "cyp2c9": {"*1/*1": 0, "*1/*2": -0.5211, "*1/*3": -0.9357, "*2/*2": -1.0616, "*2/*3": -1.9206, "*3/*3": -2.3312,
                    "": -0.2188},
         "race": {"White": 0, "Asian": -0.1092, "Black": -0.2760, "Mixed or unknown": -0.1032}}


class Loader(yaml.SafeLoader):
    """YAML 1.2, to which `on` and `yes` are words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def workflow(name):
    """Returns a recipe."""
    with open(os.path.join(ROOT, "workflows", name), encoding="utf-8") as file:
        return yaml.load(file, Loader)


class Bench:
    """Runs recipes on tables."""

    def __init__(self, scratch):
        self.scratch = scratch

    def lines(self, recipe, table):
        """Returns what `stardose train --evaluate-only` prints."""
        path = os.path.join(self.scratch, "recipe.yaml")
        with open(path, "w", encoding="utf-8") as file:
            yaml.safe_dump(recipe, file, sort_keys=False)
        done = subprocess.run([PROGRAM, "train", path, "--data", table, "--evaluate-only", "--threads", "auto"],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{recipe['recipe']}: {done.stderr}")
        return done.stdout.splitlines()

    def print_errors(self, recipe, table, groups=False):
        """Prints MAE and share within 20 %, and how many of each group are within the intervals."""
        lines = self.lines(recipe, table)
        for line in lines:
            if "(n = " not in line:
                print(line if CHOSE in line else ERRORS.match(line)[0], flush=True)
        for line in lines if groups else []:
            found = COVERED.search(line)
            if found:
                print(f"{line.split(':')[0]}: 90 % intervals cover {found[1]}, width {found[2]}", flush=True)


def with_seeds(recipe):
    """Returns a recipe with each random division thrice."""
    changed = copy.deepcopy(recipe)
    random = [{"name": f"5-fold, division {seed}", "seed": seed} for seed in SEEDS]
    changed["folds"] = random + [plan for plan in recipe["folds"] if "kind" in plan]
    return changed


def by_hand(recipe):
    """Returns the recipe with the settings and the blend that were set by hand: the first of what there is to choose."""
    changed = copy.deepcopy(recipe) | {"recipe": recipe["recipe"] + ", set by hand"}
    for contender in changed["contenders"]:
        for setting, values in contender.pop("grid", {}).items():
            contender.setdefault("settings", {})[setting] = values[0]
    first = changed.pop("blends", [[contender["name"] for contender in changed["contenders"]]])[0]
    changed["contenders"] = [contender for contender in changed["contenders"] if contender["name"] in first]
    changed.pop("search", None)
    return changed


def without_sites(recipe):
    """Returns the recipe where nobody's clinic is known, as at a hospital that the data have not."""
    changed = copy.deepcopy(recipe) | {"recipe": recipe["recipe"] + ", site unknown"}
    for name, steps in changed["steps"].items():
        changed["steps"][name] = [step for step in steps if step.get("one_hot", {}).get("columns") != ["site"]]
        for step in changed["steps"][name]:
            if "keep" in step:
                step["keep"]["columns"] = [column for column in step["keep"]["columns"] if column != "site"]
    for contender in changed["contenders"]:
        if contender.get("columns", {}).pop("site", None) and not contender["columns"]:
            del contender["columns"]
    changed["folds"] = [plan for plan in changed["folds"] if "kind" not in plan]
    return changed


def refitted(recipe):
    """Returns least squares of the inputs of the published equation."""
    changed = with_seeds(by_hand(recipe)) | {"recipe": "the published equation's inputs refitted"}
    wanted = ["age", "height", "weight", "race", "vkorc1", "cyp2c9", "amiodarone", "enzyme_inducer"]
    changed["steps"] = {"inputs": [
        {"keep": {"columns": wanted + ["male"]}},
        {"fill": {"columns": ["age"], "by": "median"}},
        {"fill": {"columns": ["male"], "by": "mean"}},
        {"fill": {"columns": ["height", "weight"], "by": "regression", "on": ["male", "race", "height", "weight"]}},
        {"drop": {"columns": ["male"]}},
        {"one_hot": {"columns": ["race"], "reference": "White", "missing": "zeros"}},
        {"one_hot": {"columns": ["vkorc1"], "reference": "G/G", "missing": "level"}},
        {"one_hot": {"columns": ["cyp2c9"], "reference": "*1/*1", "missing": "level"}}]}
    changed["contenders"] = [{"name": "equation", "learner": "least_squares", "steps": "inputs"}]
    return changed


def tissue_only(recipe):
    """Returns ridge regression on the tissue alone."""
    changed = recipe | {"recipe": "gdsc, tissue alone"}
    changed["steps"] = {"tissue": [{"keep": {"columns": ["tissue"]}},
                                   {"one_hot": {"columns": ["tissue"], "missing": "zeros"}}]}
    changed.pop("responses")
    changed["contenders"] = [{"name": "tissue", "learner": "ridge", "settings": {"penalty": 0.005}, "steps": "tissue"}]
    return changed


def fill_bodies(rows):
    """Fills age by the median, and height and weight by the mean of sex and race."""
    ages = sorted(float(row["age"]) for row in rows if row["age"])
    known = {}
    for row in rows:
        for what in ("height", "weight"):
            if row[what]:
                for key in ((row["male"], row["race"]), ()):
                    known.setdefault((what, key), []).append(float(row[what]))
    for row in rows:
        row["age"] = row["age"] or ages[len(ages) // 2]
        for what in ("height", "weight"):
            like = known.get((what, (row["male"], row["race"]))) or known[what, ()]
            row[what] = row[what] or sum(like) / len(like)


def published(table):
    """Prints the IWPC's pharmacogenetic equation (N Engl J Med 2009;360:753-764) on the rows that the recipe keeps."""
    with open(table, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t")
                if row["stable"] == "1" and row["dose"] and float(row["dose"]) < 300]
    fill_bodies(rows)
    errors = []
    for row in rows:
        root = 5.6044 + TERMS["age"] * (float(row["age"]) // 10) + sum(TERMS[of][row[of]] for of in ("vkorc1", "cyp2c9", "race"))
        root += sum(TERMS[of] * float(row[of]) for of in ("height", "weight", "amiodarone"))
        root += TERMS["inducer"] * float(row["enzyme_inducer"])
        errors.append((abs(root * root - float(row["dose"])), 0.2 * float(row["dose"])))
    within = 100 * sum(error <= most + 1e-9 for error, most in errors) / len(errors)
    mean = sum(error for error, _ in errors) / len(errors)
    print(f"the published equation on the same {len(rows)} people: MAE {mean:.2f} mg/week, within 20 %: {within:.1f} %")


def tables(folder, scratch):
    """Returns the tables to learn from."""
    sheet = os.path.join(folder, "iwpc", "iwpc_raw_with_site.csv")
    screen = [os.path.join(folder, "gdsc", name)
              for name in ("genomic_features_v17.csv.gz", "cosmic_info.csv.gz", "IC50_v17.csv.gz")]
    if not folder or not all(map(os.path.exists, [sheet, *screen])):
        print("NO REAL DATA (--data FOLDER, STARDOSE_MODEL_DATA): all figures are of MADE-UP people", flush=True)
        samples = os.path.join(ROOT, "data-samples")
        return os.path.join(samples, "made_up_cohort.tsv"), os.path.join(samples, "made_up_cell_lines.tsv")
    made = []
    for converter, files in (("iwpc.py", [sheet]), ("gdsc.py", screen)):
        made.append(os.path.join(scratch, converter + ".tsv"))
        with open(made[-1], "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, os.path.join(ROOT, "workflows", "data", converter), *files], stdout=out,
                           check=True)
    return made


def warfarin(bench, people):
    """Prints the recipe with everything chosen in inner folds and as set by hand, and the published equation beside."""
    recipe = workflow("train-warfarin.yaml")
    bench.print_errors(recipe, people, groups=True)
    bench.print_errors(without_sites(recipe), people)
    bench.print_errors(with_seeds(by_hand(recipe)), people)
    bench.print_errors(without_sites(with_seeds(by_hand(recipe))), people)
    published(people)
    bench.print_errors(refitted(recipe), people)


def main():
    """Prints the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("STARDOSE_MODEL_DATA", ""))
    parser.add_argument("--only", choices=("warfarin", "gdsc", "speed"))
    arguments = parser.parse_args()
    parts = {arguments.only} if arguments.only else {"warfarin", "gdsc", "speed"}
    with tempfile.TemporaryDirectory() as scratch:
        people, cells = tables(arguments.data, scratch)
        bench = Bench(scratch)
        if "warfarin" in parts:
            warfarin(bench, people)
        screen = workflow("gdsc-response.yaml")
        for one in (screen, tissue_only(screen)) if "gdsc" in parts else ():
            for line in bench.lines(with_seeds(one), cells)[-len(SEEDS):]:
                print(line, flush=True)
    for part in ("scores", "trees") if "speed" in parts else ():
        subprocess.run([sys.executable, os.path.join(ROOT, "benchmarks", "bench.py"), "--only", part], check=True)


if __name__ == "__main__":
    main()
