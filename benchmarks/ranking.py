#!/usr/bin/env python3
"""How often --rank-by-frequency puts the true diplotype first, and whether its probabilities are right.

    python3 benchmarks/ranking.py --cohort 1kgp.bcf --labels labels.csv

The phased genomes say the truth; their phase is then taken away. Frequencies are counted in one half of the people and
tried on the other, and the other way round, so nobody helps to judge himself. --labels as for
pharmaco/catalogue/convert/frequencies.py. Needs bcftools.
"""
import argparse
import collections
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "pharmaco/catalogue/convert"))
from tables import natural_key  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "build/release/stardose"
COUNTER = ROOT / "pharmaco/catalogue/convert/frequencies.py"
BINS = [0.5, 0.8, 0.95, 0.99]   # lower ends of all but the first


def run(*command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


def calls(cohort, people, folder, *options):
    """(sample, gene) -> row of calls.tsv."""
    names = folder.with_suffix(".samples")
    names.write_text("\n".join(people) + "\n", encoding="utf-8")
    run(PROGRAM, "run", "--input", cohort, "--samples-file", names, "--assume-reference", "--write", "calls",
        "--output", folder, *options)
    with open(folder / "calls.tsv", newline="", encoding="utf-8") as file:
        return {(row["sample"], row["gene"]): row for row in csv.DictReader(file, delimiter="\t")}


def without_phase(cohort, target, catalogue):
    """Writes the records at positions of the catalogue with every `|` as `/`."""
    positions = target.with_suffix(".positions")
    with positions.open("w", encoding="utf-8") as out:
        for folder in sorted((catalogue / "genes").iterdir()):
            contig = next((line.split()[1] for line in (folder / "gene.yaml").read_text().splitlines()
                           if line.startswith("contig:")), None)
            sites = folder / "sites.tsv"
            for line in sites.read_text().splitlines() if sites.exists() else []:
                if line[0].isdigit():
                    out.write(f"{contig}\t{line.split()[0]}\n")
    script = (f"bcftools annotate -x INFO -Ou {cohort} | bcftools view -T {positions} -Ov | "
              f"sed '/^#/!s/|/\\//g' | bcftools view -Ob -o {target} && bcftools index {target}")
    subprocess.run(["bash", "-o", "pipefail", "-c", script], check=True)


def score(truth, tried, people, tally, bins):
    for (sample, gene), row in tried.items():
        known = truth.get((sample, gene))
        if sample not in people or known is None or known["status"] != "called":
            continue
        if row["status"] == "called":
            tally[gene]["called"] += 1
            tally[gene]["called right"] += row["diplotype"] == known["diplotype"]
        if row["status"] != "ambiguous":
            continue
        pairs = row["diplotype"].split(";")
        tally[gene]["ambiguous"] += 1
        tally[gene]["by name"] += min(pairs, key=natural_key) == known["diplotype"]
        tally[gene]["there"] += known["diplotype"] in pairs
        if row["posterior"] == ".":
            continue
        right = pairs[0] == known["diplotype"]
        tally[gene]["ranked"] += 1
        tally[gene]["first"] += right
        probability = float(row["posterior"].split(";")[0])
        place = sum(probability >= low for low in BINS)
        bins[place].append((probability, right))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cohort", required=True)
    parser.add_argument("--labels", required=True)
    options = parser.parse_args()
    with open(options.labels, newline="", encoding="utf-8") as file:
        labels = {row["sample"]: row["superpopulation"] for row in csv.DictReader(file)}
    groups = sorted(set(labels.values()))
    halves = [[person for group in groups
               for person in sorted(p for p in labels if labels[p] == group)[half::2]] for half in (0, 1)]
    tally = collections.defaultdict(collections.Counter)
    bins = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        run(PROGRAM, "knowledge", "export", scratch / "all")
        unphased = scratch / "unphased.bcf"
        without_phase(options.cohort, unphased, scratch / "all")
        truth = calls(options.cohort, sorted(labels), scratch / "truth")
        for half, people in enumerate(halves):
            catalogue = scratch / f"catalogue{half}"
            run(PROGRAM, "knowledge", "export", catalogue)
            train = scratch / f"train{half}.txt"
            train.write_text("\n".join(halves[1 - half]) + "\n", encoding="utf-8")
            run(sys.executable, COUNTER, "--cohort", options.cohort, "--labels", options.labels, "--only", train,
                "--out", catalogue, "--program", PROGRAM)
            for group in groups:
                mine = [person for person in people if labels[person] == group]
                tried = calls(unphased, mine, scratch / f"tried{half}{group}", "--knowledge", catalogue,
                              "--rank-by-frequency", group)
                score(truth, tried, set(mine), tally, bins)
    print("| gene | called without phase | of these right | ambiguous | truth among the pairs | first by name right | first by frequency right |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for gene, n in sorted(tally.items()):
        ranked = f"{n['first']}" if n["ranked"] else "not ranked"
        print(f"| {gene} | {n['called']} | {n['called right']} | {n['ambiguous']} | {n['there']} | {n['by name']} | {ranked} |")
    print("\n| probability of the first | people and genes | mean probability | right |")
    print("| --- | --- | --- | --- |")
    for place in sorted(bins):
        low, high = ([0.0] + BINS)[place], (BINS + [1.0])[place]
        n = len(bins[place])
        mean = sum(p for p, _ in bins[place]) / n
        print(f"| {low:g} to {high:g} | {n} | {mean:.3f} | {sum(r for _, r in bins[place]) / n:.3f} |")


if __name__ == "__main__":
    main()
