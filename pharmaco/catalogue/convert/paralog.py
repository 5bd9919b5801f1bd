#!/usr/bin/env python3
"""Writes genes/SYMBOL/paralog_sites.tsv: where a gene and its paralog differ, and what the paralog has at the sites.

    python3 paralog.py --sources DIR --reads DIR [--genomes DIR] [--out DIR]

Needs bcftools. DIR of --reads holds the window and the haplotypes that paralog_settings.yaml names. The same inputs
always give the same bytes. Printed: how alike the two are, stretch by stretch, where the landmarks are, and what could
not be proved.
"""

import argparse
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from assembly37 import Assembly37
from paralog_sources import (read_exons, read_frequencies, read_genomes37, read_haplotypes, read_pairs, read_truth,
                             read_window)
from sequence_alignment import Scoring, align, left_aligned
from tables import TableError, read_tsv, write_tsv

HERE = Path(__file__).resolve().parent
# An alignment is trusted where all of these, from both ends, pair the same bases. The first is the one written.
# Gaps are dear, so that a few unequal pairs in a row are spelt as the definitions spell them (exon 9 of CYP2D6), and not
# as a deletion and an insertion that make up for each other.
SCORINGS = [Scoring(1, 2, 10, 1), Scoring(1, 3, 14, 1), Scoring(2, 3, 16, 1), Scoring(1, 2, 12, 2)]
LONGEST = 30              # bases of a differing allele: longer ones a short read does not show
BESIDE = 15               # bases left and right of a longer gap where pairs are chance
SPACER = 1000             # a gap this long between the repeat and the gene is the paralog's spacer
ALIKE, UNLIKE = 1, -6     # an equal pair, an unequal one or a gap: where the two begin to be alike; 6: nine in ten equal
HEADER = ["kind", "position", "ref", "alt", "position37", "ref37", "paralog_position", "paralog_ref", "paralog_alt",
          "paralog_position37", "paralog_ref37", "stretch", "reliability", "paralog_reliability"]
TERMS = ["Source: sequence of GRCh38 (public domain), aligned by convert/paralog.py; GRCh37 by haplotypes of the CYP2D6 "
         "algorithm comparison, Twesigomwe 2020, npj Genom Med 5:30 (MPL-2.0), and genomes of the 1000 Genomes Project.",
         "Source: exons by PyPGx (MIT); frequencies by the 3,202 genomes of the 1000 Genomes Project at 30x."]


@dataclass
class Unit:
    """A stretch of the window that is aligned with another; `first` is the position of its first base."""
    first: int
    bases: str


def trim_to_alike(alignment):
    """First and last pair, as indexes of the first sequence, of the stretch where the two are alike."""
    scores, at = [], None
    for first, second, length in alignment.blocks:
        if at is not None:
            scores.append((None, UNLIKE))
        scores += [(first + offset, ALIKE if alignment.first[first + offset] == alignment.second[second + offset]
                    else UNLIKE) for offset in range(length)]
        at = first
    best, total, begin, found = 0, 0, None, None
    for position, score in scores:
        if total <= 0:
            total, begin = 0, position
        total += score
        if total > best:
            best, found = total, (begin, position)
    return found


class Pair:
    """A gene's unit aligned with its paralog's. Positions are those of the assembly, 1-based."""

    def __init__(self, window, settings):
        self.gene = Unit(settings["unit"][0], window.cut(*settings["unit"]))
        self.paralog = Unit(settings["paralog_unit"][0], window.cut(*settings["paralog_unit"]))
        self.alignments = self.align_all()
        self.best = self.alignments[0]
        first, last = trim_to_alike(self.best)
        self.first, self.last = first + self.gene.first, last + self.gene.first
        spacers = [gap for gap in self.best.gaps() if gap[3] - gap[2] >= SPACER]
        if len(spacers) != 1:
            raise TableError(f"{len(spacers)} gaps of a spacer's length; one is due")
        (self.repeat_end, self.spacer) = (spacers[0][0] + self.gene.first - 1,
                                          tuple(side + self.paralog.first for side in spacers[0][2:]))

    def align_all(self):
        found = []
        for scoring in SCORINGS:
            found.append(align(self.gene.bases, self.paralog.bases, scoring=scoring))
            turned = align(self.gene.bases[::-1], self.paralog.bases[::-1], scoring=scoring)
            sizes = len(self.gene.bases), len(self.paralog.bases)
            turned.blocks = [(sizes[0] - first - length, sizes[1] - second - length, length)
                             for first, second, length in turned.blocks[::-1]]
            turned.first, turned.second = self.gene.bases, self.paralog.bases
            found.append(turned)
        return found

    def place(self, position):
        """Where a position of the gene is in the paralog; None in a gap or where the alignments do not agree."""
        places = {alignment.place(position - self.gene.first) for alignment in self.alignments}
        place = places.pop() if len(places) == 1 else None
        return None if place is None else place + self.paralog.first

    def paralog_bases(self, position, length):
        """(place, bases) of the paralog between the places of position and of position + length."""
        begin, end = self.place(position), self.place(position + length)
        if begin is None or end is None or not 0 < end - begin <= LONGEST + length:
            return None, None
        return begin, self.paralog.bases[begin - self.paralog.first:end - self.paralog.first]

    @cached_property
    def differences(self):
        """(position, ref, alt, paralog position, paralog ref, paralog alt) that all alignments have."""
        common = set.intersection(*(set(self.changes(alignment)) for alignment in self.alignments))
        broken = [gap for gap in self.best.gaps() if max(gap[1] - gap[0], gap[3] - gap[2]) > LONGEST]
        return sorted(change for change in common if self.first <= change[0] <= self.last and
                      not any(gap[0] - BESIDE <= change[0] - self.gene.first < gap[1] + BESIDE for gap in broken))

    def changes(self, alignment):
        first, second = alignment.first, alignment.second
        for at, under in alignment.mismatches():
            yield at + self.gene.first, first[at], second[under], under + self.paralog.first, second[under], first[at]
        for begin, end, other, other_end in alignment.gaps():
            here, there = first[begin:end], second[other:other_end]
            if max(len(here), len(there)) > LONGEST or (here and there):
                continue
            at, ref, alt = left_aligned(first, begin, here, there)
            under, paralog_ref, paralog_alt = left_aligned(second, other, there, here)
            yield at + self.gene.first, ref, alt, under + self.paralog.first, paralog_ref, paralog_alt


