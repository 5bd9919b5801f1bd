"""Reads the genes of the PyPGx tables: variants on both assemblies, alleles by their core variants."""

import csv
import itertools
from dataclasses import dataclass, replace

from gene_sources import Allele, Gene, Site, check_gene
from tables import TableError, natural_key

ABSENT = "N/A"
SILENT_FUNCTIONS = {"Normal Function", "Unknown Function"}


@dataclass
class Variant:
    """One change on GRCh38, with its place and reference allele on GRCh37."""
    name: str  # `10-95038992-T-C`, as allele definitions call it
    position: int
    ref: str
    alt: str
    rsid: str
    position37: int
    ref37: str
    own_label: str = ""  # of a second change at the place of another

    def label(self):
        return self.own_label or self.rsid or self.name


def read_csv(path):
    with path.open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


class Tables:
    """The source's rows by gene."""

    def __init__(self, folder):
        self.genes = {row["Gene"]: row for row in read_csv(folder / "gene-table.csv")}
        self.variants, self.alleles = {}, {}
        for row in read_csv(folder / "variant-table.csv"):
            self.variants.setdefault(row["Gene"], []).append(row)
        for row in read_csv(folder / "allele-table.csv"):
            self.alleles.setdefault(row["Gene"], []).append(row)


def variant_of(row):
    _, position, ref, alt = row["GRCh38Name"].split("-")
    _, position37, ref37, alt37 = row["GRCh37Name"].split("-")
    stated = (int(row["GRCh38Position"]), row["GRCh38Allele"], int(row["GRCh37Position"]), row["GRCh37Allele"])
    if stated != (int(position), ref, int(position37), ref37) or {ref37, alt37} != {ref, alt}:
        raise TableError(f"{row['Gene']} {row['GRCh38Name']}: name and columns disagree")
    return Variant(row["GRCh38Name"], int(position), ref, alt, "" if row["rsID"] == ABSENT else row["rsID"],
                   int(position37), ref37)


def add_variants(variants, own, symbol):
    """Changes that the table lacks at a place that it has."""
    for name, extra in own.get("more_variants", {}).items():
        like = by_label(variants, extra["beside"], symbol)
        _, position, ref, alt = name.split("-")
        if (int(position), ref) != (like.position, like.ref) or like.ref != like.ref37:
            raise TableError(f"{symbol}: {name} is not at the place of {extra['beside']}")
        variants.append(replace(like, name=name, alt=alt, own_label=extra["label"]))


def by_label(variants, label, gene):
    found = [variant for variant in variants if label in (variant.label(), variant.name)]
    if len(found) != 1:
        raise TableError(f"{gene}: {label} is not one variant of the table")
    return found[0]


def names_in(cell):
    return [] if cell == ABSENT else cell.split(",")


def core_variants(row, variants):
    """Core variants of an allele. A name that no variant has is found by the other assembly's definition."""
    known = {variant.name: variant for variant in variants}
    names = names_in(row["GRCh38Core"])
    if all(name in known for name in names):
        return [known[name] for name in names]
    on_37 = {(variant.position37, variant.ref37): variant for variant in variants}
    found = []
    for name in names_in(row["GRCh37Core"]):
        _, position, ref, _ = name.split("-")
        found.append(on_37[int(position), ref])
    if len(found) != len(names) or any(variant.ref != variant.ref37 for variant in found):
        raise TableError(f"{row['Gene']} {row['StarAllele']}: a core variant is not in the table")
    return found


def function_of(row, gene_says_nothing):
    return None if gene_says_nothing else row["Function"].replace(" Function", " function")


def core_sets(symbol, rows, variants, own):
    """Allele rows -> (name, core variants or None, row), after the settings' corrections."""
    alleles, left_out, dropped = [], own.get("leave_out", {}), own.get("drop", {})
    default = None
    for row in rows:
        name = row["StarAllele"].strip()
        if name in left_out:
            continue
        corrected = own.get("core", {}).get(name)
        if corrected:
            core = [by_label(variants, label, symbol) for label in corrected["variants"]]
        else:
            core = core_variants(row, variants)
        core = [variant for variant in core if variant.label() not in dropped]
        if "only" in own and any(variant.label() not in own["only"] for variant in core):
            continue
        if row["SV"] == "TRUE":
            core = None
        elif not core:
            if default is not None:
                raise TableError(f"{symbol}: {default} and {name} have no variant")
            default = name
        alleles.append((own.get("rename", {}).get(name, {}).get("to", name), core, row))
    return alleles


def reference_first(symbol, alleles, expected):
    reference = [name for name, core, _ in alleles if core == []]
    if reference != [expected]:
        raise TableError(f"{symbol}: {reference} without variants, the source says {expected}")
    return reference[0]


