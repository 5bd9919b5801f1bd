"""Where the sites are on GRCh37: from known pairs of positions, and proved by genomes read on both assemblies.

A position comes from PyPGx's table where that has the very change, else by counting from the known pairs left and right
of it, if both have one offset. Whatever way it came, the 2,504 genomes that were read on both assemblies must agree:
see `Prover`. A site for which any of this fails has no place on GRCh37.
"""

import bisect
import subprocess
from collections import Counter, defaultdict
from dataclasses import dataclass

from tables import TableError, read_csv

GENOMES_37, GENOMES_38 = "1kgp2504_pgx_grch37.bcf", "1kgp3202_pgx_grch38.bcf"
AROUND = 5000            # bases left and right of a site within which the genomes must have records, if not at it
COMMON = 100             # a pair of records with one change is a known pair if so many alleles are seen ...
SAME_SHARE = 0.05        # ... and their counts differ by no more than this share: another place would differ more
RARE = 0.05              # alternatives up to this frequency leave the reference base the people's own


@dataclass
class Record:
    position: int
    rsids: list
    ref: str
    alts: list
    counts: list         # of each alternative, among the people who are in both files
    total: int

    @property
    def end(self):
        return self.position + len(self.ref)


@dataclass
class Place:
    position: int = None
    ref: str = None
    evidence: str = "not placed"
    why: str = None      # when there is none


def contig_of(chromosome):
    return "chrM" if chromosome in ("M", "MT") else "chr" + chromosome


class KnownPairs:
    """Pairs of positions by contig: PyPGx's variants, and splice sites of its genes. Where a transcript starts or ends
    is a matter of annotation, so first and last exon ends are no pairs."""

    def __init__(self, sources):
        self.offsets = defaultdict(lambda: defaultdict(set))
        self.rows = defaultdict(list)
        for row in read_csv(sources / "pypgx/variant-table.csv"):
            contig, position = contig_of(row["Chromosome"]), int(row["GRCh38Position"])
            self.rows[contig, position].append(row)
            self.add(contig, position, int(row["GRCh37Position"]))
        for row in read_csv(sources / "pypgx/gene-table.csv"):
            self.add_exons(row)

    def add(self, contig, position, position37):
        self.offsets[contig][position].add(position - position37)

    def add_exons(self, row):
        contig = contig_of(row["GRCh38Region"].split(":")[0])
        if row["GRCh37Region"].split(":")[0] != row["GRCh38Region"].split(":")[0]:
            return
        for side, inner in (("Starts", slice(1, None)), ("Ends", slice(None, -1))):
            ours, theirs = ([int(word) for word in row[f"{name}Exon{side}"].split(",") if word.isdigit()]
                            for name in ("GRCh38", "GRCh37"))
            if len(ours) == len(theirs):
                for position, position37 in list(zip(ours, theirs))[inner]:
                    self.add(contig, position, position37)

    def around(self, contig, start, end):
        """Nearest pairs left and right of [start, end), as (position, offsets); None: there is none."""
        positions = sorted(self.offsets[contig])
        left, right = bisect.bisect_right(positions, start) - 1, bisect.bisect_left(positions, end - 1)
        found = [positions[left] if left >= 0 else None, positions[right] if right < len(positions) else None]
        return [None if at is None else (at, self.offsets[contig][at]) for at in found]


class Genomes:
    """Records of the genomes on both assemblies, with allele counts over the people that both files have."""

    def __init__(self, folder):
        self.files = {37: folder / GENOMES_37, 38: folder / GENOMES_38}
        for path in self.files.values():
            if not path.exists():
                raise TableError(f"{path} is missing: the bases on GRCh37 are proved by it (--genomes DIR)")
        people = [self.run("query", "-l", str(path)).split() for path in self.files.values()]
        self.people = ",".join(sorted(set(people[0]) & set(people[1])))

    @staticmethod
    def run(*arguments, text=None):
        done = subprocess.run(["bcftools", *arguments], input=text, capture_output=True, check=False)
        if done.returncode:
            raise TableError(f"bcftools {arguments[0]}: {done.stderr.decode()}")
        return done.stdout if text is not None or "-Ou" in arguments else done.stdout.decode()

    def records(self, assembly, contig, start, end):
        name = contig if assembly == 38 else contig.removeprefix("chr").replace("M", "MT")
        region = f"{name}:{max(1, start)}-{end}"
        # `view -s` counts the alleles of those chosen anew.
        chosen = self.run("view", "-s", self.people, "-r", region, "-Ou", str(self.files[assembly]))
        listed = self.run("query", "-f", "%POS\t%ID\t%REF\t%ALT\t%AC\t%AN\n", "-", text=chosen).decode()
        return [self.parse(line) for line in listed.splitlines()]

    @staticmethod
    def parse(line):
        position, names, ref, alts, counts, total = line.split("\t")
        rsids = [name for name in names.split(";") if name.startswith("rs")]
        counts = [int(count) for count in counts.split(",")]
        return Record(int(position), rsids, ref, alts.split(","), counts, int(total))


