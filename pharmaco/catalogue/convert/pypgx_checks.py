"""Second looks at the PyPGx genes: the written tables against the raw rows, and against real genomes.

Nothing of the writer's reading is used here: alleles are read back from the tables as sets of variants.
"""

import subprocess

import yaml

from gene_checks import Comparison, read_csv
from tables import NOTHING, read_tsv

SHIFT = 5  # the distance of a gene's variants may change by this much between assemblies


def rows_by_gene(path):
    genes = {}
    for row in read_csv(path):
        genes.setdefault(row["Gene"], []).append(row)
    return genes


def carried(cell, sites):
    """Definition cell -> names of the variants that it carries, without the chromosome; None: by name only."""
    if cell == NOTHING:
        return None
    items = [item.split("=") for item in cell.split(" ") if "=" in item]
    refs = {position: sites[position]["ref"] if position in sites else "no site" for position, _ in items}
    return {f"{position}-{refs[position]}-{allele}" for position, allele in items if allele != refs[position]}


def short(name):
    return name.split("-", 1)[1]


def labels(variants, own):
    names = {short(name): extra["label"] for name, extra in own.get("more_variants", {}).items()}
    for row in variants:
        names[short(row["GRCh38Name"])] = row["rsID"] if row["rsID"] != "N/A" else row["GRCh38Name"]
    return names


def compare_sites(seen, symbol, sites, variants, core_names, own):
    """Every written pair of alleles is a row of the source; a row that is not written was left out by name."""
    written = {f"{position}-{site['ref']}-{alt}" for position, site in sites.items() for alt in site["alts"].split(",")}
    source = {short(row["GRCh38Name"]): row for row in variants}
    more = {short(name) for name in own.get("more_variants", {})}
    seen.same("variants beyond the source", symbol, written - set(source), more)
    for name in set(source) - written:
        label = labels(variants, own)[name]
        known = (label in own.get("drop", {}) or ("only" in own and label not in own["only"]) or own.get("leave_out")
                 or name not in core_names)
        seen.same("variants not taken", f"{symbol} {name}", bool(known), True)
    offsets = []
    for name in written & set(source):
        row, site = source[name], sites[name.split("-")[0]]
        seen.same("rs names", f"{symbol} {name}", site["rsid"], NOTHING if row["rsID"] == "N/A" else row["rsID"])
        offsets.append(int(row["GRCh37Position"]) - int(row["GRCh38Position"]))
        if "position37" in site:
            placed = row["rsID"] not in own.get("not_on_37", {})
            seen.same("GRCh37 places", f"{symbol} {name}", [site["position37"], site["ref37"]],
                      [row["GRCh37Position"], row["GRCh37Allele"]] if placed else [NOTHING, NOTHING])
    seen.same("distances of the assemblies", symbol, bool(offsets) and max(offsets) - min(offsets) <= SHIFT, True)


def expected_core(row, variants, own):
    """What the source says that an allele carries, after the hand-kept corrections."""
    name = row["StarAllele"].strip()
    if row["SV"] == "TRUE":
        return None
    if name in own.get("core", {}):
        return {short(item) for item in own["core"][name]["variants"]}
    known = {short(item["GRCh38Name"]) for item in variants}
    core = {short(item) for item in row["GRCh38Core"].split(",") if item != "N/A"}
    if not core <= known:  # a slip of the pen on one assembly: the other one says which variant is meant
        on_37 = {item["GRCh37Name"]: short(item["GRCh38Name"]) for item in variants}
        core = {on_37[item] for item in row["GRCh37Core"].split(",")}
    label_of = labels(variants, own)
    return {item for item in core if label_of[item] not in own.get("drop", {})}


