#!/usr/bin/env python3
"""Makes a table for training of the warfarin data of the IWPC: workflows/train-warfarin.yaml reads it.

    python3 workflows/data/iwpc.py iwpc.csv > warfarin.tsv

iwpc.csv is the sheet "Subject Data" of the workbook that PharmGKB gives out for PMID 19228618, saved as CSV. Patients'
rows stay with you: they are in no part of this repository. No column is read that is known only after the dose is found:
neither the INR on the dose nor comments.
"""
import csv
import re
import sys

DOSE = "Therapeutic Dose of Warfarin"
RACES = {"White": "White", "Asian": "Asian", "Black or African American": "Black", "Unknown": "Mixed or unknown"}
INDICATIONS = ["deep_vein_thrombosis", "pulmonary_embolism", "atrial_fibrillation", "heart_valve_indication",
               "cardiomyopathy", "stroke", "orthopaedic_surgery", "other_indication"]  # 1 to 8 of the sheet
FLAGS = {
    "diabetes": "Diabetes",
    "heart_failure": "Congestive Heart Failure and/or Cardiomyopathy",
    "valve_replacement": "Valve Replacement",
    "aspirin": "Aspirin",
    "acetaminophen": "Acetaminophen or Paracetamol (Tylenol)",
    "simvastatin": "Simvastatin (Zocor)",
    "atorvastatin": "Atorvastatin (Lipitor)",
    "fluvastatin": "Fluvastatin (Lescol)",
    "lovastatin": "Lovastatin (Mevacor)",
    "pravastatin": "Pravastatin (Pravachol)",
    "rosuvastatin": "Rosuvastatin (Crestor)",
    "sulfonamide": "Sulfonamide Antibiotics",
    "macrolide": "Macrolide Antibiotics",
    "azole": "Anti-fungal Azoles",
    "herbal": "Herbal Medications, Vitamins, Supplements",
    "smoker": "Current Smoker",
}
# What counts as not taken where the sheet says nothing: the publication's appendix, section S1.
DRUGS = {"amiodarone": "Amiodarone (Cordarone)", "carbamazepine": "Carbamazepine (Tegretol)",
         "phenytoin": "Phenytoin (Dilantin)", "rifampin": "Rifampin or Rifampicin"}
# Letters of the publication; the second is the one that is counted.
VARIANTS = {
    "rs9923231": ("VKORC1 -1639 consensus", "GA"),
    "rs2884737": ("VKORC1 497 consensus", "TG"),
    "rs9934438": ("VKORC1 1173 consensus", "CT"),
    "rs8050894": ("VKORC1 1542 consensus", "GC"),
    "rs7294": ("VKORC1 3730 consensus", "GA"),
    "rs2359612": ("VKORC1 2255 consensus", "CT"),
    "rs17880887": ("VKORC1 -4451 consensus", "CA"),
}
# Which -1639 genotype another variant stands for: the publication's appendix, section S4, first match wins. The last of
# each: not of these races, in whom the two are not inherited together.
IMPUTED_FROM = [("rs2359612", {"C/C": "G/G", "C/T": "A/G", "T/T": "A/A"}, ("Black", "Mixed or unknown")),
                ("rs9934438", {"C/C": "G/G", "C/T": "A/G", "T/T": "A/A"}, ()),
                ("rs8050894", {"G/G": "G/G", "C/G": "A/G", "C/C": "A/A"}, ("Black", "Mixed or unknown"))]
# How much clearance a diplotype costs, one *2 being 1; of the coefficients of the published equation.
CYP2C9_LOSS = {"*1/*1": 0, "*1/*2": 1, "*1/*3": 1.7, "*2/*2": 2, "*2/*3": 3, "*3/*3": 3.6}
TARGETS = {"2-3": 2.5, "1.7-2.8": 2.25, "2.5-3.5": 3, "3-4": 3.5}  # the middle of the range
MONTHS = re.compile(r"\d+-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(Jan|Feb|Mar|Apr|May|Jun)-\d+")


