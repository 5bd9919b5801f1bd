#!/usr/bin/env python3
"""Writes family.vcf.gz: ten made-up people with interesting pharmacogenes, and family_grch37.vcf.gz: the same people.

    python3 data-samples/make.py            writes both into data-samples/
    python3 data-samples/make.py --check    writes nothing; exit code 1 when a file holds something else
    python3 data-samples/make.py --alleles  prints the alleles that each person was made of

Nobody's genotypes are in it: the alleles are the catalogue's, and how common they are is in frequencies.tsv. The same
catalogue and frequencies give the same file. Needs Python 3.11 and PyYAML.
"""
import collections
import csv
import dataclasses
import gzip
import pathlib
import random
import struct
import sys
import zlib

import yaml

HERE = pathlib.Path(__file__).parent
SEED = 2240  # chosen among many for a family with something to show
ADDED = "pypgx-2026-01"  # genes of this source are drawn apart, so that they change nothing in the others
GRCH38, GRCH37 = "GRCh38", "GRCh37"
LENGTHS = {"chr1": 248956422, "chr2": 242193529, "chr3": 198295559, "chr4": 190214555, "chr5": 181538259,
           "chr6": 170805979, "chr7": 159345973, "chr8": 145138636, "chr9": 138394717, "chr10": 133797422,
           "chr11": 135086622, "chr12": 133275309, "chr13": 114364328, "chr15": 101991189, "chr16": 90338345,
           "chr17": 83257441, "chr19": 58617616, "chr20": 64444167, "chr21": 46709983, "chr22": 50818468,
           "chrX": 156040895, "chrM": 16569}
LENGTHS_37 = {"chr1": 249250621, "chr2": 243199373, "chr3": 198022430, "chr4": 191154276, "chr5": 180915260,
              "chr6": 171115067, "chr7": 159138663, "chr8": 146364022, "chr9": 141213431, "chr10": 135534747,
              "chr11": 135006516, "chr12": 133851895, "chr13": 115169878, "chr15": 102531392, "chr16": 90354753,
              "chr17": 81195210, "chr19": 59128983, "chr20": 63025520, "chr21": 48129895, "chr22": 51304566,
              "chrX": 155270560, "chrM": 16569}
IUPAC = {"R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT", "M": "AC",
         "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG", "N": "ACGT"}
BLOCK = 65280  # bytes before packing in a block of blocked gzip, as bgzip has it
CROSSOVER = 1e-8  # a base pair and generation: one centimorgan a megabase

MALE, FEMALE = "male", "female"
SEX = {"mother": FEMALE, "father": MALE, "daughter": FEMALE, "son": MALE, "stent": MALE, "atrial_fibrillation": FEMALE,
       "colon_cancer": MALE, "leukaemia": MALE, "ambiguous": FEMALE, "no_call": MALE}

# The parents' alleles are drawn, as common as in one part of the world. Set are those of CYP2D6, to agree with
# outside_calls.tsv, and those of genes in which the frequencies cannot tell what travels together or a main variant is
# absent from them (CYP2B6 rs2279343): there, common alleles of that part of the world.
FOUNDERS = {
    "mother": ("AF_EUR", {"CYP2B6": ["*1", "*6"], "CYP2D6": ["*4", "*10"], "NAT2": ["*6", "*5"],
                          "SLCO1B1": ["*1", "*15"], "UGT1A1": ["*80+*28", "*1"]}),
    "father": ("AF_AFR", {"CYP2B6": ["*6", "*18"], "CYP2D6": ["*1", "*2"], "NAT2": ["*4", "*14"],
                          "G6PD": ["A- 202A_376G"] * 2,
                          "SLCO1B1": ["*37", "*14"], "UGT1A1": ["*36", "*80+*28"]}),
}
CHILDREN = ["daughter", "son"]

# What travels with an allele at sites that are no part of its definition: around VKORC1's -1639 (IWPC 2009, section S4).
LINKED = {"VKORC1": {"rs9923231 reference (C)": {31091000: 1, 31092475: 1},
                     "rs9923231 variant (T)": {31093188: 1, 31093557: 1, 31094233: 1}}}

