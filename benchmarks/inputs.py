"""Inputs of the benchmarks: made once into build/bench/, by the same rules on every machine, and used again."""
import collections
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GENERATOR = os.path.join(ROOT, "build", "release", "stardose_bench_data")
PROGRAM = os.path.join(ROOT, "build", "release", "stardose")
FOLDER = os.path.join(ROOT, "build", "bench")
GENES = os.path.join(ROOT, "pharmaco", "catalogue", "genes")

# Name: (kind, records, samples, endings). Records 0: at the catalogue's positions alone. Of reads: the depth, and nothing.
MADE = {
    "genome": ("genome", 5_000_000, 1, [".vcf.gz"]),
    "cohort10k": ("cohort", 20_600, 10_000, [".bcf", ".vcf.gz"]),
    "cohort3k": ("cohort", 79_602, 3_202, [".bcf"]),
    "scores5k": ("cohort", 100_000, 5_000, [".bcf"]),
    "reads30": ("reads", 30, 1, [".bam"]),
    "samples1k": ("cohort", 0, 1_000, [".bcf"]),
    "samples25k": ("cohort", 0, 25_000, [".bcf"]),
    "samples50k": ("cohort", 0, 50_000, [".bcf"]),
}

# Name: (cohort whose every record it is a row of, how many scores). A .bed with its fellows, and a table of scores.
SCORED = {"scores5k-1": ("scores5k", 1), "scores5k-10": ("scores5k", 10)}

CONTIG_ORDER = {f"chr{name}": k for k, name in enumerate([*map(str, range(1, 23)), "X", "Y", "M"])}


def catalogue_positions():
    """Returns the catalogue's positions as text for the generator, sorted, each place and REF once."""
    places = {}
    for gene in sorted(os.listdir(GENES)):
        table = os.path.join(GENES, gene, "sites.tsv")
        if not os.path.exists(table):
            continue
        with open(os.path.join(GENES, gene, "gene.yaml"), encoding="utf-8") as file:
            contig = re.search(r"^contig: *(\S+)", file.read(), re.M).group(1)
        with open(table, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
        column = {name: k for k, name in enumerate(rows[0])}
        for row in rows[1:]:
            alts = [alt for alt in row[column["alts"]].split(",") if re.fullmatch("[ACGT]+", alt)]
            key = (CONTIG_ORDER[contig], int(row[column["position"]]), contig, row[column["ref"]])
            known = places.setdefault(key, [])
            known.extend(alt for alt in alts if alt not in known)
    rows = sorted((key, alts) for key, alts in places.items() if alts)
    return "".join(f"{contig}\t{position}\t{ref}\t{','.join(alts)}\n" for (_, position, contig, ref), alts in rows)


def digest_of(positions, haplotypes):
    """Returns what the made files depend on, as a short digest."""
    state = hashlib.sha256(positions.encode())
    sources = os.path.join(ROOT, "benchmarks", "data")
    for name in sorted(os.listdir(sources)):
        with open(os.path.join(sources, name), "rb") as file:
            state.update(file.read())
    state.update(str(os.path.getsize(haplotypes) if haplotypes else 0).encode())
    return state.hexdigest()[:12]


class Inputs:
    """Hands out paths of inputs and makes what is not there yet."""

    def __init__(self, haplotypes):
        """`haplotypes`: BCF of phased genomes to put cohorts together from; empty: haplotypes are made up."""
        self.haplotypes = haplotypes
        self.positions = catalogue_positions()
        self.folder = os.path.join(FOLDER, digest_of(self.positions, haplotypes))

    def path(self, name, ending):
        """Returns the file; makes it with its siblings first if it is not there."""
        path = os.path.join(self.folder, name + ending)
        if not os.path.exists(path):
            if name in SCORED:
                self.make_scored(name)
            else:
                self.make(name)
        return path

    def make_scored(self, name):
        """Makes a cohort's fileset, if it is not there, and weights of rows alone at their position: normal, seeded."""
        cohort, scores = SCORED[name]
        bcf = self.path(cohort, ".bcf")
        fileset = os.path.join(self.folder, cohort + ".bed")
        if not os.path.exists(fileset):
            with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
                subprocess.run([PROGRAM, "run", "--input", bcf, "--write", "dosages", "--dosage-sites", "all",
                                "--output", scratch], check=True, capture_output=True)
                for ending in (".bim", ".fam", ".bed"):
                    shutil.move(os.path.join(scratch, "dosages" + ending), os.path.join(self.folder, cohort + ending))
        numbers = random.Random(5)
        table = os.path.join(self.folder, name + ".tsv")
        with open(fileset[:-4] + ".bim", encoding="utf-8") as file:
            rows = [line.split() for line in file]
        at = collections.Counter((row[0], row[3]) for row in rows)
        with open(table + ".partial", "w", encoding="utf-8") as file:
            file.write("\t".join(["ID", "effect_allele", *(f"score{k}" for k in range(1, scores + 1))]) + "\n")
            for contig, _, _, position, alt, ref in rows:
                if at[contig, position] > 1 or contig == "chrM":  # plink2 counts one copy of that, we two alike
                    continue
                effect = alt if numbers.random() < 0.5 else ref
                weights = (f"{numbers.gauss(0, 0.01):.6g}" for _ in range(scores))
                file.write("\t".join([f"{contig}:{position}:{ref}:{alt}", effect, *weights]) + "\n")
        os.rename(table + ".partial", table)

    def make(self, name):
        """Makes an input in a folder of its own and moves it when it is whole."""
        kind, records, samples, endings = MADE[name]
        print(f"making {name} in {os.path.relpath(self.folder, ROOT)}", file=sys.stderr, flush=True)
        os.makedirs(self.folder, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
            positions = os.path.join(scratch, "positions.tsv")
            with open(positions, "w", encoding="utf-8") as file:
                file.write(self.positions)
            files = [os.path.join(scratch, name + ending) for ending in endings]
            counts = [str(records)] if kind in ("genome", "reads") else [str(records), str(samples), self.haplotypes or "-"]
            done = subprocess.run([GENERATOR, kind, positions, *counts, *files], check=False)
            if done.returncode != 0:
                sys.exit(f"{name}: cannot be made")
            os.remove(positions)
            for made in sorted(os.listdir(scratch), key=lambda file: file.endswith((".csi", ".tbi", ".bai"))):
                shutil.move(os.path.join(scratch, made), os.path.join(self.folder, made))


def main():
    """Makes the inputs named on the command line, or all, and prints where they are."""
    haplotypes = os.environ.get("STARDOSE_COHORT", "")
    inputs = Inputs(haplotypes)
    for name in sys.argv[1:] or MADE:
        for ending in MADE[name][3]:
            print(inputs.path(name, ending))


if __name__ == "__main__":
    main()
