#!/usr/bin/env python3
"""Make drugs.tsv: codes and other names of the drugs that the guidelines are about.

    drugs.py --sources DIR

DIR holds pypgx/cpic-table.csv, CPIC's gene-drug pairs with RxNorm numbers and ATC codes. The drugs are those of
guidance/guidelines.tsv, made before. A cell that is no code (NA, a group such as G03A) is left out.
"""

import argparse
import csv
import re
from pathlib import Path

from tables import TableError, read_tsv, write_tsv

CATALOGUE = Path(__file__).resolve().parent.parent
COMMENTS = ["Codes and other names of the drugs that the guidelines are about, for lists of medicines.",
            "RxNorm numbers and ATC codes of CPIC's gene-drug pairs (CC0 1.0), as packaged by PyPGx (MIT), 2026-01.",
            "Other names: international nonproprietary names (WHO) where the guidelines write another. Made by",
            "convert/drugs.py."]
RXNORM = re.compile(r"[0-9]+\Z")
ATC = re.compile(r"[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}\Z")
# Where CPIC and DPWG do not write the international nonproprietary name, that name.
OTHER_NAMES = {"methylene blue": "methylthioninium chloride", "succinylcholine": "suxamethonium",
               "thioguanine": "tioguanine", "toluidine blue": "tolonium chloride"}


def codes(row, column, shape):
    return [code for code in map(str.strip, row[column].split(",")) if shape.match(code)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True)
    sources = parser.parse_args().sources
    drugs = sorted({drug for row in read_tsv(CATALOGUE / "guidance" / "guidelines.tsv")
                    for drug in row["drugs"].split(" | ")})
    known = {}
    with (sources / "pypgx" / "cpic-table.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            found = codes(row, "RxNorm", RXNORM), codes(row, "ATC", ATC)
            if known.setdefault(row["Drug"].lower(), found) != found:
                raise TableError(f"{row['Drug']}: its rows give different codes")
    unused = sorted(set(OTHER_NAMES) - set(drugs))
    if unused:
        raise TableError(f"other names of drugs that no guideline is about: {unused}")
    rows = []
    for drug in drugs:
        rxnorm, atc = known.get(drug, ([], []))
        rows.append([drug, " | ".join(rxnorm), " | ".join(atc), OTHER_NAMES.get(drug)])
    write_tsv(CATALOGUE / "drugs.tsv", COMMENTS, ["drug", "rxnorm", "atc", "other_names"], rows)


if __name__ == "__main__":
    main()