class Sheet:
    """The sheet's rows; refuses what is not it."""

    def __init__(self, path):
        with open(path, newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            self.names = {" ".join(name.split()): name for name in reader.fieldnames or []}
            self.rows = [row for row in reader if any(row.values())]
        wanted = [DOSE, "Subject Reached Stable Dose of Warfarin", "Project Site", "CYP2C9 consensus",
                  *FLAGS.values(), *DRUGS.values(), *(column for column, _ in VARIANTS.values())]
        absent = [name for name in wanted if name not in self.names]
        if absent:
            sys.exit(f"{path}: not the sheet: it has no column {absent[0]}")
        column = self.names["Estimated Target INR Range Based on Indication"]
        damaged = next((row[column] for row in self.rows if MONTHS.fullmatch(row[column] or "")), None)
        if damaged:
            sys.exit(f"{path}: a spreadsheet made dates of ranges of INR ({damaged}); save the original sheet again")

    def cell(self, row, name):
        """Returns a cell, empty where it says that nothing is known."""
        text = (row[self.names[name]] or "").strip()
        return "" if text in ("NA", "N/A") else text


def genotype(text):
    """Returns two letters in order, or nothing."""
    letters = text.split("/")
    return "/".join(sorted(letters)) if len(letters) == 2 and all(x in "ACGT" for x in letters) else ""


def flag(text):
    """Returns 0, 1, or nothing."""
    return text if text in ("0", "1") else ""


def age_of(text):
    """Returns the middle of a decade, `60 - 69`: 65; of `90+` 95."""
    return str(int(text.split()[0].rstrip("+")) // 10 * 10 + 5) if text else ""


def number(text):
    """Returns a number as it is, or nothing."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return ""


def vkorc1_of(variants, race):
    """Returns the -1639 genotype, imputed where it was not typed."""
    if variants["rs9923231"]:
        return variants["rs9923231"]
    for other, stands_for, unless in IMPUTED_FROM:
        if race not in unless and variants[other] in stands_for:
            return stands_for[variants[other]]
    return ""


def genes(sheet, row, race):
    """Returns columns of the genes: letters, and how many of those that are counted."""
    variants = {rsid: genotype(sheet.cell(row, column)) for rsid, (column, _) in VARIANTS.items()}
    known = {}
    for rsid, (_, letters) in VARIANTS.items():
        known[rsid + "_coding"] = variants[rsid]
        known[rsid + "_count"] = str(variants[rsid].count(letters[1])) if variants[rsid] else ""
    vkorc1 = vkorc1_of(variants, race)
    diplotype = sheet.cell(row, "CYP2C9 consensus")
    diplotype = diplotype if diplotype in CYP2C9_LOSS else ""  # the rare ones are unknown to the equation too
    known |= {"vkorc1": vkorc1, "vkorc1_count": str(vkorc1.count("A")) if vkorc1 else "", "cyp2c9": diplotype}
    for allele in ("*2", "*3"):
        known["cyp2c9_" + allele[1]] = str(diplotype.split("/").count(allele)) if diplotype else ""
    return known | {"cyp2c9_loss": str(CYP2C9_LOSS.get(diplotype, ""))}


def patient(sheet, row):
    """Returns one line of the table by column."""
    race = RACES.get(sheet.cell(row, "Race (OMB)"), "Mixed or unknown")
    target = number(sheet.cell(row, "Target INR"))
    expected = TARGETS.get(sheet.cell(row, "Estimated Target INR Range Based on Indication"))
    reasons = re.findall(r"\d", sheet.cell(row, "Indication for Warfarin Treatment"))
    said = {
        "subject": sheet.cell(row, "PharmGKB Subject ID"),
        "site": sheet.cell(row, "Project Site"),
        "stable": sheet.cell(row, "Subject Reached Stable Dose of Warfarin"),
        "dose": number(sheet.cell(row, DOSE)),
        "age": age_of(sheet.cell(row, "Age")),
        "male": {"male": "1", "female": "0"}.get(sheet.cell(row, "Gender").lower(), ""),
        "race": race,
        "height": number(sheet.cell(row, "Height (cm)")),
        "weight": number(sheet.cell(row, "Weight (kg)")),
        "target_inr": target or ("" if expected is None else f"{expected:g}"),
    }
    drugs = {name: flag(sheet.cell(row, column)) or "0" for name, column in DRUGS.items()}
    said["amiodarone"] = drugs.pop("amiodarone")
    said["enzyme_inducer"] = str(int("1" in drugs.values()))
    said |= {name: flag(sheet.cell(row, column)) for name, column in FLAGS.items()}
    said |= {name: str(int(str(k) in reasons)) if reasons else "" for k, name in enumerate(INDICATIONS, 1)}
    return said | genes(sheet, row, race)


def main():
    """Writes the table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sheet = Sheet(sys.argv[1])
    lines = [patient(sheet, row) for row in sheet.rows]
    print(*lines[0], sep="\t")
    for line in lines:
        print(*line.values(), sep="\t")


if __name__ == "__main__":
    main()