class Stretches:
    """Named parts of the unit, from the far end of the repeat to before the gene."""

    def __init__(self, pair, exons):
        self.parts = [("repeat", pair.first, pair.repeat_end), ("downstream", pair.repeat_end + 1, exons[-1][0] - 1)]
        for number in range(len(exons), 0, -1):
            first, last = exons[number - 1]
            self.parts.append((f"exon{number}", first, last))
            if number > 1:
                self.parts.append((f"intron{number - 1}", last + 1, exons[number - 2][0] - 1))
        self.parts.append(("upstream", exons[0][1] + 1, pair.last))

    def name(self, position):
        for name, first, last in self.parts:
            if first <= position <= last:
                return name
        raise TableError(f"{position} is in no stretch")


class Shares:
    """How many chromosomes have the assembly's own allele rather than another one."""

    def __init__(self, frequencies, shares37, assembly37):
        self.frequencies, self.shares37, self.assembly37 = frequencies, shares37, assembly37
        varied = [position for position, column in assembly37.columns.items()
                  if len(column) == assembly37.haplotypes and len(set(column)) > 1]
        self.planted = min(varied), max(varied)

    def own(self, position, ref, other):
        """The lowest of three shares: among the genomes on each assembly, and among the known haplotypes where these
        have variants of the gene. Elsewhere the haplotypes are one sequence, GRCh37, which counts as much as GRCh38."""
        shares = [1 - self.frequencies.get((position, ref, other), 0),
                  1 - self.shares37.get((self.assembly37.place(position), other), 0)]
        column = self.assembly37.columns.get(position, [])
        if len(ref) == len(other) == 1 and self.planted[0] <= position <= self.planted[1]:
            shares.append(1 - column.count(other) / len(column) if column else 1)
        else:
            base37 = self.assembly37.allele(position, ref, [other])[1]
            shares.append(0.5 if base37 == other else 1)
        return f"{min(shares):.3f}"


def differing_rows(pair, stretches, shares, assembly37):
    rows = []
    for position, ref, alt, under, paralog_ref, paralog_alt in pair.differences:
        rows.append(["differs", position, ref, alt, *assembly37.allele(position, ref, [alt]),
                     under, paralog_ref, paralog_alt, *assembly37.allele(under, paralog_ref, [paralog_alt]),
                     stretches.name(position), shares.own(position, ref, alt), shares.own(under, paralog_ref, paralog_alt)])
    return rows


def site_row(site, pair, stretches, shares, assembly37):
    """A catalogue site and its place in the paralog, with the site's alleles spelt there in the catalogue's order."""
    position, ref, alts = int(site["position"]), site["ref"], site["alts"].split(",")
    place37 = [site["position37"], site["ref37"]]
    if place37[0] != ".":
        mapped = assembly37.allele(position, ref, alts)
        if mapped[0] is not None and [str(mapped[0]), mapped[1]] != place37:
            raise TableError(f"{position}: {place37} by the catalogue, {mapped} by alignment")
    for known in pair.differences:
        if known[:2] == (position, ref) and [known[2]] == alts:
            under, there, gene_ref = known[3:]
            return ["site", position, ref, known[2], *place37, under, there, f"{gene_ref},{there}",
                    *assembly37.allele(under, there, [gene_ref]), stretches.name(position),
                    shares.own(position, ref, known[2]), shares.own(under, there, gene_ref)]
    under, there = pair.paralog_bases(position, len(ref))
    if under is None:
        return ["site", position, ref, None, *place37, None, None, None, None, None, stretches.name(position), None, None]
    own = shares.own(position, ref, there) if there != ref else None
    return ["site", position, ref, None if there == ref else there, *place37,
            under, there, ",".join([ref, *alts]), *assembly37.allele(under, there, [ref, *alts]),
            stretches.name(position), own, shares.own(under, there, ref) if there != ref else None]


