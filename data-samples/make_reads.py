#!/usr/bin/env python3
"""Writes reads.bam: aligned reads of a made-up person at a few genes, to show a run from reads.

    python3 data-samples/make_reads.py            writes reads.bam and reads.bam.csi into data-samples/
    python3 data-samples/make_reads.py --check    writes nothing; exit code 1 when reads.bam holds something else

The alleles are those of `stent` (make.py). Only the bases at the catalogue's positions are the genome's; those between
are drawn, as nothing looks at them. Two positions of UGT1A1 have no reads. Needs Python 3.11 and PyYAML.
"""
import gzip
import pathlib
import random
import struct
import sys

import make

SEED = 4
SAMPLE, PERSON = "stent_reads", "stent"
GENES = ["CYP2C19", "CYP4F2", "NUDT15", "SLCO1B1", "TPMT", "UGT1A1", "VKORC1"]
NOT_READ = {("chr2", 233759924), ("chr2", 233760498)}  # of UGT1A1
LENGTH = 100  # bases a read
EVERY = 8  # bases from a read's start to the next one's, on each strand: 25 reads over a base
ERROR = 0.002
SURE, UNSURE = 37, 11  # base qualities, of right and of wrong bases


def windows(genes):
    """Stretches (contig, start, end, sites), 0-based, that reads of the genes' positions touch."""
    found = []
    places = sorted((list(make.LENGTHS).index(gene.contig), site.position, gene, site)
                    for gene in genes for site in gene.sites if (gene.contig, site.position) not in NOT_READ)
    for _, position, gene, site in places:
        start, end = position - 1 - LENGTH, position - 1 + len(site.ref) + LENGTH
        last = found[-1] if found else None
        if last and last[0] == gene.contig and start <= last[2]:
            last[2] = max(last[2], end)
            last[3].append(site)
        else:
            found.append([gene.contig, start, end, [site]])
    return found


def draw_reference(start, end, sites, source):
    bases = [source.choice("ACGT") for _ in range(end - start)]
    for site in sites:
        at = site.position - 1 - start
        bases[at:at + len(site.ref)] = site.ref
        # An indel must not be one of a repeat by chance.
        last = {site.ref[-1], *(alt[-1] for alt in site.alts)}
        bases[at + len(site.ref)] = source.choice(sorted(set("ACGT") - last))
    for site in sites:  # a position within another's bases
        at = site.position - 1 - start
        bases[at:at + len(site.ref)] = site.ref
    return "".join(bases)


def strand(reference, start, sites, carried):
    """The strand's bases, each with its place on the reference; None: inserted."""
    bases, place = [], 0
    for site in sites:
        at = site.position - 1 - start
        number = carried.get(site.position, 0)
        if number == 0 or at < place:
            continue
        bases += [(reference[k], k) for k in range(place, at)]
        alt = site.alts[number - 1]
        bases += [(base, at + k if k < len(site.ref) else None) for k, base in enumerate(alt)]
        place = at + len(site.ref)
    return bases + [(reference[k], k) for k in range(place, len(reference))]


def cigar(places):
    """CIGAR operations (count, code) of a read whose bases have these places; M 0, I 1, D 2."""
    operations, last = [], None
    for place in places:
        if place is not None and last is not None and place > last + 1:
            operations.append([place - last - 1, 2])
        code = 1 if place is None else 0
        if operations and operations[-1][1] == code:
            operations[-1][0] += 1
        else:
            operations.append([1, code])
        last = place if place is not None else last
    return operations


