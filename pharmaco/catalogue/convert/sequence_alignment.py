"""Two long, similar sequences aligned from end to end: unique words anchor them, affine gaps are scored between anchors."""

from dataclasses import dataclass

from tables import TableError

NOWHERE = -10**9
SMALL = 2_500             # cells: not worth looking for anchors


@dataclass(frozen=True)
class Scoring:
    """Penalties are positive. A gap of n costs gap_open + n * gap_extend."""
    match: int = 2
    mismatch: int = 4
    gap_open: int = 8
    gap_extend: int = 1


@dataclass
class Alignment:
    """`blocks` are (first, second, length) without gaps, in order; positions are 0-based in the two sequences."""
    first: str
    second: str
    blocks: list

    def place(self, position):
        """The position in the second sequence that stands under one of the first; None in a gap."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle][0] <= position:
                low = middle + 1
            else:
                high = middle
        if not low:
            return None
        first, second, length = self.blocks[low - 1]
        return second + position - first if position < first + length else None

    def mismatches(self):
        """(position in the first, position in the second) of unequal pairs."""
        return [(first + at, second + at) for first, second, length in self.blocks for at in range(length)
                if self.first[first + at] != self.second[second + at]]

    def gaps(self):
        """(begin, end in the first, begin, end in the second) between blocks; either may be empty."""
        return [(left[0] + left[2], right[0], left[1] + left[2], right[1])
                for left, right in zip(self.blocks, self.blocks[1:])]

    def identity(self, begin, end):
        """Equal pairs and all pairs within [begin, end) of the first sequence, gaps not counted."""
        equal = total = 0
        for first, second, length in self.blocks:
            for at in range(max(begin, first), min(end, first + length)):
                total += 1
                equal += self.first[at] == self.second[second + at - first]
        return equal, total

    def inverted(self):
        return Alignment(self.second, self.first, [(second, first, length) for first, second, length in self.blocks])


def unique_words(sequence, size):
    """Where each word stands that occurs once."""
    places = {}
    for at in range(len(sequence) - size + 1):
        word = sequence[at:at + size]
        places[word] = None if word in places else at
    return places


def longest_rising(pairs):
    """The longest chain of pairs, sorted by their first, in which the second rises too."""
    tails, ends, before = [], [], []
    for number, (_, second) in enumerate(pairs):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if tails[middle] < second else (low, middle)
        if low == len(tails):
            tails.append(second)
            ends.append(number)
        else:
            tails[low], ends[low] = second, number
        before.append(ends[low - 1] if low else None)
    chain, at = [], ends[-1] if ends else None
    while at is not None:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def anchors(first, second, size):
    """Maximal equal stretches (first, second, length) around chained words that are unique in both sequences."""
    here, there = unique_words(first, size), unique_words(second, size)
    pairs = sorted((at, there[word]) for word, at in here.items() if at is not None and there.get(word) is not None)
    stretches = []
    for at, under in longest_rising(pairs):
        if stretches and at - stretches[-1][0] == under - stretches[-1][1] and at <= stretches[-1][0] + stretches[-1][2]:
            stretches[-1][2] = at + size - stretches[-1][0]
        else:
            stretches.append([at, under, size])
    # Words of two diagonals may overlap where one sequence repeats itself: the later one gives way.
    kept = []
    for at, under, length in stretches:
        if kept:
            overlap = max(kept[-1][0] + kept[-1][2] - at, kept[-1][1] + kept[-1][2] - under, 0)
            at, under, length = at + overlap, under + overlap, length - overlap
        if length >= size // 2:
            kept.append((at, under, length))
    return kept


def align_between(first, second, scoring):
    """Blocks of the best global alignment of two short sequences (Gotoh). Ties prefer a pair, then a gap in the second."""
    if not first or not second:
        return []
    rows, columns = len(first) + 1, len(second) + 1
    step = [bytearray(columns) for _ in range(rows)]     # bits 0-1: where the best comes from; 4, 8: a gap goes on
    opened = scoring.gap_open + scoring.gap_extend
    best = [0] + [-scoring.gap_open - scoring.gap_extend * column for column in range(1, columns)]
    down = [NOWHERE] * columns
    for column in range(1, columns):
        step[0][column] = 2 | 8
    for row in range(1, rows):
        diagonal, best[0] = best[0], -scoring.gap_open - scoring.gap_extend * row
        across, line, base = NOWHERE, step[row], first[row - 1]
        line[0] = 1 | 4
        for column in range(1, columns):
            flags = 0
            if down[column] - scoring.gap_extend > best[column] - opened:
                down[column] -= scoring.gap_extend
                flags = 4
            else:
                down[column] = best[column] - opened
            if across - scoring.gap_extend > best[column - 1] - opened:
                across -= scoring.gap_extend
                flags |= 8
            else:
                across = best[column - 1] - opened
            value = diagonal + (scoring.match if base == second[column - 1] else -scoring.mismatch)
            diagonal = best[column]
            if down[column] > value:
                value, flags = down[column], flags | 1
            if across > value:
                value, flags = across, (flags & 12) | 2
            best[column], line[column] = value, flags
    return trace_back(step, rows - 1, columns - 1)


def trace_back(step, row, column):
    blocks, state = [], 0
    while row or column:
        flags = step[row][column]
        state = state or flags & 3
        if state == 0:
            row, column = row - 1, column - 1
            if blocks and blocks[-1][0] == row + 1 and blocks[-1][1] == column + 1:
                blocks[-1] = (row, column, blocks[-1][2] + 1)
            else:
                blocks.append((row, column, 1))
        elif state == 1:
            state = 1 if flags & 4 and row > 1 else 0
            row -= 1
        else:
            state = 2 if flags & 8 and column > 1 else 0
            column -= 1
    return blocks[::-1]


def align_within(first, second, word, scoring, largest):
    """Blocks of an alignment from end to end; between anchors, words are unique that were not before."""
    if len(first) * len(second) <= SMALL:
        return align_between(first, second, scoring)
    chain = anchors(first, second, word)
    if not chain:
        if len(first) * len(second) > largest:
            raise TableError(f"no words of {word} bases shared by {len(first)} and {len(second)} bases: not alike")
        return align_between(first, second, scoring)
    blocks, at, under = [], 0, 0
    for begin, other, length in [*chain, (len(first), len(second), 0)]:
        inner = align_within(first[at:begin], second[under:other], word, scoring, largest)
        blocks += [(at + row, under + column, size) for row, column, size in inner]
        if length:
            blocks.append((begin, other, length))
        at, under = begin + length, other + length
    return blocks


def align(first, second, word=24, scoring=Scoring(), largest=6_000_000):
    """Aligns from end to end. Throws TableError where the sequences are too unlike to be scored in reasonable time."""
    joined = []
    for block in align_within(first, second, word, scoring, largest):
        if joined and joined[-1][0] + joined[-1][2] == block[0] and joined[-1][1] + joined[-1][2] == block[1]:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + block[2])
        else:
            joined.append(block)
    return Alignment(first, second, joined)


def left_aligned(sequence, begin, removed, added):
    """A change of `sequence` as VCF writes it: (0-based position, ref, alt), trimmed and moved to the left."""
    ref, alt = removed, added
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        begin, ref, alt = begin + 1, ref[1:], alt[1:]
    if ref and alt:
        return begin, ref, alt
    # One of the two is empty: the change may slide over a repeat.
    while True:
        begin -= 1
        ref, alt = sequence[begin] + ref, sequence[begin] + alt
        if ref[-1] != alt[-1]:
            return begin, ref, alt
        ref, alt = ref[:-1], alt[:-1]
