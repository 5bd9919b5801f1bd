#!/usr/bin/env python3
"""Writes frequencies.tsv: how common each variant of the catalogue is in the 1000 Genomes Project.

    python3 data-samples/frequencies.py 1kgp.bcf > data-samples/frequencies.tsv

1kgp.bcf: the phased 30x release on GRCh38 (20220422_3202_phased_SNV_INDEL_SV), all chromosomes or the catalogue's part
of them. Only frequencies of its INFO column are read, no genotypes. Needs bcftools.
"""
import pathlib
import subprocess
import sys

from make import read_catalogue

FIELDS = ["AF", "AF_AFR", "AF_AMR", "AF_EAS", "AF_EUR", "AF_SAS"]
HEADER = """\
# How common the catalogue's variants are in the 3,202 genomes of the 1000 Genomes Project, 30x release on GRCh38.
# Source: INFO fields of the phased release, rounded. Byrska-Bishop et al. 2022, Cell 185:3426, PMID 36055201. Open data.
# A variant that is not here was not seen there. DPYD, rs12777823 and MT-RNR1 are left out: not in the file used.
"""


def trimmed(position, ref, alt):
    """The same change written as short as it goes: two files may write one indel with different REFs."""
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    return position, ref, alt


def main():
    genes = read_catalogue(pathlib.Path(__file__).parent.parent / "pharmaco/catalogue/genes")
    wanted = {}
    for gene in genes:
        for site in gene.sites:
            for alt in site.alts:
                wanted[gene.contig, *trimmed(site.position, site.ref, alt)] = (site, alt)
    regions = "\n".join(sorted({f"{contig}\t{position}" for contig, position, _, _ in wanted})) + "\n"
    form = "%CHROM\t%POS\t%REF\t%ALT" + "".join(f"\t%{field}" for field in FIELDS) + "\n"
    query = subprocess.run(["bcftools", "query", "-T", "-", "-f", form, sys.argv[1]],
                           input=regions, capture_output=True, text=True, check=True)
    rows = set()
    for line in query.stdout.splitlines():
        contig, position, ref, alt, *frequencies = line.split("\t")
        found = wanted.get((contig, *trimmed(int(position), ref, alt)))
        if found:
            site, alt = found
            rows.add((contig, site.position, site.ref, alt, *(f"{float(f):.4f}" for f in frequencies)))
    print(HEADER + "\t".join(["contig", "position", "ref", "alt", *FIELDS]))
    for row in sorted(rows, key=lambda row: (int(row[0][3:].replace("X", "23")), *row[1:])):
        print(*row, sep="\t")


if __name__ == "__main__":
    main()