def simulate(genes, strands, source):
    """Reads (contig, position, reverse, cigar, bases, qualities), by place."""
    reads = []
    for contig, start, end, sites in windows(genes):
        reference = draw_reference(start, end, sites, source)
        for number, of_strand in enumerate(strands):
            bases = strand(reference, start, sites, of_strand.carried[contig])
            for first in range(number * EVERY // 2, len(bases) - LENGTH + 1, EVERY):
                part = bases[first:first + LENGTH]
                if part[0][1] is None or part[-1][1] is None:
                    continue
                wrong = [source.random() < ERROR for _ in part]
                text = "".join(source.choice("ACGT".replace(base, "")) if bad else base
                               for (base, _), bad in zip(part, wrong))
                qualities = [UNSURE if bad else SURE for bad in wrong]
                reads.append((contig, start + part[0][1], source.random() < 0.5, cigar([place for _, place in part]),
                              text, qualities))
    reads.sort(key=lambda read: (list(make.LENGTHS).index(read[0]), read[1]))
    return reads


def bin_of(start, end):
    """The smallest bin that holds [start, end) (SAM specification, 5.3)."""
    end -= 1
    for shift, offset in ((14, 4681), (17, 585), (20, 73), (23, 9), (26, 1)):
        if start >> shift == end >> shift:
            return offset + (start >> shift)
    return 0


def span(operations):
    return sum(count for count, code in operations if code != 1)


def record(number, read):
    contig, position, reverse, operations, text, qualities = read
    name = f"r{number}".encode() + b"\0"
    codes = ["=ACMGRSVTWYHKDBN".index(base) for base in text + "=" * (len(text) % 2)]
    tags = b"RGZ" + b"1\0"
    body = struct.pack("<iiBBHHHiiii", list(make.LENGTHS).index(contig), position, len(name), 60,
                       bin_of(position, position + span(operations)), len(operations), 16 if reverse else 0,
                       len(text), -1, -1, 0)
    body += name + b"".join(struct.pack("<I", count << 4 | code) for count, code in operations)
    body += bytes(a << 4 | b for a, b in zip(codes[::2], codes[1::2])) + bytes(qualities) + tags
    return struct.pack("<i", len(body)) + body


def bam(reads):
    """The file's bytes before packing, and where each read begins in them."""
    header = "@HD\tVN:1.6\tSO:coordinate\n"
    header += "".join(f"@SQ\tSN:{contig}\tLN:{length}\n" for contig, length in make.LENGTHS.items())
    header += f"@RG\tID:1\tSM:{SAMPLE}\n@CO\tdata-samples/make_reads.py of StarDose: simulated, nobody's genome\n"
    data = bytearray(b"BAM\1" + struct.pack("<i", len(header)) + header.encode())
    data += struct.pack("<i", len(make.LENGTHS))
    for contig, length in make.LENGTHS.items():
        data += struct.pack("<i", len(contig) + 1) + contig.encode() + b"\0" + struct.pack("<i", length)
    begins = []
    for number, read in enumerate(reads):
        begins.append(len(data))
        data += record(number, read)
    return bytes(data), [*begins, len(data)]


def csi(reads, begins, packed):
    """The index (CSI specification), which unlike BAI takes no room for what has no reads."""
    blocks = []
    at = 0
    while at < len(packed):
        blocks.append(at)
        at += struct.unpack_from("<H", packed, at + 16)[0] + 1
    offsets = [blocks[begin // make.BLOCK] << 16 | begin % make.BLOCK for begin in begins]
    index = b"CSI\1" + struct.pack("<iiii", 14, 5, 0, len(make.LENGTHS))
    for contig in make.LENGTHS:
        bins = {}
        for k, read in enumerate(reads):
            if read[0] != contig:
                continue
            chunks = bins.setdefault(bin_of(read[1], read[1] + span(read[3])), [])
            if chunks and chunks[-1][1] == offsets[k]:
                chunks[-1][1] = offsets[k + 1]
            else:
                chunks.append([offsets[k], offsets[k + 1]])
        index += struct.pack("<i", len(bins))
        first = min((chunks[0][0] for chunks in bins.values()), default=0)  # no read of the contig begins before
        for number, chunks in sorted(bins.items()):
            index += struct.pack("<IQi", number, first, len(chunks)) + b"".join(struct.pack("<QQ", *c) for c in chunks)
    return make.bgzf(index)


def main():
    genes = [gene for gene in make.read_catalogue(make.HERE.parent / "pharmaco/catalogue/genes")
             if gene.symbol in GENES]
    strands = make.make_purposes(genes)[PERSON]
    reads = simulate(genes, strands, random.Random(SEED))
    data, begins = bam(reads)
    target = make.HERE / "reads.bam"
    if "--check" not in sys.argv[1:]:
        packed = make.bgzf(data)
        target.write_bytes(packed)
        pathlib.Path(f"{target}.csi").write_bytes(csi(reads, begins, packed))
    elif not target.exists() or gzip.decompress(target.read_bytes()) != data:
        sys.exit("data-samples/reads.bam is not what make_reads.py makes of the catalogue; run make_reads.py")


if __name__ == "__main__":
    main()
