#!/usr/bin/env python3
"""Writes `interval` and `performance` of the warfarin algorithms: how far their doses lie from those that people needed.

    python3 pharmaco/catalogue/convert/dose_residuals.py iwpc_raw_with_site.csv

The file: the sheet `Subject Data` of the workbook of the International Warfarin Pharmacogenetics Consortium (N Engl J Med
2009;360:753) with the column `Project Site`, as CSV. No row of it enters the catalogue: only quantiles and means of groups.
--program: the built program, which works out the doses; --check: compare with what stands and write nothing.

Who: stable dose reached and known, age known, target INR of 2 to below 3 (or a target range that does not reach 3.5 or 4).
Height and weight as measured; those without are left out, as the algorithms refuse them. Every CYP2C9 allele counts as
tested, as most equations were made so. Residuals are true less predicted dose, on the scale of the equation. The ends of
an interval are the quantiles that hold LEVEL of one more patient of the group; groups are a race and a third of the
predictions, or the race alone where that third has fewer than LEAST patients.
"""
import argparse
import csv
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

DOSING = Path(__file__).resolve().parent.parent / "dosing"
MARK = "# From here on written by convert/dose_residuals.py.\n"
LEVEL = 0.90
LEAST = 60
# Algorithm: the scale of its equation, and the milligrams a week of one of its unit.
ALGORITHMS = {
    "warfarin-iwpc-2009": ("root", 1),
    "warfarin-iwpc-2009-clinical": ("root", 1),
    "warfarin-gage-2008": ("log", 7),
    "warfarin-gage-2008-clinical": ("log", 7),
}
RACES = {"White": "White", "Asian": "Asian", "Black or African American": "Black", "Unknown": "Mixed or unknown"}
HIGH_RANGES = {"2.5-3.5", "3-4", "3.0-4.0"}
TESTED = "*2,*3,*5,*6,*8,*11"
HEADER = ["sample", "age_years", "height_cm", "weight_kg", "race", "target_inr", "amiodarone", "carbamazepine", "phenytoin",
          "rifampin", "smoker", "dvt_or_pe", "CYP2C9", "CYP2C9_alleles_tested", "rs12777823", "rs9923231_coding",
          "rs2359612_coding", "rs9934438_coding", "rs8050894_coding"]
# Alleles that the equations have terms for; any other counts as an unknown result, as the program has it.
KNOWN = {"*1/*1", "*1/*2", "*1/*3", "*2/*2", "*2/*3", "*3/*3"}


def known(cell):
    return cell if cell not in ("", "NA") else None


def target_of(row):
    """The target INR; None: not one that belongs here."""
    target = known(row["Target INR"])
    if target:
        return float(target) if 2 <= float(target) < 3 else None
    stated = known(row["Estimated Target INR Range Based on Indication"])
    if stated in HIGH_RANGES:
        return None
    if not stated:
        return 2.5
    low, high = stated.split("-")
    return max(2.0, (float(low) + float(high)) / 2)


def flag(cell):
    return {"1": "yes", "0": "no"}.get(cell, "NA")


