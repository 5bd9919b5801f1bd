"""Reads the gene half of the sources: named-allele definitions, functions, and HLA alleles of the guidelines."""

import csv
import json
import re
from dataclasses import dataclass, field

from tables import TableError, natural_key

IUPAC = {"R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT", "M": "AC",
         "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG", "N": "ACGT"}
MITOCHONDRIAL_SNV = re.compile(r"m\.(\d+)([ACGT])>([ACGT])\Z")
HLA_ALLELE = re.compile(r"\*\d+:\d+")


@dataclass
class Site:
    position: int
    ref: str
    alts: list
    rsid: str = None
    hgvs: str = None
    position37: int = None  # None: not placed on GRCh37 with certainty
    ref37: str = None


@dataclass
class Allele:
    name: str
    reference: bool = False
    core: str = None
    function: str = None
    activity: str = None
    definition: dict = None  # position -> VCF allele or IUPAC letter; None: known by name only
    full: bool = False  # asks the reference wherever it asks nothing else


@dataclass
class Gene:
    symbol: str
    contig: str
    sites: list = field(default_factory=list)
    extra_sites: list = field(default_factory=list)
    alleles: list = field(default_factory=list)
    diplotypes: list = field(default_factory=list)  # (allele names, phenotype, score), as listed by the source
    definition_changed: str = None
    function_version: str = None


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def ascii_name(text):
    return text.replace("\u2265", ">=")


def activity(value):
    """'1.0' -> '1', '>=3.0' (one sign in the source) -> '>=3', 'n/a' stays."""
    if value is None or value == "n/a":
        return value
    sign, number = re.fullmatch(r"(>=)?(\d+(?:\.\d+)?)", ascii_name(str(value))).groups()
    return f"{sign or ''}{float(number):g}"


def read_definitions(path, symbol, ignored_alleles):
    source = read_json(path)
    sites = [Site(v["position"], v["ref"], list(v["alts"]), v["rsid"], v["chromosomeHgvsName"].replace("; ", " | "))
             for v in source["variants"]]
    gene = Gene(symbol, source["chromosome"], sites, definition_changed=source["modificationDate"][:10])
    cores = source["suballelesMap"]
    for named in source["namedAlleles"]:
        given = {site.position: letter for site, letter in zip(sites, named["alleles"], strict=True) if letter}
        if named["reference"] and len(given) != len(sites):
            raise TableError(f"{symbol} {named['name']}: the reference allele leaves positions open")
        left_out = named["name"] in ignored_alleles
        gene.alleles.append(Allele(named["name"], named["reference"], cores.get(named["name"]),
                                   definition=None if left_out else given))
    return gene, source["version"]


def add_functions(gene, path, aliases):
    """Functions, activity values and the complete diplotype list of one phenotype file."""
    source = read_json(path)
    gene.function_version = source["version"]

    def name(raw):
        return aliases.get(raw, ascii_name(raw))

    if "namedAlleles" in source:
        facts = {name(row["name"]): (row["functionValue"], activity(row["activityValue"]))
                 for row in source["namedAlleles"]}
    else:
        values = source["activityValues"]
        facts = {name(raw): (function, activity(values.get(raw))) for raw, function in source["haplotypes"].items()}
    known = {allele.name: allele for allele in gene.alleles}
    for allele_name, (function, value) in facts.items():
        if allele_name not in known:
            known[allele_name] = Allele(allele_name)
            gene.alleles.append(known[allele_name])
        known[allele_name].function, known[allele_name].activity = function, value
    for row in source["diplotypes"]:
        names = tuple(name(raw) for raw, copies in row["diplotypekey"].items() for _ in range(copies))
        gene.diplotypes.append((names, row["generesult"], activity(row.get("activityScore"))))


def add_names(gene, named_only):
    """Alleles that the sources count with their core allele, but that have a name of their own where structure is told."""
    for allele_name, (function, value) in named_only.items():
        gene.alleles.append(Allele(allele_name))
        gene.alleles[-1].function, gene.alleles[-1].activity = function, value


def share_core_functions(gene):
    """A suballele acts as its core allele, which must then be a known name."""
    known = {allele.name: allele for allele in gene.alleles}
    for allele in gene.alleles:
        if allele.core:
            core = known[allele.core]
            allele.function, allele.activity = core.function, core.activity


def mitochondrial_gene(symbol, path, variant_table):
    """A gene whose alleles are named by their single change on the mitochondrial reference sequence."""
    gene = Gene(symbol, "chrM")
    add_functions(gene, path, {})
    rsids = {}
    with variant_table.open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if row["Gene"] == symbol and row["rsID"] != "N/A":
                rsids[int(row["GRCh38Position"]), row["GRCh38Allele"], row["Variant"]] = row["rsID"]
    sites = {}
    for allele in gene.alleles:
        allele.reference = allele.name == "Reference"
        change = MITOCHONDRIAL_SNV.match(allele.name)
        if not change:
            continue
        position, ref, alt = int(change[1]), change[2], change[3]
        site = sites.setdefault(position, Site(position, ref, []))
        if site.ref != ref:
            raise TableError(f"{symbol}: two reference bases at {position}")
        site.alts.append(alt)
        site.hgvs = f"{site.hgvs} | {allele.name}" if site.hgvs else allele.name
        site.rsid = site.rsid or rsids.get((position, ref, alt))
        allele.definition = {position: alt}
    gene.sites = [sites[position] for position in sorted(sites)]
    for allele in gene.alleles:
        if allele.reference:
            allele.definition = {site.position: site.ref for site in gene.sites}
    return gene


def tested_alleles_gene(symbol, contig, guideline_dir):
    """A gene that guidelines ask about allele by allele (HLA): the alleles are those the guidelines name."""
    names = set()
    for path in sorted(guideline_dir.glob("*.json")):
        for recommendation in read_json(path)["recommendations"]:
            key = (recommendation.get("lookupKey") or {}).get(symbol)
            names.update(HLA_ALLELE.findall(json.dumps(key)))
    gene = Gene(symbol, contig)
    gene.alleles = [Allele(name) for name in names]
    return gene


def check_gene(gene):
    """Every definition must be writable: known positions, alleles of the site or an IUPAC letter that it allows."""
    positions = [site.position for site in gene.sites]
    if positions != sorted(set(positions)):
        raise TableError(f"{gene.symbol}: sites out of order or doubled")
    letters = {}
    for site in gene.sites:
        letters[site.position] = {site.ref, *site.alts}
        if any(not allele or set(allele) - set("ACGT") for allele in letters[site.position]):
            raise TableError(f"{gene.symbol} {site.position}: an allele that is not of A, C, G, T")
    names = [allele.name for allele in gene.alleles]
    if len(set(names)) != len(names):
        raise TableError(f"{gene.symbol}: an allele name twice")
    if gene.sites and sum(allele.reference for allele in gene.alleles) != 1:
        raise TableError(f"{gene.symbol}: not exactly one reference allele")
    for allele in gene.alleles:
        for position, letter in (allele.definition or {}).items():
            wobble = len(set(IUPAC.get(letter, "")) & letters[position]) > 1
            if letter not in letters[position] and not wobble:
                raise TableError(f"{gene.symbol} {allele.name}: {letter} is no allele of {position}")
    gene.alleles.sort(key=lambda allele: (not allele.reference, natural_key(allele.name)))