# The others have these alleles, and the reference or a common one in every other gene. They are not phased.
COMMON = {"CYP2C19": "*1", "CYP3A5": "*3"}
PURPOSES = {
    "stent": {"CYP2C19": ["*2", "*3"], "SLCO1B1": ["*5", "*5"],
              "ABCG2": ["rs2231142 reference (G)", "rs2231142 variant (T)"]},
    "atrial_fibrillation": {"CYP2C9": ["*3", "*3"], "CYP4F2": ["*1", "*3"], "CYP2D6": ["*4", "*4"],
                            "VKORC1": ["rs9923231 variant (T)", "rs9923231 variant (T)"]},
    "colon_cancer": {"DPYD": ["Reference", "c.1905+1G>A (*2A)"], "UGT1A1": ["*80+*28", "*80+*28"]},
    "leukaemia": {"TPMT": ["*1", "*3A"], "NUDT15": ["*1", "*3"],
                  "G6PD": ["Mediterranean, Dallas, Panama, Sassari, Cagliari, Birmingham"]},
    # Two pairs of alleles explain the same unphased genotypes: *4/*15 and *9/*18 as well.
    "ambiguous": {"SLCO1B1": ["*5", "*14"], "CYP2B6": ["*6", "*18"]},
    "no_call": {"CYP2C9": ["*2", "*3"], "SLCO1B1": ["*4", "*15"]},
}
# What went wrong with no_call's genotypes: position -> genotype, or gene -> genotype everywhere in it.
FAULTS = {
    ("chr10", 94942290): "1/1",  # CYP2C9 *2 and *3 on both strands: no allele is made of both
    ("chr10", 94981296): "1/1",
    ("chr12", 21178615): "0/1",  # SLCO1B1: no pair of alleles fits, but rs4149056 alone says something
    ("chr12", 21176879): "1/1",
    ("chr12", 21205921): "1/1",
    ("chr10", 94781859): "./.",  # CYP2C19: the main variant of *2 was not read; *2 is half tested
    ("chr8", 18400593): "./.",   # NAT2: no call without this position
    ("chr19", 41006936): "./1",  # CYP2B6: half a genotype
    ("chr7", 99672916): "1/2",   # CYP3A5: an allele that the catalogue does not know
    ("chrX", 154536002): "0/1",  # G6PD: two alleles on the one chromosome X of a male
    "UGT1A1": "./.",             # nothing was read
}
UNKNOWN_ALTS = {("chr7", 99672916): "A"}


@dataclasses.dataclass
class Site:
    position: int
    ref: str
    alts: list
    rsid: str
    position37: int = None  # None: has no place on GRCh37
    ref37: str = None

    def on(self, assembly):
        """The site as files of the assembly write it; None: it has no place there."""
        if assembly == GRCH38:
            return self
        if self.position37 is None:
            return None
        alleles = [self.ref, *self.alts]
        alleles[self.base37], alleles[0] = alleles[0], self.ref37
        return Site(self.position37, alleles[0], alleles[1:], self.rsid)

    @property
    def base37(self):
        return [self.ref, *self.alts].index(self.ref37)

    def renumbered(self, genotype, assembly):
        """A genotype in the numbers of the assembly: the base there is 0, and what it replaced has its number."""
        if assembly == GRCH38:
            return genotype
        swap = {"0": str(self.base37), str(self.base37): "0"}
        return "".join(swap.get(letter, letter) for letter in genotype)


def make_site(row):
    place = (None, None) if row["position37"] == "." else (int(row["position37"]), row["ref37"])
    return Site(int(row["position"]), row["ref"], row["alts"].split(","), row["rsid"], *place)


@dataclasses.dataclass
class Gene:
    symbol: str
    contig: str
    sites: list
    reference: str
    added: bool
    alleles: dict  # name -> {position: number of the VCF allele}, the reference bases left out

    @property
    def common(self):
        return COMMON.get(self.symbol, self.reference)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t",
                                  quoting=csv.QUOTE_NONE)


def read_definition(text, sites):
    """POSITION=ALLELE items as {position: allele number}; a letter that allows the reference base means it."""
    carried = {}
    for item in text.split():
        if item in ("reference", "full"):
            continue
        position, allele = item.split("=")
        site = sites[int(position)]
        alleles = [site.ref, *site.alts]
        number = min(alleles.index(base) for base in (IUPAC.get(allele, "") or [allele]) if base in alleles)
        if number > 0:
            carried[site.position] = number
    return carried