class Prover:
    """One gene's sites on GRCh37. `tally` counts placements by evidence; `differences` says what does not agree."""

    def __init__(self, pairs, genomes):
        self.pairs, self.genomes = pairs, genomes
        self.tally, self.other_bases, self.differences = Counter(), [], []

    def place_gene(self, gene):
        """Gives each site its `position37` and `ref37`, or None and None."""
        for sites in filter(None, (gene.sites, gene.extra_sites)):
            self.place_sites(gene.symbol, gene.contig, sites)

    def report(self):
        print("on GRCh37: " + "; ".join(f"{kind}: {count}" for kind, count in sorted(self.tally.items())))
        print("\n".join(self.other_bases + self.differences + [f"differences: {len(self.differences)}"]))

    def place_sites(self, symbol, contig, sites):
        guesses = [self.guess(contig, site) for site in sites]
        low, high = min(site.position for site in sites) - AROUND, max(site.position for site in sites) + AROUND
        offsets = {site.position - guess.position for site, guess in zip(sites, guesses) if guess.position}
        read38 = self.genomes.records(38, contig, low, high) if contig != "chrM" else []
        read37 = (self.genomes.records(37, contig, low - max(offsets), high - min(offsets))
                  if contig != "chrM" and offsets else [])
        for site, guess in zip(sites, guesses):
            if not guess.position and contig != "chrM" and offsets:
                guess = self.bridge(site, guess, offsets, read38, read37)
            place = guess if not guess.position or contig == "chrM" else self.prove(symbol, site, guess, read38, read37)
            site.position37, site.ref37 = place.position, place.ref
            self.tally[place.evidence] += 1
            if place.ref not in (None, site.ref):
                self.other_bases.append(f"{symbol} {contig}:{site.position} {site.rsid or '.'}: {site.ref} on GRCh38, "
                                        f"{place.ref} on GRCh37")
            if not place.position:
                self.differences.append(f"{symbol} {contig}:{site.position} {site.rsid or '.'}: "
                                        f"not placed: {place.why}")
        self.check_order(symbol, sites)

    def guess(self, contig, site):
        """Position by table or by counting; base by table, else still open."""
        alleles = {site.ref, *site.alts}
        rows = [row for row in self.pairs.rows[contig, site.position] if row["GRCh38Allele"] == site.ref
                and {row["Variant"], row["GRCh37Allele"]} <= alleles]
        places = {(int(row["GRCh37Position"]), row["GRCh37Allele"]) for row in rows}
        if len(places) == 1:
            return Place(*places.pop(), "table")
        left, right = self.pairs.around(contig, site.position, site.position + len(site.ref))
        if left and right and left[1] == right[1] and len(left[1]) == 1:
            return Place(site.position - min(left[1]), None, "counted")
        return Place(why="the known pairs left and right of it have different offsets" if left and right
                     else "no known pair on one side of it")

    @staticmethod
    def bridge(site, guess, offsets, read38, read37):
        """Counted between records that both files have with one change and the same carriers."""
        there = {(record.position, record.ref, tuple(record.alts)): record for record in read37}
        nearest = {}
        for record in read38:
            if max(record.counts) < COMMON or min(record.counts) > record.total - COMMON:
                continue
            for offset in offsets:
                twin = there.get((record.position - offset, record.ref, tuple(record.alts)))
                if twin and abs(twin.counts[0] - record.counts[0]) <= SAME_SHARE * record.counts[0]:
                    if record.end <= site.position:
                        nearest["left"] = offset
                    elif record.position >= site.position + len(site.ref):
                        nearest.setdefault("right", offset)
        if len(nearest) == 2 and nearest["left"] == nearest["right"]:
            return Place(site.position - nearest["left"], None, "bridged")
        return guess

    def prove(self, symbol, site, guess, read38, read37):
        """The base: REF of a record there, or silence of both files where their people have one base."""
        start, end = guess.position, guess.position + len(guess.ref or site.ref)
        over = [record for record in read37 if record.position < end and start < record.end]
        where = f"{symbol} {site.position} {site.rsid or '.'}"
        for record in over:
            self.compare_names(where, site, guess, record)
        seen = self.bases_seen(over, start, end)
        if seen is None:
            return Place(why="the genomes' REF contradict each other on GRCh37")
        if guess.ref and any(base not in (".", due) for base, due in zip(seen, guess.ref)):
            return Place(why=f"PyPGx has {guess.ref} on GRCh37 and the genomes {seen}")
        if seen in (site.ref, *site.alts):
            self.compare_frequencies(where, site, Place(start, seen), read38, over)
            return Place(start, seen, f"{guess.evidence}, base seen")
        if any(base not in (".", due) for base, due in zip(seen, guess.ref or site.ref)):
            return Place(why=f"the genomes have {seen} on GRCh37 where GRCh38 has {site.ref}")
        alike = (self.is_read_around(start, read37) and self.is_read_around(site.position, read38)
                 and not self.is_variable(site, read38))
        if alike and guess.ref in (None, site.ref):
            return Place(start, site.ref, f"{guess.evidence}, people alike")
        if guess.ref and not alike:
            return Place(start, guess.ref, guess.evidence)
        return Place(why="the genomes do not show its base on GRCh37")

    @staticmethod
    def bases_seen(records, start, end):
        """`.` for a base that no record writes out; None: records differ."""
        seen = ["."] * (end - start)
        for record in records:
            for offset, base in enumerate(record.ref):
                at = record.position + offset - start
                if 0 <= at < len(seen):
                    if seen[at] not in (".", base):
                        return None
                    seen[at] = base
        return "".join(seen)

    @staticmethod
    def is_read_around(position, records):
        return (any(position - AROUND <= record.position < position for record in records)
                and any(position < record.position <= position + AROUND for record in records))

    @staticmethod
    def is_variable(site, records):
        over = [record for record in records
                if record.position < site.position + len(site.ref) and site.position < record.end]
        return any(sum(record.counts) > RARE * record.total for record in over)

    def compare_frequencies(self, where, site, place, read38, over37):
        """The same people carry an allele on both assemblies, but for what low coverage has missed."""
        for letter in (site.ref, *site.alts):
            shares = [self.frequency(letter, at, records) for at, records in ((site, read38), (place, over37))]
            if None not in shares:
                self.tally["frequencies compared"] += 1
                if abs(shares[0] - shares[1]) > RARE:
                    self.differences.append(f"{where}: {letter} is on {shares[0]:.3f} of the chromosomes by GRCh38 "
                                            f"and on {shares[1]:.3f} by GRCh37")

    @staticmethod
    def frequency(letter, at, records):
        """How common an allele is by the records that name it; None: no record does."""
        exact = [record for record in records if record.position == at.position and record.ref == at.ref]
        counts = [count for record in exact for alt, count in zip(record.alts, record.counts) if alt == letter]
        total = max((record.total for record in exact), default=0)
        if letter == at.ref and exact:
            return 1 - sum(sum(record.counts) for record in exact) / total
        return sum(counts) / total if counts else None

    def compare_names(self, where, site, guess, record):
        if record.position != guess.position or site.rsid is None or not record.rsids:
            return
        same_change = record.ref == (guess.ref or site.ref) and set(record.alts) & {site.ref, *site.alts}
        self.tally["names compared"] += bool(same_change)
        if same_change and site.rsid not in record.rsids:
            self.differences.append(f"{where}: the genomes call it {';'.join(record.rsids)} on GRCh37")

    def check_order(self, symbol, sites):
        """Sites that follow each other on one assembly do so on the other, and those that overlap have one base."""
        placed = [site for site in sites if site.position37]
        bases = {}
        for site in placed:
            for position, base in enumerate(site.ref37, site.position37):
                if bases.setdefault(position, base) != base:
                    raise TableError(f"{symbol}: two bases at {position} of GRCh37")
        for one, two in zip(placed, placed[1:]):
            if one.position37 >= two.position37:
                raise TableError(f"{symbol}: {one.position} and {two.position} change places on GRCh37")
