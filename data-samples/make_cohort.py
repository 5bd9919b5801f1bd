#!/usr/bin/env python3
"""Writes made_up_cohort.tsv and made_up_cell_lines.tsv: MADE-UP rows to try the recipes of workflows/ on.

    python3 data-samples/make_cohort.py            writes them into data-samples/
    python3 data-samples/make_cohort.py --check    writes nothing; exit code 1 when a file holds something else

NOBODY IN THEM EXISTS. Rows are drawn from a fixed seed, doses by a rule that only looks like warfarin's, responses of cell
lines by a rule that looks like nothing. They have the columns that workflows/data/iwpc.py and gdsc.py write. What is
learned from them is good for seeing the program run, and for nothing else.
"""
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).parent
PEOPLE = 300
LINES = 150
SITES = ["1", "2", "3", "5", "6"]
# race: share, frequency of the A of -1639, of CYP2C9*2, of *3
RACES = {"White": (0.5, 0.4, 0.12, 0.07), "Asian": (0.25, 0.9, 0.0, 0.04), "Black": (0.15, 0.1, 0.03, 0.02),
         "Mixed or unknown": (0.1, 0.45, 0.08, 0.05)}
# Variants of VKORC1: letters of the publication, and how often one goes with that of -1639.
VARIANTS = {"rs2884737": ("T", "G", 0.6), "rs9934438": ("C", "T", 0.99), "rs8050894": ("G", "C", 0.97),
            "rs7294": ("G", "A", 0.05), "rs2359612": ("C", "T", 0.98), "rs17880887": ("C", "A", 0.02)}
FLAGS = ("diabetes heart_failure valve_replacement aspirin acetaminophen simvastatin atorvastatin fluvastatin lovastatin "
         "pravastatin rosuvastatin sulfonamide macrolide azole herbal smoker").split()
INDICATIONS = ("deep_vein_thrombosis pulmonary_embolism atrial_fibrillation heart_valve_indication cardiomyopathy stroke "
               "orthopaedic_surgery other_indication").split()
LOSS = {"*1/*1": 0, "*1/*2": 1, "*1/*3": 1.7, "*2/*2": 2, "*2/*3": 3, "*3/*3": 3.6}
TISSUES = ["breast", "leukemia", "lung", "skin"]
GENES = ["TP53_mut", "KRAS_mut", "BRAF_mut", "EGFR_mut", "gain_cna1", "loss_cna1"]


def unknown(numbers, value, share):
    """Returns the value, or now and then nothing."""
    return "" if numbers.random() < share else value


def alleles_of(numbers, race):
    """Returns how many A of -1639 somebody has, and the diplotype of CYP2C9."""
    _, vkorc1, two, three = RACES[race]
    count = sum(numbers.random() < vkorc1 for _ in range(2))
    pair = sorted(numbers.choices(["*1", "*2", "*3"], [1 - two - three, two, three], k=2))
    return count, "/".join(pair)


def variants_of(numbers, count):
    """Returns columns of the other variants of VKORC1."""
    columns = {}
    for rsid, (plain, counted, together) in VARIANTS.items():
        here = sum(numbers.random() < together for _ in range(count))
        letters = "/".join(sorted([plain] * (2 - here) + [counted] * here))
        known = numbers.random() < 0.5
        columns[rsid + "_coding"] = letters if known else ""
        columns[rsid + "_count"] = str(here) if known else ""
    return columns