def read_gene(folder):
    about = yaml.safe_load((folder / "gene.yaml").read_text(encoding="utf-8"))
    sites = {}
    for row in rows(folder / "sites.tsv"):
        sites[int(row["position"])] = make_site(row)
    alleles = {row["name"]: read_definition(row["definition"], sites)
               for row in rows(folder / "alleles.tsv") if row["definition"] != "."}
    for extra in about.get("extra_sites", []):
        sites[extra["position"]] = make_site(extra)
    ordered = [sites[position] for position in sorted(sites)]
    return Gene(about["gene"], about["contig"], ordered, next(iter(alleles)),
                about["sources"] == [ADDED], alleles)


def read_catalogue(folder):
    """The genes that have sites of their own, in the order of their names (IFNL4 is called from IFNL3's)."""
    genes = [read_gene(gene) for gene in sorted(folder.iterdir()) if (gene / "sites.tsv").exists()]
    taken = {(gene.contig, site.position) for gene in genes if not gene.added for site in gene.sites}
    return [gene for gene in genes
            if not gene.added or any((gene.contig, site.position) not in taken for site in gene.sites)]


def allele_frequencies(gene, seen):
    """How common each named allele is, given how common each variant is.

    The most even distribution over the named alleles that has the variants' frequencies, found by scaling the carriers
    of one variant after the other (iterative proportional fitting). No variant, no frequency: never drawn.
    """
    weights = {name: 1.0 for name in gene.alleles
               if all(seen.get((gene.contig, *item), 0) > 0 for item in gene.alleles[name].items())}
    variants = sorted({item for name in weights for item in gene.alleles[name].items()})
    for _ in range(200):
        for variant in variants:
            target = min(seen[gene.contig, *variant], 0.999)
            with_it = [name for name in weights if variant in gene.alleles[name].items()]
            total, carried = sum(weights.values()), sum(weights[name] for name in with_it)
            if carried <= 0 or carried >= total:
                continue
            for name in weights:
                weights[name] *= target / carried if name in with_it else (1 - target) / (total - carried)
    return weights


def read_frequencies(genes, population):
    number = {(gene.contig, site.position, alt): n for gene in genes for site in gene.sites
              for n, alt in enumerate(site.alts, start=1)}
    return {(row["contig"], int(row["position"]), number[row["contig"], int(row["position"]), row["alt"]]):
            float(row[population]) for row in rows(HERE / "frequencies.tsv")
            if (row["contig"], int(row["position"]), row["alt"]) in number}


class Strand:
    """One chromosome of each kind: the variants on it, and the names of what they make up."""

    def __init__(self):
        self.carried = collections.defaultdict(dict)  # contig -> {position: allele number}
        self.named = {}  # gene -> allele

    def add(self, gene, name):
        self.carried[gene.contig].update(gene.alleles[name])
        self.carried[gene.contig].update(LINKED.get(gene.symbol, {}).get(name, {}))
        self.named[gene.symbol] = name

    def join(self, other):
        for contig, carried in other.carried.items():
            self.carried[contig].update(carried)
        self.named.update(other.named)


def draw_strands(genes, population, chosen, random_source):
    seen = read_frequencies(genes, population)
    strands = [Strand(), Strand()]
    for gene in genes:
        weights = allele_frequencies(gene, seen)
        drawn = random_source.choices(list(weights), list(weights.values()), k=2)
        for strand, name in zip(strands, chosen.get(gene.symbol, drawn)):
            strand.add(gene, name)
    return strands


def transmit(genes, parent, random_source, without_crossover=()):
    """One strand of a parent's two, with crossovers between genes."""
    child = Strand()
    by_contig = collections.defaultdict(list)
    for gene in genes:
        by_contig[gene.contig].append(gene)
    for contig in sorted(by_contig, key=list(LENGTHS).index):
        taken, last = random_source.randrange(2), None
        for gene in sorted(by_contig[contig], key=lambda gene: gene.sites[0].position):
            here = gene.sites[0].position
            if last is not None and random_source.random() < CROSSOVER * (here - last):
                taken = 1 - taken
            last = here
            strand = parent[0 if contig in without_crossover else taken]
            child.add(gene, strand.named[gene.symbol])
    return child


def make_family(genes):
    random_source = random.Random(SEED)
    people = {name: draw_strands(genes, population, chosen, random_source)
              for name, (population, chosen) in FOUNDERS.items()}
    for name in CHILDREN:
        # A son has his mother's X alone; the father's strand 0 is his only X and goes to each daughter.
        people[name] = [transmit(genes, people["mother"], random_source, {"chrM"}),
                        transmit(genes, people["father"], random_source, {"chrX", "chrM"})]
    return people


