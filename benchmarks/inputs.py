"""Inputs of the benchmarks: made once into build/bench/, by the same rules on every machine, and used again."""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GENERATOR = os.path.join(ROOT, "build", "release", "stardose_bench_data")
FOLDER = os.path.join(ROOT, "build", "bench")
GENES = os.path.join(ROOT, "pharmaco", "catalogue", "genes")

# Name: (kind, records, samples, endings). Records 0: at the catalogue's positions alone. Of reads: the depth, and nothing.
MADE = {
    "genome": ("genome", 5_000_000, 1, [".vcf.gz"]),
    "cohort10k": ("cohort", 20_600, 10_000, [".bcf", ".vcf.gz"]),
    "cohort3k": ("cohort", 79_602, 3_202, [".bcf"]),
    "reads30": ("reads", 30, 1, [".bam"]),
    "samples1k": ("cohort", 0, 1_000, [".bcf"]),
    "samples25k": ("cohort", 0, 25_000, [".bcf"]),
    "samples50k": ("cohort", 0, 50_000, [".bcf"]),
}

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
            self.make(name)
        return path

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
