"""Second looks at the gene tables: the written files against the raw sources, and against PyPGx."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import yaml

import yaml

from gene_rules import INDETERMINATE, STEP, phenotype_of_score, score_bands, score_sum
from gene_sources import activity, ascii_name, read_json
from tables import NOTHING, TableError, read_csv, read_tsv

EQUATION = re.compile(r"(?:([\d.]+) (<=|==) )?score(?: < ([\d.]+))?\Z")
HIGHEST_SCORE = 6
PYPGX_SETTINGS = Path(__file__).resolve().parent / "pypgx_settings.yaml"


def holds(equation, score):
    low, sign, high = EQUATION.match(equation).groups()
    above = low is None or (score == Decimal(low) if sign == "==" else score >= Decimal(low))
    return above and (high is None or score < Decimal(high))


def check_bands(genes, sources):
    """Our bands against PyPGx's equations, on every score of two decimals that an equation covers."""
    equations = read_csv(sources / "pypgx/equation-table.csv")
    for gene, settings, _ in genes:
        if settings["phenotype"] != "activity_score":
            continue
        bands = score_bands(gene)
        for step in range(int(HIGHEST_SCORE / STEP) + 1):
            score = step * STEP
            found = [row["Phenotype"] for row in equations if row["Gene"] == gene.symbol and holds(row["Equation"], score)]
            if found and found != [phenotype_of_score(bands, (False, score))]:
                raise TableError(f"{gene.symbol}: score {score} is {found} for PyPGx")


class Comparison:
    """Counts what was compared and collects what differs."""

    def __init__(self):
        self.counts, self.differences = Counter(), []

    def same(self, kind, where, ours, theirs):
        self.counts[kind] += 1
        if ours != theirs:
            self.differences.append(f"{where}: ours {ours}, source {theirs}")


def parse_definition(row, sites):
    """Definition cell -> (is reference, letter by position), with the reference filled in."""
    if row["definition"] == NOTHING:
        return False, None
    words = row["definition"].split(" ")
    reference = words[0] == "reference"
    letters = {position: site["ref"] for position, site in sites.items()} if reference else {}
    for word in words[reference:]:
        position, letter = word.split("=")
        letters[position] = letter
    return reference, letters


def compare_definitions(seen, symbol, source, sites, alleles):
    for variant in source["variants"]:
        row = sites.get(str(variant["position"]), {})
        written = [row.get(key) for key in ("ref", "alts", "rsid", "hgvs")]
        seen.same("sites", f"{symbol} {variant['position']}", written,
                  [variant["ref"], ",".join(variant["alts"]), variant["rsid"] or NOTHING,
                   " | ".join(variant["chromosomeHgvsName"].split("; "))])
    seen.same("site lists", symbol, len(sites), len(source["variants"]))
    for named in source["namedAlleles"]:
        row = alleles.get(named["name"])
        reference, letters = parse_definition(row, sites) if row else (None, None)
        letters = letters or {}
        seen.same("definitions", f"{symbol} {named['name']}", reference, named["reference"])
        seen.same("cores", f"{symbol} {named['name']}", row and row["core"],
                  source["suballelesMap"].get(named["name"], NOTHING))
        for variant, letter in zip(source["variants"], named["alleles"], strict=True):
            position = str(variant["position"])
            seen.same("definition cells", f"{symbol} {named['name']} {position}", letters.get(position), letter)
    defined = {named["name"] for named in source["namedAlleles"]}
    for name, row in alleles.items():
        if name not in defined:
            seen.same("names without definition", f"{symbol} {name}", row["definition"], NOTHING)


def compare_mitochondrial(seen, symbol, sites, alleles, variant_table):
    """Sites made from names, against the positions and bases of an independent table."""
    theirs = {(row["GRCh38Position"], row["GRCh38Allele"], row["Variant"])
              for row in read_csv(variant_table) if row["Gene"] == symbol and len(row["GRCh38Allele"]) == 1}
    seen.same("sites", symbol, {(position, site["ref"], alt) for position, site in sites.items()
                                for alt in site["alts"].split(",")}, theirs)
    for name, row in alleles.items():
        reference, letters = parse_definition(row, sites)
        if letters and not reference:
            position, letter = next(iter(letters.items()))
            seen.same("definitions", f"{symbol} {name}", f"m.{position}{sites[position]['ref']}>{letter}", name)


def compare_grch37(seen, symbol, contig, sites, variant_table):
    """Positions and bases on GRCh37 where PyPGx lists the very change, and their order everywhere."""
    for row in read_csv(variant_table):
        site = sites.get(row["GRCh38Position"])
        if "chr" + row["Chromosome"] != contig or not site or row["GRCh38Allele"] != site["ref"]:
            continue
        if {row["Variant"], row["GRCh37Allele"]} <= {site["ref"], *site["alts"].split(",")}:
            seen.same("GRCh37 places", f"{symbol} {row['GRCh38Position']}", [site["position37"], site["ref37"]],
                      [row["GRCh37Position"], row["GRCh37Allele"]])
    placed = [int(site["position37"]) for site in sites.values() if site["position37"] != NOTHING]
    seen.same("GRCh37 orders", symbol, placed, sorted(set(placed)))


