#!/usr/bin/env python3
"""Converts the gene half of the sources into genes/ and release.yaml of the catalogue.

    python3 genes.py --sources DIR                  write the tables
    python3 genes.py --sources DIR --check          compare the written tables with the sources, fact by fact
    python3 genes.py --sources DIR --compare-pypgx  list where PyPGx says something else
"""

import argparse
import sys
from pathlib import Path

import yaml

import gene_checks
import grch37
from gene_rules import function_rule, prove, score_bands
from gene_sources import (Site, add_functions, add_names, check_gene, mitochondrial_gene, read_definitions, read_json,
                          share_core_functions, tested_alleles_gene)
from tables import NOTHING, TableError, write_tsv, write_yaml

HERE = Path(__file__).resolve().parent
DEFINITION_TERMS = "PharmVar with attribution, CPIC CC0 1.0, ClinPGx CC BY-SA 4.0; packaging of PharmCAT 3.1.1 MPL-2.0"
FUNCTION_TERMS = "CPIC CC0 1.0, ClinPGx CC BY-SA 4.0; packaging of PharmCAT 3.1.1 MPL-2.0"
GENE_KEYS = ["gene", "contig", "ploidy", "calling", "small_variants", "undocumented", "required", "ignored",
             "extra_sites", "unphased_preference", "inferred_from", "worst_first", "phenotype", "sources", "notes"]
SITE_COLUMNS = ["position", "ref", "alts", "rsid", "hgvs", "position37", "ref37"]


def load_gene(symbol, settings, exemption, version, sources):
    """All source facts of one gene."""
    phenotype_file = sources / "pharmcat/phenotype" / f"{symbol.replace('-', '_')}.json"
    if settings["phenotype"] == "presence":
        gene = tested_alleles_gene(symbol, settings["contig"], sources / "guidelines-2024")
    elif settings["ploidy"] == "mitochondrial":
        gene = mitochondrial_gene(symbol, phenotype_file, sources / "pypgx/variant-table.csv")
    else:
        path = sources / "pharmcat/alleles" / f"{symbol}_translation.json"
        gene, found = read_definitions(path, symbol, exemption.get("ignoredAlleles", []))
        if not found.startswith(version):
            raise TableError(f"{symbol}: definitions of {found}, expected {version} (gene_settings.yaml)")
        if phenotype_file.exists():
            add_functions(gene, phenotype_file, settings.get("aliases", {}))
            add_names(gene, settings.get("named_only", {}))
        share_core_functions(gene)
    gene.extra_sites = [Site(record["position"], record["ref"], list(record["alts"]), record["rsid"])
                        for record in [*exemption.get("extraPositions", []), *settings.get("extra_sites", [])]]
    check_gene(gene)
    check_settings(gene, settings, phenotype_file.exists())
    return gene


def check_settings(gene, settings, has_functions):
    """Hand-kept facts that the tables can contradict."""
    names = {allele.name for allele in gene.alleles}
    kind = settings["phenotype"]
    scored = any(allele.activity for allele in gene.alleles)
    if kind != "presence" and ((kind == "activity_score") != scored or (kind == "none") != (not gene.diplotypes)):
        raise TableError(f"{gene.symbol}: phenotype {kind} does not fit the source")
    if kind == "functions" and not has_functions:
        raise TableError(f"{gene.symbol}: no functions in the source")
    reference = settings.get("reference")
    if reference and gene.alleles[0].name != reference:
        raise TableError(f"{gene.symbol}: reference allele {gene.alleles[0].name}, expected {reference}")
    if not set(settings.get("aliases", {}).values()) <= names:
        raise TableError(f"{gene.symbol}: an alias leads to no allele")
    inferred = dict(settings.get("inferred_from", {}))
    if inferred:
        rsid = inferred.pop("site")
        sites = [site for site in gene.sites if site.rsid == rsid]
        if len(sites) != 1 or set(inferred) != {sites[0].ref, *sites[0].alts} or not set(inferred.values()) <= names:
            raise TableError(f"{gene.symbol}: inferred_from does not fit the site or the alleles")


def gene_mapping(gene, settings, exemption):
    """gene.yaml. A position is ignored only as the very record that the source ignores: two of its ignored
    deletions start at a position that is a substitution site of the same gene."""
    records = {(site.position, site.ref, tuple(site.alts)) for site in gene.sites}
    ignored = [record["position"] for record in exemption.get("ignoredPositions", [])
               if (record["position"], record["ref"], tuple(record["alts"])) in records]
    required = exemption.get("requiredPositions", [])
    if not set(required) <= {site.position for site in gene.sites}:
        raise TableError(f"{gene.symbol}: a required position is no site")
    found = {
        "gene": gene.symbol, "contig": gene.contig, "required": required, "ignored": ignored,
        "extra_sites": [{"position": site.position, "ref": site.ref, "alts": ",".join(site.alts), "rsid": site.rsid,
                         "position37": site.position37 or NOTHING, "ref37": site.ref37 or NOTHING}
                        for site in gene.extra_sites],
        "unphased_preference": [{"among": rule["list"], "pick": rule["pick"]}
                                for rule in exemption.get("unphasedDiplotypePriorities", [])],
    }
    merged = settings | found
    return {key: merged[key] for key in GENE_KEYS if merged.get(key)}