def make_purposes(genes):
    people = {}
    for name, chosen in PURPOSES.items():
        people[name] = [Strand(), Strand()]
        for gene in genes:
            names = chosen.get(gene.symbol, [gene.common] * 2)
            for strand, allele in zip(people[name], names * 2):
                strand.add(gene, allele)
    return people


def copies(sample, contig):
    return 1 if contig == "chrM" or (contig == "chrX" and SEX[sample] == MALE) else 2


def genotype(sample, strands, gene, site):
    if sample == "no_call":
        fault = FAULTS.get((gene.contig, site.position)) or FAULTS.get(gene.symbol)
        if fault:
            return fault
    alleles = [strand.carried[gene.contig].get(site.position, 0) for strand in strands]
    alleles = alleles[:copies(sample, gene.contig)]
    if sample in PURPOSES:
        return "/".join(map(str, sorted(alleles)))
    return "|".join(map(str, alleles))


def vcf(genes, people, assembly):
    lengths = LENGTHS if assembly == GRCH38 else LENGTHS_37
    names = {contig: contig for contig in lengths}
    if assembly == GRCH37:
        names = {contig: "MT" if contig == "chrM" else contig.removeprefix("chr") for contig in lengths}
    lines = ["##fileformat=VCFv4.3", "##source=data-samples/make.py of StarDose: simulated, nobody's genome",
             '##FILTER=<ID=PASS,Description="All filters passed">',
             '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">']
    lines += [f"##contig=<ID={names[contig]},length={length},assembly={assembly}>" for contig, length in lengths.items()]
    lines.append("\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *people]))
    places = [(gene, site, site.on(assembly)) for gene in genes for site in gene.sites if site.on(assembly)]
    places.sort(key=lambda place: (list(LENGTHS).index(place[0].contig), place[2].position))
    for gene, site, there in places:
        alts = [*there.alts, *UNKNOWN_ALTS.get((gene.contig, site.position), "")]
        genotypes = [site.renumbered(genotype(sample, strands, gene, site), assembly)
                     for sample, strands in people.items()]
        lines.append("\t".join([names[gene.contig], str(there.position), there.rsid, there.ref, ",".join(alts), ".",
                                "PASS", ".", "GT", *genotypes]))
    return "\n".join(lines) + "\n"


def bgzf(data):
    """Blocked gzip, as bgzip writes: blocks of at most 64 KiB that say their size, then an empty one."""
    out = bytearray()
    for start in [*range(0, len(data), BLOCK), len(data)]:
        block = data[start:start + BLOCK]
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(block) + packer.flush()
        out += struct.pack("<4BI2BH2BHH", 31, 139, 8, 4, 0, 0, 255, 6, 66, 67, 2, len(packed) + 25)
        out += packed + struct.pack("<II", zlib.crc32(block), len(block))
    return bytes(out)


def print_alleles(genes, people):
    print("sample", "gene", "alleles", sep="\t")
    for sample, strands in people.items():
        for gene in genes:
            named = [strand.named[gene.symbol] for strand in strands[:copies(sample, gene.contig)]]
            print(sample, gene.symbol, "/".join(named), sep="\t")


def main():
    genes = read_catalogue(HERE.parent / "pharmaco/catalogue/genes")
    family = make_family([gene for gene in genes if not gene.added])
    for name, strands in make_family([gene for gene in genes if gene.added]).items():
        for strand, added in zip(family[name], strands):
            strand.join(added)
    made = family | make_purposes(genes)
    people = {sample: made[sample] for sample in SEX}
    if "--alleles" in sys.argv[1:]:
        print_alleles(genes, people)
        return
    for assembly, name in ((GRCH38, "family.vcf.gz"), (GRCH37, "family_grch37.vcf.gz")):
        text, target = vcf(genes, people, assembly).encode(), HERE / name
        if "--check" not in sys.argv[1:]:
            target.write_bytes(bgzf(text))
        elif not target.exists() or gzip.decompress(target.read_bytes()) != text:
            # The text: how it is packed differs between builds of zlib.
            sys.exit(f"data-samples/{name} is not what make.py makes of the catalogue; run make.py")


if __name__ == "__main__":
    main()