def landmark_lines(pair, stretches, assembly37):
    """The parts of both units on both assemblies, as comments of the table."""
    def spelt(first, last):
        ends = [assembly37.place(first), assembly37.place(last)]
        return f"{first}-{last} (GRCh37 {ends[0] or '.'}-{ends[1] or '.'})"

    lines = [f"breakpoint of the deletion: {pair.place(pair.first) - pair.first} bases from one repeat to the other; "
             f"spacer {spelt(pair.spacer[0], pair.spacer[1] - 1)}"]
    for name, first, last in stretches.parts:
        under = [pair.best.place(position - pair.gene.first) for position in (first, last)]
        under = [None if place is None else place + pair.paralog.first for place in under]
        other = spelt(*under) if None not in under else "."
        equal, total = pair.best.identity(first - pair.gene.first, last + 1 - pair.gene.first)
        lines.append(f"{name}: {spelt(first, last)}; paralog {other}; {equal} of {total} pairs equal")
    return lines


def convert(symbol, settings, options):
    reads = options.reads
    window = read_window(reads / settings["window"])
    haplotypes = read_haplotypes(reads / settings["haplotypes"], read_truth(reads / "sv_truth_calls.txt"),
                                 settings["not_plain"])
    folder = options.out / "genes" / symbol
    sites = read_tsv(folder / "sites.tsv")
    first, last = settings["haplotype_window"]
    strict = [(int(site["position"]), int(site["position37"])) for site in sites if site["position37"] != "."]
    offset = settings["haplotype_start37"] - first
    bases37, shares37 = read_genomes37(options.genomes, settings["contig"], first + offset, last + offset)
    pairs = read_pairs(options.genomes, settings["contig"], first, last, offset)
    assembly37 = Assembly37(window, settings, haplotypes, pairs, bases37, strict)
    pair = Pair(window, settings)
    exons = read_exons(options.sources, symbol)
    stretches = Stretches(pair, exons)
    shares = Shares(read_frequencies(options.genomes, settings["contig"], first, last), shares37, assembly37)
    rows = differing_rows(pair, stretches, shares, assembly37)
    rows += [site_row(site, pair, stretches, shares, assembly37) for site in sites]
    rows.sort(key=lambda row: (row[1], row[0], row[2], row[3] or ""))
    landmarks = landmark_lines(pair, stretches, assembly37)
    write_tsv(folder / "paralog_sites.tsv", [*TERMS, *landmarks], HEADER, rows)
    report(symbol, pair, assembly37, rows, strict, landmarks)


def report(symbol, pair, assembly37, rows, strict, landmarks):
    print(f"{symbol}: alike from {pair.first} to {pair.last}, {len(pair.alignments)} alignments")
    everywhere = {change for alignment in pair.alignments for change in pair.changes(alignment)
                  if pair.first <= change[0] <= pair.last}
    for kind in ("differs", "site"):
        chosen = [row for row in rows if row[0] == kind]
        print(f"{kind}: {len(chosen)}; with a place in the paralog {sum(row[6] is not None for row in chosen)}; "
              f"on GRCh37 {sum(row[4] not in (None, '.') for row in chosen)}, "
              f"in the paralog there {sum(row[9] is not None for row in chosen)}")
    print(f"differences that not all alignments have: {len(everywhere) - sum(row[0] == 'differs' for row in rows)}")
    print(f"GRCh37: {assembly37.haplotypes} haplotypes, bases by {assembly37.counted}; known pairs reproduced "
          f"{assembly37.proved} of {len(strict)}")
    print("\n".join(landmarks))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--reads", type=Path, help="SOURCES/../cases/reads/sim unless told")
    parser.add_argument("--genomes", type=Path, help="SOURCES/../data unless told")
    parser.add_argument("--out", type=Path, default=HERE.parent)
    options = parser.parse_args()
    options.reads = options.reads or options.sources.parent / "cases/reads/sim"
    options.genomes = options.genomes or options.sources.parent / "data"
    try:
        for symbol, settings in yaml.safe_load((HERE / "paralog_settings.yaml").read_text(encoding="utf-8")).items():
            convert(symbol, settings, options)
    except TableError as error:
        sys.exit(f"paralog.py: {error}")


if __name__ == "__main__":
    main()