def definition_cell(allele, sites):
    if allele.definition is None:
        return NOTHING
    refs = {site.position: site.ref for site in sites}
    word = ["reference"] if allele.reference else ["full"] if allele.full else []
    items = [f"{position}={letter}" for position, letter in sorted(allele.definition.items())
             if not word or letter != refs[position]]
    return " ".join(word + items)


def write_gene(gene, settings, exemption, version, out):
    """The files of one gene; returns how many diplotypes its rule was proved on."""
    folder = out / "genes" / gene.symbol
    definitions, functions = source_lines(gene, settings, version)
    write_yaml(folder / "gene.yaml", definitions + functions, gene_mapping(gene, settings, exemption))
    if gene.sites:
        write_tsv(folder / "sites.tsv", definitions, SITE_COLUMNS,
                  [(site.position, site.ref, ",".join(site.alts), site.rsid, site.hgvs, site.position37, site.ref37)
                   for site in gene.sites])
    write_tsv(folder / "alleles.tsv", definitions + functions, ["name", "core", "function", "activity", "definition"],
              [(allele.name, allele.core, allele.function, allele.activity, definition_cell(allele, gene.sites))
               for allele in gene.alleles])
    kind = settings["phenotype"]
    if kind == "functions":
        rule = function_rule(gene, {"x_linked": "too", "mitochondrial": "only"}.get(settings["ploidy"]))
        rows = [(one, two, phenotype) for (one, two), phenotype in rule.items()]
        rows.sort(key=lambda row: (row[1] is None, row[0], row[1] or ""))
        write_tsv(folder / "phenotypes.tsv", functions, ["function_1", "function_2", "phenotype"], rows)
        return prove(gene, rule, kind)
    if kind == "activity_score":
        bands = score_bands(gene)
        write_tsv(folder / "phenotypes.tsv", functions, ["score_min", "score_max", "phenotype"], bands)
        return prove(gene, bands, kind)
    return 0


def source_lines(gene, settings, version):
    if settings["phenotype"] == "presence":
        return ["Source: CPIC and DPWG guideline annotations of ClinPGx, 2024-05-29. "
                "Terms: ClinPGx CC BY-SA 4.0, CPIC CC0 1.0."], []
    definitions = [f"Source: named-allele definitions of PharmVar and CPIC, {version}, "
                   f"this gene last changed {gene.definition_changed}. Terms: {DEFINITION_TERMS}."]
    if not gene.definition_changed:
        definitions = ["Source: sites read from the allele names of CPIC; rs names of PyPGx tables, 2026-01 (MIT)."]
    if not gene.function_version:
        return definitions, []
    date = settings.get("function_date") or gene.function_version[:10]
    return definitions, [f"Source: CPIC allele functions and phenotypes, {date}. Terms: {FUNCTION_TERMS}."]


def load_all(sources):
    settings = yaml.safe_load((HERE / "gene_settings.yaml").read_text(encoding="utf-8"))
    exemptions = read_json(sources / "pharmcat/alleles/exemptions.json")
    listed = settings["genes"]
    defined = {path.name.removesuffix("_translation.json") for path in sources.glob("pharmcat/alleles/*_translation.json")}
    if not defined <= set(listed):
        raise TableError(f"genes without settings: {sorted(defined - set(listed))}")
    genes = []
    for symbol in sorted(listed):
        own = settings["defaults"] | (listed[symbol] or {})
        exemption = exemptions.get(symbol, {})
        gene = load_gene(symbol, own, exemption, settings["definitions_version"], sources)
        genes.append((gene, own, exemption))
    return settings, genes


def convert(sources, genomes, out):
    settings, genes = load_all(sources)
    prover = grch37.Prover(grch37.KnownPairs(sources), grch37.Genomes(genomes))
    proved = 0
    for gene, own, exemption in genes:
        prover.place_gene(gene)
        proved += write_gene(gene, own, exemption, settings["definitions_version"], out)
    gene_checks.check_bands(genes, sources)
    write_yaml(out / "release.yaml", [], settings["release"] | {"sources": settings["sources"]}, ("sources",))
    print(f"{len(genes)} genes, {sum(len(gene.sites) for gene, _, _ in genes)} sites, "
          f"{sum(len(gene.alleles) for gene, _, _ in genes)} alleles written; "
          f"rules proved on {proved} diplotypes")
    prover.report()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, help="folder with pharmcat/, pypgx/, guidelines-2024/")
    parser.add_argument("--genomes", type=Path, help="folder of the genomes that prove GRCh37 (default: DIR/../data)")
    parser.add_argument("--out", type=Path, default=HERE.parent, help="the catalogue (default: the one beside this)")
    parser.add_argument("--check", action="store_true", help="compare the written tables with the sources")
    parser.add_argument("--compare-pypgx", action="store_true", help="list differences to PyPGx")
    options = parser.parse_args()
    try:
        if options.check:
            return gene_checks.check_written(load_all(options.sources)[0], options.sources, options.out)
        if options.compare_pypgx:
            return gene_checks.compare_pypgx(options.sources, options.out)
        convert(options.sources, options.genomes or options.sources / "../data", options.out)
    except (TableError, KeyError, OSError, ValueError) as error:
        print(f"genes.py: {error!r}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