def compare_alleles(seen, symbol, alleles, sites, source, variants, own):
    label_of = labels(variants, own)
    found = {row["name"]: carried(row["definition"], sites) for row in alleles}
    renamed = {name: to["to"] for name, to in own.get("rename", {}).items()}
    expected = {}
    for row in source:
        name = row["StarAllele"].strip()
        core = expected_core(row, variants, own)
        unwanted = "only" in own and any(label_of[item] not in own["only"] for item in core or [])
        if name not in own.get("leave_out", {}) and not unwanted:
            expected[renamed.get(name, name)] = core
    seen.same("names of the source", symbol, sorted(set(expected) - set(found)), [])
    users = {}
    for row in alleles:
        for item in found[row["name"]] or []:
            users.setdefault(item, set()).add(row["name"] if row["core"] == NOTHING else row["core"])
    for row in alleles:
        name, core = row["name"], row["core"]
        has = found[name]
        if core != NOTHING:
            extra = {item for item in has if label_of[item] in name.removeprefix(core).split(" + ")}
            allowed = set(own["free"][core]["variants"])
            seen.same("sub-alleles", f"{symbol} {name}", (has - extra, {label_of[item] for item in extra} <= allowed),
                      (expected[core], True))
        elif name in expected:
            seen.same("definitions", f"{symbol} {name}", has, expected[name])
        else:
            parts = [part for part in name.strip("[]").split(" + ") if part in label_of.values()]
            also = {extra["name"]: extra["has"] for extra in own.get("also", [])}
            seen.same("added names", f"{symbol} {name}", sorted(label_of[item] for item in has),
                      sorted(also.get(name, parts)))
        if has:
            alone = any(len(users[item]) == 1 for item in has)
            seen.same("definitions in full", f"{symbol} {name}", row["definition"].startswith("full "), not alone)
        elif has is not None:
            seen.same("references", f"{symbol} {name}", row["definition"], "reference")


def compare_functions(seen, symbol, alleles, source):
    theirs = {row["StarAllele"].strip(): row["Function"] for row in source}
    for row in alleles:
        name = row["name"] if row["core"] == NOTHING else row["core"]
        if row["function"] != NOTHING:
            seen.same("functions", f"{symbol} {name}", row["function"], theirs[name].replace(" Function", " function"))


def check_written(settings, folder, out):
    seen = Comparison()
    variants, alleles = rows_by_gene(folder / "variant-table.csv"), rows_by_gene(folder / "allele-table.csv")
    for symbol, own in sorted(settings["genes"].items()):
        seen.counts["genes"] += 1
        place = out / "genes" / symbol
        sites = {row["position"]: row for row in read_tsv(place / "sites.tsv")}
        rows = read_tsv(place / "alleles.tsv")
        mapping = yaml.safe_load((place / "gene.yaml").read_text(encoding="utf-8"))
        seen.same("contigs", symbol, mapping["contig"], f"chr{variants[symbol][0]['Chromosome']}")
        seen.same("structure", symbol, mapping["small_variants"], "insufficient" if own.get("structure") else "sufficient")
        core_names = {short(item) for row in alleles[symbol] for item in row["GRCh38Core"].split(",") if item != "N/A"}
        compare_sites(seen, symbol, sites, variants[symbol], core_names, own)
        compare_alleles(seen, symbol, rows, sites, alleles[symbol], variants[symbol], own)
        compare_functions(seen, symbol, rows, alleles[symbol])
    for kind, count in seen.counts.items():
        print(f"{kind}: {count}")
    print("\n".join(seen.differences + [f"differences: {len(seen.differences)}"]))
    return 1 if seen.differences else 0


def records(path):
    """(chromosome, position, REF, ALT) of a variant file, by bcftools."""
    query = ["bcftools", "query", "-f", "%CHROM\\t%POS\\t%REF\\t%ALT\\n", str(path)]
    found = {}
    for line in subprocess.run(query, check=True, capture_output=True, text=True).stdout.splitlines():
        contig, position, ref, alts = line.split("\t")
        found.setdefault((contig.removeprefix("chr"), position), []).append((ref, alts.split(",")))
    return found


def check_genomes(settings, folder, out, path, build):
    """REF of every written site that real genomes of one assembly (`38` or `37`) have a record at."""
    genomes, variants = records(path), rows_by_gene(folder / "variant-table.csv")
    agree, without, wrong = 0, 0, []
    for symbol in sorted(settings["genes"]):
        sites = {row["position"] for row in read_tsv(out / "genes" / symbol / "sites.tsv")}
        for row in variants[symbol]:
            if row["GRCh38Position"] not in sites:
                continue
            ref = row[f"GRCh{build}Name"].split("-")[2]
            here = genomes.get((row["Chromosome"], row[f"GRCh{build}Position"]), [])
            if not here:
                without += 1
            elif any(record.startswith(ref) or ref.startswith(record) for record, _ in here):
                agree += 1
            else:
                wrong.append(f"{symbol} {row[f'GRCh{build}Name']}: the genomes have {here[0][0]}")
    print("\n".join(wrong + [f"GRCh{build}: {agree} variants agree, {without} have no record, {len(wrong)} differ"]))
    return 1 if wrong else 0
