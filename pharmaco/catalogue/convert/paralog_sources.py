"""What paralog.py reads: a window of the assembly, known haplotypes, exons, and how common bases are among genomes."""

import gzip
import re
import subprocess
import tarfile
from dataclasses import dataclass, field

from tables import TableError, read_csv

GENOMES = "1kgp3202_pgx_grch38.bcf"
GENOMES_37 = "1kgp2504_pgx_grch37.bcf"


@dataclass
class Window:
    """A stretch of a contig in upper case; `start` is the 1-based position of its first base."""
    start: int
    bases: str

    def cut(self, first, last):
        """Bases of the 1-based positions first to last, both included."""
        if first < self.start or last >= self.start + len(self.bases):
            raise TableError(f"{first}-{last} is not in the window")
        return self.bases[first - self.start:last - self.start + 1]


def read_fasta(lines):
    """(title, bases) of each record."""
    records = []
    for line in lines:
        if line.startswith(">"):
            records.append((line[1:].strip(), []))
        else:
            records[-1][1].append(line.strip().upper())
    return [(title, "".join(parts)) for title, parts in records]


def read_window(path):
    with gzip.open(path, "rt", encoding="ascii") as text:
        (title, bases), = read_fasta(text)
    return Window(int(re.search(r":(\d+)-", title).group(1)), bases)


def read_truth(path):
    """Sample -> [allele text of _M, of _P]: the truth names the haplotypes in this order."""
    truth = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        sample, diplotype = line.split(None, 1)
        truth[sample] = diplotype.split("/")
    return truth


@dataclass
class Haplotypes:
    plain: dict = field(default_factory=dict)       # name -> bases of one gene on one whole stretch of GRCh37
    pieces: list = field(default_factory=list)      # (first position on GRCh37, bases) of GRCh37 itself


def is_plain(alleles, not_plain):
    named = re.findall(r"\*?\d+(?:\.\d+)?", alleles)
    for name in named:
        name = "*" + name.lstrip("*")
        if name in not_plain or name.split(".")[0] in not_plain:
            return False
    return True


def read_haplotypes(path, truth, not_plain):
    found = Haplotypes()
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda each: each.name):
            match = re.search(r"(SIM\d+)_([MP])\.fasta$", member.name)
            if not match:
                continue
            records = read_fasta(archive.extractfile(member).read().decode("ascii").splitlines())
            for title, bases in records:
                own = re.match(r"NC_000022\.10:(\d+)-(\d+)", title)
                if own and (int(own.group(1)), bases) not in found.pieces:
                    found.pieces.append((int(own.group(1)), bases))
            side = "MP".index(match.group(2))
            if len(records) == 1 and is_plain(truth.get(match.group(1), ["", ""])[side], not_plain):
                found.plain[f"{match.group(1)}_{match.group(2)}"] = records[0][1]
    if not found.plain or not found.pieces:
        raise TableError(f"{path}: no plain haplotypes, or no pieces of GRCh37")
    return found


def read_exons(sources, gene):
    """(first, last) of each exon, 1-based GRCh38, exon 1 first. The table counts starts from 0; genes here are reverse."""
    row, = [row for row in read_csv(sources / "pypgx/gene-table.csv") if row["Gene"] == gene]
    starts, ends = ([int(word) for word in row[f"GRCh38Exon{side}"].split(",") if word] for side in ("Starts", "Ends"))
    return [(start + 1, end) for start, end in zip(starts, ends, strict=True)][::-1]


def run_bcftools(*arguments):
    done = subprocess.run(["bcftools", *arguments], capture_output=True, check=False)
    if done.returncode:
        raise TableError(f"bcftools {arguments[0]}: {done.stderr.decode()}")
    return done.stdout.decode()


def read_frequencies(genomes, contig, first, last):
    """(position, ref, alt) -> share of the chromosomes, of every record of the genomes."""
    listed = run_bcftools("query", "-r", f"{contig}:{first}-{last}", "-f", "%POS\t%REF\t%ALT\t%AC\t%AN\n",
                          str(genomes / GENOMES))
    shares = {}
    for line in listed.splitlines():
        position, ref, alts, counts, total = line.split("\t")
        for alt, count in zip(alts.split(","), counts.split(","), strict=True):
            shares[int(position), ref, alt] = int(count) / int(total)
    return shares


def read_genomes37(genomes, contig, first, last):
    """Bases of GRCh37 where the genomes read on it have a record, by position; and the share of each single base there."""
    listed = run_bcftools("query", "-r", f"{contig.removeprefix('chr')}:{first}-{last}", "-f", "%POS\t%REF\t%ALT[\t%GT]\n",
                          str(genomes / GENOMES_37))
    bases, shares = {}, {}
    for line in listed.splitlines():
        position, ref, alt, *genotypes = line.split("\t")
        for offset, base in enumerate(ref):
            if bases.setdefault(int(position) + offset, base) != base:
                raise TableError(f"{position}: the genomes of GRCh37 have two reference bases")
        if len(ref) == len(alt) == 1:
            share = "".join(genotypes).count("1") / (2 * len(genotypes))
            shares[int(position), alt], shares[int(position), ref] = share, 1 - share
    return bases, shares


def read_pairs(genomes, contig, first, last, offset, slack=20, common=100):
    """Known pairs of positions from single-base records that both sets of genomes have: (GRCh38, GRCh37). The people
    are the same, so a change is found by its two bases and by its carriers: 2 in 100 may differ, as the sets were read
    by different means. Where the assemblies differ the change is turned round."""
    people = run_bcftools("query", "-l", str(genomes / GENOMES_37)).split()
    found = {}
    for name, file, region in (("38", GENOMES, f"{contig}:{first}-{last}"),
                               ("37", GENOMES_37, f"{contig.removeprefix('chr')}:{first + offset}-{last + offset}")):
        text = run_bcftools("query", "-s", ",".join(people), "-r", region, "-f", "%POS\t%REF\t%ALT[\t%GT]\n",
                            str(genomes / file))
        found[name] = []
        for line in text.splitlines():
            position, ref, alt, *genotypes = line.split("\t")
            if len(ref) == len(alt) == 1:
                found[name].append((int(position), ref, alt, "".join(genotypes).count("1"), 2 * len(genotypes)))
    pairs = []
    for position, ref, alt, count, total in found["38"]:
        if min(count, total - count) < common:
            continue
        twins = [other[0] for other in found["37"] if abs(other[0] - position - offset) <= slack and
                 ((other[1:3] == (ref, alt) and abs(other[3] - count) <= 0.02 * total) or
                  (other[1:3] == (alt, ref) and abs(total - other[3] - count) <= 0.02 * total))]
        if len(twins) == 1:
            pairs.append((position, twins[0]))
    return pairs
