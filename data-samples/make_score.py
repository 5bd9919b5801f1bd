#!/usr/bin/env python3
"""Writes made_up_score.txt: a scoring file in the PGS Catalog's format, at positions of family.vcf.gz.

    python3 data-samples/make_score.py            writes it into data-samples/
    python3 data-samples/make_score.py --check    writes nothing; exit code 1 when the file holds something else

The weights are drawn from a fixed seed and mean nothing: it is a score of no trait. Every kind of row is in it.
"""
import gzip
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).parent
VARIANTS = 40
HEADER = """###A MADE-UP SCORING FILE in the format of the PGS Catalog: it scores no trait
#format_version=2.0
#pgs_id=MADEUP1
#pgs_name=made_up
#trait_reported=none: simulated weights
#genome_build=GRCh37
#variants_number={rows}
#weight_type=beta
#HmPOS_build=GRCh38
"""
COLUMNS = ("rsID chr_name chr_position effect_allele other_allele effect_weight is_dominant is_recessive is_haplotype "
           "hm_rsID hm_chr hm_pos hm_inferOtherAllele").split()


def records(name):
    """Returns the records of a VCF that have one alternative and vary, by rsID."""
    found = {}
    for line in gzip.open(HERE / name, "rt"):
        if line.startswith("#"):
            continue
        contig, position, rsid, ref, alt, *_, = fields = line.rstrip("\n").split("\t")
        genotypes = {allele for column in fields[9:] for allele in column.replace("|", "/").split("/")}
        if rsid != "." and "," not in alt and {"0", "1"} <= genotypes:
            found[rsid] = (contig.removeprefix("chr"), position, ref, alt)
    return found


def scoring_file():
    """Returns the text."""
    numbers = random.Random(1)
    here, there = records("family.vcf.gz"), records("family_grch37.vcf.gz")
    usable = [rsid for rsid in here if rsid in there and here[rsid][0].isdigit()]
    rows = []
    for count, rsid in enumerate(numbers.sample(usable, VARIANTS)):
        contig, position, ref, alt = here[rsid]
        effect, other = (ref, alt) if numbers.random() < 0.4 else (alt, ref)
        models = {5: ("True", "False"), 11: ("False", "True")}.get(count, ("False", "False"))
        weight = f"{numbers.gauss(0, 0.1):.6e}" if count % 3 == 0 else f"{numbers.gauss(0, 0.1):.4f}"
        rows.append([rsid, contig, there[rsid][1], effect, "" if count == 7 else other, weight, *models, "False", rsid,
                     contig, position, other if count == 7 else ""])
    rows.sort(key=lambda row: (int(row[10]), int(row[11])))
    rows.append(["", "6", "", "HLA-B*57:01", "", "0.02", "False", "False", "True", "", "", "", ""])
    rows.append(["rs0", "1", "1000", "A", "G", "0.01", "False", "False", "False", "", "1", "1000", ""])
    lines = ["\t".join(COLUMNS), *("\t".join(row) for row in rows)]
    return HEADER.format(rows=len(rows)) + "\n".join(lines) + "\n"


def main():
    """Writes or checks the file."""
    target, text = HERE / "made_up_score.txt", scoring_file()
    if "--check" not in sys.argv[1:]:
        target.write_text(text, encoding="utf-8")
    elif not target.exists() or target.read_text(encoding="utf-8") != text:
        sys.exit("data-samples/made_up_score.txt is not what make_score.py makes of the family; run it")


if __name__ == "__main__":
    main()
