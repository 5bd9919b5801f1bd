"""What is timed: our command, its peers on the same input, and the goal."""
import dataclasses
import os
import statistics
import sys
from typing import Callable

from tree_scenarios import tree_scenarios

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "build", "release", "stardose")
READER = os.path.join(ROOT, "build", "release", "stardose_bench_reads")


@dataclasses.dataclass
class Peer:
    """A command that does the same work or a part of it."""

    title: str
    command: list


@dataclasses.dataclass
class Scenario:
    """One line of the table. A peer's figure is divided into ours: CPU seconds, or what `compares` names."""

    name: str
    title: str
    command: list
    peers: list
    goal: str
    is_met: Callable  # (our runs, rounds of runs) -> bool
    compares: str = "cpu"
    files: tuple = ()  # (input, ending) that it needs
    inputs: object = None
    reported: bool = False  # the commands say themselves what CPU time counts
    prepares: Callable = None  # makes what `files` does not have

    def prepare(self):
        """Makes the inputs that are not there."""
        if self.prepares:
            self.prepares()
        for name, ending in self.files:
            self.inputs.path(name, ending)


def of(runs, what):
    """Returns the median of one figure."""
    return statistics.median(getattr(run, what) for run in runs)


def below(**most):
    """Returns a goal: each figure's median is at most this."""
    return lambda ours, _: all(of(ours, what) <= limit for what, limit in most.items())


def ratio_below(limit, what="cpu", **most):
    """Returns a goal: our figure is at most so many times the first peer's, and others as below()."""

    def is_met(ours, rounds):
        return below(**most)(ours, rounds) and all(len(row) > 1 for row in rounds) and (
            statistics.median(getattr(row[0], what) / getattr(row[1], what) for row in rounds) <= limit
        )

    return is_met


class Commands:
    """Puts commands together."""

    def __init__(self, inputs, scratch):
        self.inputs = inputs
        self.scratch = scratch
        self.regions = os.path.join(scratch, "regions.bed")
        self.positions = os.path.join(scratch, "positions.tsv")
        with open(self.positions, "w", encoding="utf-8") as file:
            file.write(inputs.positions)
        with open(self.regions, "w", encoding="utf-8") as file:
            for line in inputs.positions.splitlines():
                contig, position, ref, _ = line.split("\t")
                file.write(f"{contig}\t{int(position) - 1}\t{int(position) - 1 + len(ref)}\n")

    def file(self, name, ending=".bcf"):
        """Returns where an input is or will be."""
        return os.path.join(self.inputs.folder, name + ending)

    def run(self, path, write, *more):
        """Returns a run of ours."""
        return [PROGRAM, "run", "--input", path, "--output", self.scratch + "/out", "--write", write, *more]

    def cohort(self):
        """Returns real genomes, or those made up in their place, and what to call them."""
        if self.inputs.haplotypes:
            return self.inputs.haplotypes, "3,202 genomes", ()
        print("no --cohort: 3,202 genomes are made up", file=sys.stderr)
        return self.file("cohort3k"), "3,202 made-up genomes", (("cohort3k", ".bcf"),)


TABLES = "calls,guidance"
EVERYTHING = "calls,guidance,html,json"
MATRIX = ("calls,dosages", "--dosage-sites", "all")
PER_CORE = "1.8 times as fast"


def cohort_scenarios(c):
    """Real genomes around the genes."""
    path, title, files = c.cohort()
    tables = c.run(path, TABLES, "--assume-reference")
    view = Peer("`bcftools view -G`", ["bcftools", "view", "-G", "-Ou", path])
    query = Peer("`bcftools query [GT]`", ["bcftools", "query", "-f", "[%GT\t]\n", path])
    streamed = [*tables, "--no-index"]
    return [
        Scenario("cohort-tables", f"{title}, all genes, tables", tables, [view, query], "1.15 x `view -G`",
                 ratio_below(1.15), files=files),
        Scenario("cohort-streamed", f"{title}, the same without index", streamed, [view], "-", below(), files=files),
        Scenario("cohort-threads", f"{title}, tables, two threads", [*tables, "--threads", "2"],
                 [Peer("one thread", tables)], PER_CORE, ratio_below(1 / 1.8, "wall"), "wall", files),
    ]


def genome_scenarios(c):
    """One genome of five million records."""
    path = c.file("genome", ".vcf.gz")
    files = (("genome", ".vcf.gz"),)
    indexed = c.run(path, EVERYTHING)
    streamed = c.run(path, EVERYTHING, "--no-index")
    view = Peer("`bcftools view -R`", ["bcftools", "view", "-R", c.regions, "-Ou", path])
    tabix = Peer("`tabix -R`", ["tabix", "-R", c.regions, path])
    whole = Peer("`bcftools view -Ou`", ["bcftools", "view", "-Ou", path])
    inflate = Peer("`bgzip -dc`", ["bgzip", "-dc", path])
    return [
        Scenario("genome-index", "WGS VCF.gz with index, report", indexed, [view, tabix], "0.10 s CPU, 40 MiB",
                 below(cpu=0.10, mib=40), files=files),
        Scenario("genome-streamed", "WGS VCF.gz without index, report", streamed, [whole, inflate], "1.5 s CPU",
                 below(cpu=1.5), files=files),
        Scenario("genome-threads", "the same, two threads", [*streamed, "--threads", "2"],
                 [Peer("one thread", streamed)], f"1.0 s wall, {PER_CORE}", ratio_below(1 / 1.8, "wall", wall=1.0),
                 "wall", files),
    ]


