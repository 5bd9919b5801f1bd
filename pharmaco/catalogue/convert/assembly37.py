"""Places and bases of GRCh37 in a window, from haplotypes that were made of it; what is not proved is None.

A place is proved by a piece of GRCh37 itself, or by the known pairs left and right of it having one offset that the
haplotypes have, too. A base is proved by such a piece, by a record of genomes read on GRCh37, or by all haplotypes
having it. A known pair that contradicts stops the run."""

import bisect

from sequence_alignment import align
from tables import TableError


WORD = 60                # bases


class Assembly37:
    def __init__(self, window, settings, haplotypes, pairs, bases37, strict_pairs):
        first, last = settings["haplotype_window"]
        self.first, self.here = first, window.cut(first, last)
        self.pairs = sorted(set(pairs) | set(strict_pairs))
        self.pieces, self.places, self.columns = [], {}, {}
        self.bases = dict(bases37)
        self.counted = {"pieces": 0, "records": len(bases37), "haplotypes": 0}
        for start, bases in haplotypes.pieces:
            self.take_piece(start, bases)
        votes = self.read_haplotypes(haplotypes.plain, settings["haplotype_start37"], last)
        self.place_by_pairs(votes)
        self.take_bases()
        for position, position37 in strict_pairs:
            if self.place(position) not in (None, position37):
                raise TableError(f"{position}: known to be {position37} on GRCh37, but aligned with {self.place(position)}")
        self.proved = sum(self.place(position) == position37 for position, position37 in strict_pairs)

    def take_piece(self, start, bases):
        """A piece of GRCh37: where it begins and ends is told by the first and last words that the window has once."""
        words = [(at, self.here.find(bases[at:at + WORD])) for at in range(0, len(bases) - WORD, 10)
                 if self.here.count(bases[at:at + WORD]) == 1]
        if not words:
            raise TableError(f"GRCh37 {start}: no word of this piece is in the window")
        begin = max(0, words[0][1] - words[0][0])
        end = min(len(self.here), words[-1][1] + len(bases) - words[-1][0])
        found = align(self.here[begin:end], bases)
        for at, under, length in found.blocks:
            for offset in range(length):
                self.places[self.first + begin + at + offset] = start + under + offset
        for offset, base in enumerate(bases):
            if self.bases.get(start + offset, base) != base:
                raise TableError(f"{start + offset}: a record and the sequence of GRCh37 disagree")
            self.bases[start + offset] = base
        self.pieces.append((start, len(bases)))
        self.counted["pieces"] += len(bases)

    def read_haplotypes(self, plain, start37, last):
        """Position -> places that the haplotypes give it, counted from their begin and from their end."""
        votes = {}
        end37 = start37 + 37001
        for bases in plain.values():
            found = align(self.here, bases)
            for at, under, length in found.blocks:
                for offset in range(length):
                    position = self.first + at + offset
                    self.columns.setdefault(position, []).append(bases[under + offset])
                    votes.setdefault(position, set()).update(
                        (start37 + under + offset, end37 - len(bases) + under + offset))
        self.haplotypes = len(plain)
        return votes

    def place_by_pairs(self, votes):
        positions = [position for position, _ in self.pairs]
        for position in range(self.first, self.first + len(self.here)):
            if position in self.places:
                continue
            right = bisect.bisect_left(positions, position)
            left = right if right < len(positions) and positions[right] == position else right - 1
            if left < 0 or right == len(positions):
                continue
            offsets = {self.pairs[side][1] - self.pairs[side][0] for side in (left, right)}
            if len(offsets) == 1 and position + min(offsets) in votes.get(position, ()):
                self.places[position] = position + min(offsets)

    def take_bases(self):
        """Bases that every haplotype has. A record of the genomes stands where they differ, and must not contradict."""
        for position, column in self.columns.items():
            place = self.places.get(position)
            if place is None or len(column) < self.haplotypes or len(set(column)) > 1:
                continue
            if self.bases.setdefault(place, column[0]) != column[0]:
                raise TableError(f"{position}: all haplotypes have {column[0]}, GRCh37 has {self.bases[place]}")
            self.counted["haplotypes"] += 1

    def place(self, position):
        return self.places.get(position)

    def allele(self, position, ref, alts):
        """(place, reference allele there) of a change given on GRCh38; (None, None) unless it is one of its alleles."""
        begin, end = self.place(position), self.place(position + len(ref))
        if begin is None or end is None or not 0 < end - begin <= 100:
            return None, None
        bases = [self.bases.get(at) for at in range(begin, end)]
        if None in bases or "".join(bases) not in (ref, *alts):
            return None, None
        return begin, "".join(bases)