def person(numbers, place):
    """Returns one made-up patient by column."""
    race = numbers.choices(list(RACES), [share for share, *_ in RACES.values()])[0]
    male = numbers.random() < 0.55
    age = numbers.choices(range(25, 96, 10), [2, 4, 8, 16, 22, 26, 16, 6])[0]
    height = numbers.gauss(174 if male else 161, 7)
    weight = max(40.0, numbers.gauss(82 if male else 70, 15))
    count, diplotype = alleles_of(numbers, race)
    amiodarone, inducer = numbers.random() < 0.06, numbers.random() < 0.02
    root = (5.8 - 0.026 * age + 0.0085 * height + 0.012 * weight - 0.85 * count - 0.5 * LOSS[diplotype]
            - 0.5 * amiodarone + 1.1 * inducer + numbers.gauss(0, 0.85))
    typed = numbers.random() < 0.85
    genotype = ["G/G", "A/G", "A/A"][count] if typed else ""
    reasons = {numbers.choice(INDICATIONS), numbers.choice(INDICATIONS)}
    row = {"subject": f"MADE_UP_{place}", "site": numbers.choice(SITES), "stable": unknown(numbers, "1", 0.03) or "0",
           "dose": f"{max(root, 2.3) ** 2:.1f}", "age": str(age), "male": str(int(male)), "race": race,
           "height": unknown(numbers, f"{height:.0f}", 0.2), "weight": unknown(numbers, f"{weight:.0f}", 0.05),
           "target_inr": unknown(numbers, numbers.choice(["2.5", "2.5", "2.25", "3"]), 0.3),
           "amiodarone": str(int(amiodarone)), "enzyme_inducer": str(int(inducer))}
    row |= {name: unknown(numbers, str(int(numbers.random() < 0.15)), 0.4) for name in FLAGS}
    row |= {name: str(int(name in reasons)) for name in INDICATIONS}
    row |= {"rs9923231_coding": genotype, "rs9923231_count": str(count) if typed else ""} | variants_of(numbers, count)
    row |= {"vkorc1": genotype, "vkorc1_count": str(count) if typed else "", "cyp2c9": diplotype}
    row |= {"cyp2c9_" + allele[1]: str(diplotype.split("/").count(allele)) for allele in ("*2", "*3")}
    return row | {"cyp2c9_loss": str(LOSS[diplotype])}


def cell_line(numbers, place):
    """Returns one made-up cell line by column."""
    tissue = numbers.choice(TISSUES)
    genes = {name: numbers.random() < 0.25 for name in GENES}
    row = {"cell_line": str(place), "tissue": tissue, "tissue_of_screen": tissue, "cancer_type": tissue.upper(),
           "growth": "Suspension" if tissue == "leukemia" else "Adherent", "medium": numbers.choice(["R", "D/F12"]),
           "mismatch_repair": numbers.choice(["MSI-S", "MSI-S", "MSI-H"]), "unstable": str(int(numbers.random() < 0.1)),
           "log_mutations": f"{numbers.gauss(2.5, 0.6):.4f}", "log_changes": f"{numbers.gauss(3, 0.6):.4f}",
           "log_gains": f"{numbers.gauss(2, 0.6):.4f}"}
    row |= {name: str(int(has)) for name, has in genes.items()}
    of_tissue = TISSUES.index(tissue)
    responses = [-1.5 * genes["BRAF_mut"] + 0.3 * of_tissue, -1.2 * genes["EGFR_mut"] + 0.8 * genes["KRAS_mut"], 0.5 * of_tissue]
    for drug, response in enumerate(responses, 1):
        row[f"Drug_{drug}_IC50"] = unknown(numbers, f"{response + numbers.gauss(0, 0.8):.6f}", 0.1)
    return row


def table(rows):
    """Returns rows as text."""
    return "\n".join("\t".join(line) for line in [list(rows[0]), *(row.values() for row in rows)]) + "\n"


def main():
    """Writes or checks both."""
    numbers = random.Random(1)
    files = {"made_up_cohort.tsv": table([person(numbers, k) for k in range(1, PEOPLE + 1)]),
             "made_up_cell_lines.tsv": table([cell_line(numbers, k) for k in range(1, LINES + 1)])}
    if "--check" in sys.argv[1:]:
        sys.exit(any((HERE / name).read_text(encoding="utf-8") != text for name, text in files.items()))
    for name, text in files.items():
        (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