def compare_functions(seen, symbol, source, alleles, aliases):
    """Function and activity of every allele, then the phenotype of every listed diplotype."""
    values = source["activityValues"]
    facts = source.get("namedAlleles") or [
        {"name": name, "functionValue": function, "activityValue": values.get(name)}
        for name, function in source["haplotypes"].items()]
    for fact in facts:
        name = aliases.get(fact["name"], ascii_name(fact["name"]))
        row = alleles.get(name, {})
        seen.same("functions", f"{symbol} {name}", [row.get("function"), row.get("activity")],
                  [fact["functionValue"], activity(fact["activityValue"]) or NOTHING])


def band_phenotype(bands, total):
    try:
        return phenotype_of_score(bands, total)
    except TableError as error:
        return str(error)


def compare_phenotypes(seen, symbol, source, alleles, aliases, rows):
    scored = "score_min" in rows[0]
    if scored:
        bands = [(Decimal(row["score_min"]), None if row["score_max"] == NOTHING else Decimal(row["score_max"]),
                  row["phenotype"]) for row in rows]
    else:
        rule = {tuple(sorted((row["function_1"], row["function_2"]))): row["phenotype"] for row in rows}
    for listed in source["diplotypes"]:
        names = [aliases.get(raw, ascii_name(raw)) for raw, copies in listed["diplotypekey"].items()
                 for _ in range(copies)]
        if not alleles.keys() >= set(names):
            found = "an allele is missing"
        elif scored:
            found = band_phenotype(bands, score_sum([alleles[name]["activity"] for name in names]))
        else:
            pair = ([alleles[name]["function"] for name in names] + [NOTHING])[:2]
            found = rule.get(tuple(sorted(pair)), INDETERMINATE if NOTHING in pair else None)
        seen.same("diplotypes", f"{symbol} {listed['diplotype']}", found, listed["generesult"])


def genes_beside():
    """Genes of the catalogue that are not of these sources."""
    settings = yaml.safe_load(PYPGX_SETTINGS.read_text(encoding="utf-8"))
    return [*settings["genes"], *settings["by_hand"]]


def check_written(settings, sources, out):
    seen = Comparison()
    added = genes_beside()
    seen.same("gene lists", "genes", sorted(path.name for path in (out / "genes").iterdir()),
              sorted([*settings["genes"], *added]))
    for symbol, own in sorted(settings["genes"].items()):
        folder = out / "genes" / symbol
        seen.counts["genes"] += 1
        rows = read_tsv(folder / "alleles.tsv")
        alleles = {row["name"]: row for row in rows}
        seen.counts["alleles"] += len(alleles)
        seen.same("allele lists", f"{symbol} alleles", len(rows), len(alleles))
        if not (folder / "sites.tsv").exists():
            continue
        sites = {row["position"]: row for row in read_tsv(folder / "sites.tsv")}
        definitions = sources / "pharmcat/alleles" / f"{symbol}_translation.json"
        if definitions.exists():
            compare_definitions(seen, symbol, read_json(definitions), sites, alleles)
        else:
            compare_mitochondrial(seen, symbol, sites, alleles, sources / "pypgx/variant-table.csv")
        contig = yaml.safe_load((folder / "gene.yaml").read_text(encoding="utf-8"))["contig"]
        compare_grch37(seen, symbol, contig, sites, sources / "pypgx/variant-table.csv")
        phenotypes = sources / "pharmcat/phenotype" / f"{symbol.replace('-', '_')}.json"
        if not phenotypes.exists():
            continue
        source, aliases = read_json(phenotypes), own.get("aliases", {})
        compare_functions(seen, symbol, source, alleles, aliases)
        if source["diplotypes"]:
            compare_phenotypes(seen, symbol, source, alleles, aliases, read_tsv(folder / "phenotypes.tsv"))
    for kind, count in seen.counts.items():
        print(f"{kind}: {count}")
    print("\n".join(seen.differences + [f"differences: {len(seen.differences)}"]))
    return 1 if seen.differences else 0


def compare_pypgx(sources, out):
    """Informational: functions and activity values of alleles that both sides name."""
    tally, differences, theirs = Counter(), [], {}
    for row in read_csv(sources / "pypgx/allele-table.csv"):
        theirs.setdefault(row["Gene"], {})[row["StarAllele"]] = row
    added = genes_beside()
    for folder in sorted(path for path in (out / "genes").iterdir() if path.name not in added):
        rows = read_tsv(folder / "alleles.tsv")
        other = theirs.get(folder.name, {})
        shared = [row for row in rows if row["name"] in other]
        print(f"{folder.name}: {len(shared)} shared names, {len(rows) - len(shared)} only ours, "
              f"{len(other) - len(shared)} only PyPGx")
        for row in shared:
            them = other[row["name"]]
            for kind, one, two in (("function", row["function"], them["Function"]),
                                   ("activity", row["activity"], them["ActivityScore"])):
                one, two = known(one), known(two)
                verdict = "same" if one == two else "PyPGx silent" if two == "-" else "differs"
                tally[f"{kind} {verdict}"] += 1
                if verdict == "differs":
                    differences.append(f"{folder.name} {row['name']} {kind}: ours {one}, PyPGx {two}")
    for kind, count in sorted(tally.items()):
        print(f"{kind}: {count}")
    print("\n".join(differences))
    return 0


def known(value):
    """One spelling for comparison; every way of saying 'not known' is the same."""
    value = re.sub(r"class (\w+) \((.*)\)", r"\1/\2", value.lower())
    return "-" if value in (NOTHING, "n/a", "unknown function", "") else value