def add_combinations(alleles, variants, reference):
    """Names for the combinations of variants that the table does not name."""
    variants = {variant.name: variant for variant in variants}
    named = {frozenset(variant.name for variant in core) for _, core, _ in alleles if core is not None}
    start = "" if reference == "Reference" else f"{reference} + "
    for size in range(1, len(variants) + 1):
        for chosen in itertools.combinations(sorted(variants), size):
            core = [variants[name] for name in chosen]
            if frozenset(chosen) not in named and len({variant.position for variant in core}) == size:
                alleles.append((f"[{start}{' + '.join(variant.label() for variant in core)}]", core, None))


def sites_of(variants):
    sites = {}
    for variant in sorted(variants, key=lambda v: (v.position, v.alt)):
        site = sites.setdefault(variant.position, Site(variant.position, variant.ref, []))
        place37 = (variant.position37, variant.ref37)
        if site.ref != variant.ref or (site.position37, site.ref37) not in (place37, (None, None)):
            raise TableError(f"{variant.name}: two reference alleles at one position")
        site.position37, site.ref37 = place37
        site.alts.append(variant.alt)
        site.rsid = site.rsid or variant.rsid
        if len(variant.ref) == len(variant.alt) == 1:
            hgvs = f"g.{variant.position}{variant.ref}>{variant.alt}"
            site.hgvs = f"{site.hgvs} | {hgvs}" if site.hgvs else hgvs
    return list(sites.values())


def expanded(name, core, free):
    """The allele, and one row a combination of the variants that it is the same with: (name, core name, variants)."""
    for size in range(len(free) + 1):
        for extra in itertools.combinations(free, size):
            suffix = "".join(f" + {variant.label()}" for variant in extra)
            yield name + suffix, name if extra else None, [*core, *extra]


def define(rows, sites):
    """Definitions of [(name, core name, variants, function)]. An allele with a variant that no other name has is
    known by its variants; any other is written in full, so that what explains a genotype equally well scores equally."""
    users = {}
    for name, core_name, variants, _ in rows:
        for variant in variants or []:
            users.setdefault(variant.name, set()).add(core_name or name)
    for name, core_name, variants, function in rows:
        allele = Allele(name, core=core_name, function=function)
        if variants is not None:
            carried = {variant.position: variant.alt for variant in variants}
            allele.reference = not variants
            private = any(users[variant.name] == {core_name or name} for variant in variants)
            asked = {position for row in rows if (row[1] or row[0]) == (core_name or name) and row[2]
                     for position in (variant.position for variant in row[2])}
            allele.full = not private
            allele.definition = {site.position: carried.get(site.position, site.ref) for site in sites
                                 if not private or site.position in asked}
        yield allele


def load_gene(symbol, own, tables):
    """All facts of one gene, as the settings have it."""
    variants = [variant_of(row) for row in tables.variants.get(symbol, [])]
    add_variants(variants, own, symbol)
    for label in own.get("not_on_37", {}):
        variant = by_label(variants, label, symbol)
        variant.position37 = variant.ref37 = None
    alleles = core_sets(symbol, tables.alleles[symbol], variants, own)
    expected = own.get("reference", {}).get("is") or tables.genes[symbol]["GRCh38Default"]
    reference = reference_first(symbol, alleles, own.get("rename", {}).get(expected, {}).get("to", expected))
    for extra in own.get("also", []):
        alleles.append((extra["name"], [by_label(variants, label, symbol) for label in extra["has"]], None))
    if own.get("combinations"):
        add_combinations(alleles, variants, reference)
    says_nothing = all(row is None or row["Function"] in SILENT_FUNCTIONS for _, core, row in alleles if core is not None)
    rows = []
    for name, core, row in alleles:
        function = function_of(row, says_nothing) if row else None
        free = [by_label(variants, label, symbol) for label in own.get("free", {}).get(name, {}).get("variants", [])]
        if core is None:
            rows.append((name, None, None, function))
        else:
            rows += [(*part, function) for part in expanded(name, core, free)]
    used = {variant.name: variant for _, _, core, _ in rows for variant in core or []}
    gene = Gene(symbol, "chr" + next(row["Chromosome"] for row in tables.variants[symbol]))
    gene.sites = sites_of(used.values())
    gene.alleles = list(define(rows, gene.sites))
    check_distinct(gene)
    check_gene(gene)
    return gene


def check_distinct(gene):
    """No two names may have the same variants."""
    seen = {}
    refs = {site.position: site.ref for site in gene.sites}
    for allele in gene.alleles:
        if allele.definition is None:
            continue
        key = frozenset((at, base) for at, base in allele.definition.items() if base != refs[at])
        if key in seen:
            raise TableError(f"{gene.symbol}: {seen[key]} and {allele.name} have the same variants")
        seen[key] = allele.name


def ordered(symbols):
    return sorted(symbols, key=natural_key)