def read_patients(path):
    """Rows for the program, and the true dose and site of each."""
    rows, truth = [], {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            dose = known(row["Therapeutic Dose of Warfarin"])
            target = target_of(row)
            age = known(row["Age"])
            if row["Subject Reached Stable Dose of Warfarin"] != "1" or not dose or not target or not age:
                continue
            name = row["PharmGKB Subject ID"]
            cyp2c9 = row["CYP2C9 consensus"]
            reasons = row["Indication for Warfarin Treatment"].replace("or", ";").split(";")
            truth[name] = (float(dose), row["Project Site"], RACES[row["Race (OMB)"]])
            rows.append([name, age[:2].rstrip("+ -"), known(row["Height (cm)"]) or "NA", known(row["Weight (kg)"]) or "NA",
                         RACES[row["Race (OMB)"]], f"{target:g}", flag(row["Amiodarone (Cordarone)"]),
                         flag(row["Carbamazepine (Tegretol)"]), flag(row["Phenytoin (Dilantin)"]),
                         flag(row["Rifampin or Rifampicin"]), flag(row["Current Smoker"]),
                         "yes" if {"1", "2"} & {reason.strip() for reason in reasons} else "no",
                         cyp2c9 if cyp2c9 in KNOWN else "NA", TESTED, "G/G",
                         known(row["VKORC1 -1639 consensus"]) or "NA", known(row["VKORC1 2255 consensus"]) or "NA",
                         known(row["VKORC1 1173 consensus"]) or "NA", known(row["VKORC1 1542 consensus"]) or "NA"])
    return rows, truth


def doses_of(program, algorithm, rows):
    """The program's doses by name, in the algorithm's unit; those it refuses are left out."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as table:
        for row in [HEADER] + rows:
            table.write("\t".join(row) + "\n")
        table.flush()
        answer = subprocess.run([program, "dose", algorithm, "--covariates", table.name, "--format", "json"], check=True,
                                capture_output=True, text=True).stdout
    return {patient["sample"]: patient["estimate"]["dose"]["value"] for patient in json.loads(answer)["patients"]
            if patient["status"] == "dosed"}


def on_scale(scale, dose):
    return math.sqrt(dose) if scale == "root" else math.log(dose)


def quantiles(residuals):
    """The ends that hold LEVEL of one more residual, half of the rest on either side."""
    ordered = sorted(residuals)
    tail = (1 - LEVEL) / 2 * (len(ordered) + 1)
    below = max(0, math.floor(tail) - 1)
    above = min(len(ordered) - 1, math.ceil(len(ordered) + 1 - tail) - 1)
    return ordered[below], ordered[above]


class Spread:
    """Intervals of one algorithm from (predicted, true, race) of patients, in its own unit."""

    def __init__(self, scale, patients):
        self.scale = scale
        ordered = sorted(predicted for predicted, _, _ in patients)
        self.cuts = [float(f"{ordered[len(ordered) * third // 3]:.3g}") for third in (1, 2)]
        self.cells = {}
        for race in RACES.values():
            own = [(self.part(p), on_scale(scale, t) - on_scale(scale, p)) for p, t, r in patients if r == race]
            for part in range(3):
                residuals = [residual for at, residual in own if at == part]
                if len(residuals) >= LEAST:
                    self.cells[race, part] = (len(residuals), *quantiles(residuals), "")
                else:
                    residuals = [residual for _, residual in own]
                    self.cells[race, part] = (len(residuals), *quantiles(residuals), ", of: group")

    def part(self, predicted):
        return sum(predicted >= cut for cut in self.cuts)

    def holds(self, predicted, true, race):
        _, low, high, _ = self.cells[race, self.part(predicted)]
        return low <= on_scale(self.scale, true) - on_scale(self.scale, predicted) <= high


def coverage(scale, patients):
    """The share of patients whose dose lies in the interval made without their site: of all, and by race."""
    hits = []
    for site in sorted({site for *_, site in patients}):
        spread = Spread(scale, [patient[:3] for patient in patients if patient[3] != site])
        hits += [(race, spread.holds(p, t, race)) for p, t, race, of_site in patients if of_site == site]
    share = lambda chosen: 100 * sum(chosen) / len(chosen)
    return share([hit for _, hit in hits]), {race: share([hit for r, hit in hits if r == race]) for race in RACES.values()}


def performance(patients, to_weekly):
    missed = [abs(p - t) for p, t, *_ in patients]
    near = sum(abs(p - t) <= 0.2 * t for p, t, *_ in patients)
    return f"{{n: {len(patients)}, error: {sum(missed) / len(missed):.{2 if to_weekly == 1 else 3}f}, within_20: {100 * near / len(patients):.1f}}}"


def block(algorithm, patients):
    scale, to_weekly = ALGORITHMS[algorithm]
    spread = Spread(scale, [patient[:3] for patient in patients])
    everyone, by_race = coverage(scale, patients)
    sites = len({site for *_, site in patients})
    origin = (f"this equation on {len(patients)} patients of {sites} sites of the International Warfarin Pharmacogenetics "
              "Consortium, among whom the IWPC's own were made")
    text = MARK + f"# at_other_sites: of intervals made without a site, the percentage of its doses; of all races {everyone:.1f}.\n"
    text += f"interval:\n  level: {LEVEL:.2f}\n  scale: {scale}\n  by: race\n  cuts: [{spread.cuts[0]:g}, {spread.cuts[1]:g}]\n"
    text += "  groups:\n"
    for race in RACES.values():
        cells = ["{n: %d, low: %.4f, high: %.4f%s}" % spread.cells[race, part] for part in range(3)]
        text += f"    {race}: [{', '.join(cells)}]\n"
    held = ", ".join(f"{race}: {share:.1f}" for race, share in by_race.items())
    text += f"  at_other_sites: {{{held}}}\n  source: residuals of {origin}\n"
    text += f"performance:\n  by: race\n  everyone: {performance(patients, to_weekly)}\n  groups:\n"
    for race in RACES.values():
        text += f"    {race}: {performance([patient for patient in patients if patient[2] == race], to_weekly)}\n"
    return text + f"  source: {origin}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("--program", default="build/release/stardose")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    rows, truth = read_patients(arguments.table)
    differing = []
    for algorithm, (_, to_weekly) in ALGORITHMS.items():
        doses = doses_of(arguments.program, algorithm, rows)
        patients = [(dose, truth[name][0] / to_weekly, truth[name][2], truth[name][1]) for name, dose in doses.items()]
        path = DOSING / f"{algorithm}.yaml"
        stands = path.read_text()
        made = stands.split(MARK)[0] + block(algorithm, patients)
        if made != stands:
            differing.append(algorithm)
        if not arguments.check:
            path.write_text(made)
    if arguments.check and differing:
        sys.exit("differ: " + ", ".join(differing))


if __name__ == "__main__":
    main()
