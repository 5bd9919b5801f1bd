#!/usr/bin/env python3
"""Makes a table for training of the drug screen GDSC, release 17: workflows/gdsc-response.yaml reads it.

    python3 workflows/data/gdsc.py genomic_features_v17.csv.gz cosmic_info.csv.gz IC50_v17.csv.gz > gdsc.tsv

The files are those of the Python package gdsctools (folder gdsctools/data; the data are of the Genomics of Drug
Sensitivity in Cancer project, cancerrxgene.org, whose terms hold). One line a cell line: tissues, how it grows, mutations
and copy number changes as 0 and 1, and for each drug the natural logarithm of the IC50 in micromolar.
"""
import csv
import gzip
import math
import sys

ABOUT = {"tissue_of_screen": "GDSC2", "cancer_type": "TCGA", "growth": "GROWTH_PROPERTIES", "medium": "SCREEN_MEDIUM",
         "mismatch_repair": "MMR"}


def read(path):
    """Returns lines by cell line; columns without line breaks and blanks in their names."""
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        names = ["".join(name.split()) for name in next(rows)]
        lines = [dict(zip(names, row)) for row in rows]
    if "COSMIC_ID" not in names:
        sys.exit(f"{path}: not the file: it has no column COSMIC_ID")
    return {row["COSMIC_ID"]: row for row in lines}


def log_of(row, names):
    """Returns log(1 + how many of the changes a line has)."""
    return f"{math.log1p(sum(row[name] == '1' for name in names)):.4f}"


def main():
    """Writes the table."""
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    features, about, responses = (read(path) for path in sys.argv[1:])
    every = list(next(iter(features.values())))
    mutations = [name for name in every if name.endswith("_mut")]
    changes = [name for name in every if "_cna" in name]
    gains = [name for name in changes if name.startswith("gain")]
    drugs = [name for name in next(iter(responses.values())) if name.startswith("Drug_")]
    counts = {"log_mutations": mutations, "log_changes": changes, "log_gains": gains}
    print("cell_line", "tissue", *ABOUT, "unstable", *counts, *mutations, *changes, *drugs, sep="\t")
    for line in sorted(responses.keys() & features.keys(), key=int):
        row, told = features[line], about.get(line, {})
        words = [" ".join((told.get(column) or "").split()) for column in ABOUT.values()]
        values = [row[name] for name in ["MSI_FACTOR"]] + [log_of(row, names) for names in counts.values()]
        flags = [row[name] for name in mutations + changes]
        print(line, row["TISSUE_FACTOR"], *words, *values, *flags, *(responses[line][name] for name in drugs), sep="\t")


if __name__ == "__main__":
    main()