def matrix_scenarios(c):
    """Ten thousand samples to calls and a matrix of every record."""
    bcf, vcf = c.file("cohort10k"), c.file("cohort10k", ".vcf.gz")
    files = (("cohort10k", ".bcf"), ("cohort10k", ".vcf.gz"))
    plink = Peer("`plink2 --export A`", ["plink2", "--bcf", bcf, "--export", "A", "--threads", "1", "--memory", "4000",
                                         "--out", c.scratch + "/plink"])
    query = Peer("`bcftools query [GT]`", ["bcftools", "query", "-f", "[%GT\t]\n", bcf])
    view = Peer("`bcftools view -Ou`", ["bcftools", "view", "-Ou", vcf])
    return [
        Scenario("matrix-bcf", "10,000 x 20,600 BCF, calls and matrix", c.run(bcf, *MATRIX), [plink, query],
                 "0.5 s CPU, 100 MiB", below(cpu=0.5, mib=100), files=files),
        Scenario("matrix-vcf", "10,000 x 20,600 VCF.gz, calls and matrix", c.run(vcf, *MATRIX), [view], "1.2 s CPU",
                 below(cpu=1.2), files=files),
        Scenario("matrix-bcf-threads", "BCF, two threads", c.run(bcf, *MATRIX, "--threads", "2"),
                 [Peer("one thread", c.run(bcf, *MATRIX))], PER_CORE, ratio_below(1 / 1.8, "wall"), "wall", files),
        Scenario("matrix-vcf-threads", "VCF.gz, two threads", c.run(vcf, *MATRIX, "--threads", "2"),
                 [Peer("one thread", c.run(vcf, *MATRIX))], PER_CORE, ratio_below(1 / 1.8, "wall"), "wall", files),
    ]


def sample_scenarios(c):
    """Cohorts at the catalogue's positions alone."""
    fifty, half = c.file("samples50k"), c.file("samples25k")
    both = (("samples50k", ".bcf"), ("samples25k", ".bcf"))
    tables = c.run(fifty, TABLES)
    return [
        Scenario("samples-1k", "1,000 samples, every stage to tables", c.run(c.file("samples1k"), TABLES), [],
                 "0.5 s CPU", below(cpu=0.5), files=(("samples1k", ".bcf"),)),
        Scenario("samples-50k", "50,000 samples, tables", tables, [Peer("25,000 samples", c.run(half, TABLES))],
                 "1 GiB, linear (2.2 x)", ratio_below(2.2, mib=1024), files=both),
        Scenario("samples-50k-threads", "50,000 samples, two threads", [*tables, "--threads", "2"],
                 [Peer("one thread", tables)], PER_CORE, ratio_below(1 / 1.8, "wall"), "wall", both),
    ]


def score_scenarios(c):
    """Polygenic scores of 5,000 samples at 100,000 variants, one and ten, from one table for both programs."""
    chosen = []
    for scores, faster in ((1, 3), (10, 5)):
        name = f"scores5k-{scores}"
        table, files = c.file(name, ".tsv"), (("scores5k", ".bcf"), (name, ".tsv"))
        what = "one score" if scores == 1 else "ten scores"
        columns = [] if scores == 1 else ["--score-col-nums", "3-12"]
        for kind, path, load in (("bed", c.file("scores5k", ".bed"), ["--bfile", c.file("scores5k", "")]),
                                 ("bcf", c.file("scores5k"), ["--bcf", c.file("scores5k"), "--set-all-var-ids",
                                                              "@:#:$r:$a", "--output-chr", "chrM",
                                                              "--new-id-max-allele-len", "500"])):
            ours = [PROGRAM, "polygenic", "--score", table, "--input", path, "--palindromes", "keep", "--output",
                    c.scratch + "/scores"]
            plink = ["plink2", *load, "--score", table, "1", "2", *(["3"] if scores == 1 else []), "header-read",
                     *columns, "--threads", "1", "--memory", "4000", "--out", c.scratch + "/plink"]
            chosen.append(Scenario(f"scores-{kind}-{scores}", f"5,000 x 100,000 {kind}, {what}", ours,
                                   [Peer("`plink2 --score`", plink)], f"{faster} times as fast",
                                   ratio_below(1 / faster), files=files))
            if kind == "bed":
                chosen.append(Scenario(f"scores-{kind}-{scores}-threads", f"{kind}, {what}, two threads",
                                       [*ours, "--threads", "2"], [Peer("one thread", ours)], PER_CORE,
                                       ratio_below(1 / 1.8, "wall"), "wall", files))
    return chosen


def read_scenarios(c):
    """The catalogue's positions in the reads of one person."""
    path = c.file("reads30", ".bam")
    pileup = Peer("`samtools mpileup -l`", ["samtools", "mpileup", "-l", c.regions, path])
    view = Peer("`samtools view -c -M -L`", ["samtools", "view", "-c", "-M", "-L", c.regions, path])
    return [
        Scenario("bam-sites", "1,582 positions of a 30x BAM, alleles read", [READER, path, c.positions], [pileup, view],
                 "0.35 x `mpileup`", ratio_below(0.35), files=(("reads30", ".bam"),)),
    ]


def scenarios(inputs, scratch):
    """Returns all of them, in the order of the table."""
    commands = Commands(inputs, scratch)
    parts = (cohort_scenarios, genome_scenarios, matrix_scenarios, sample_scenarios, score_scenarios,
             read_scenarios)
    all_of_them = [entry for part in parts for entry in part(commands)]
    all_of_them += tree_scenarios(Scenario, Peer, ratio_below)
    for entry in all_of_them:
        entry.inputs = inputs
    return all_of_them
