#!/usr/bin/env python3
"""Converts the genes that only the PyPGx tables define into genes/ of the catalogue.

    python3 pypgx_genes.py --sources DIR            write the tables
    python3 pypgx_genes.py --sources DIR --check    compare the written tables with the source, fact by fact
    python3 pypgx_genes.py --sources DIR --genomes38 FILE --genomes37 FILE
                                                    compare reference alleles with those of variant files
"""

import argparse
import sys
from pathlib import Path

import yaml

import pypgx_checks
from genes import GENE_KEYS, definition_cell
from pypgx_sources import Tables, load_gene
from tables import TableError, write_tsv, write_yaml

HERE = Path(__file__).resolve().parent
TERMS = "PyPGx tables by Seung-been Lee and others, MIT"
# Whether sites.tsv has the two columns of the other assembly.
BOTH_ASSEMBLIES = True


def read_settings():
    settings = yaml.safe_load((HERE / "pypgx_settings.yaml").read_text(encoding="utf-8"))
    settings["genes"] = {symbol: own or {} for symbol, own in settings["genes"].items()}
    return settings


def check_complete(settings, tables, theirs):
    """Every target gene of the source is defined elsewhere, taken over, or left out by name."""
    targets = {symbol for symbol, row in tables.genes.items() if row["Target"] == "TRUE"}
    listed = [*theirs, *settings["genes"], *settings["by_hand"], *settings["not_taken"]]
    if not targets <= set(listed) or len(set(listed)) != len(listed):
        raise TableError(f"genes not decided about: {sorted(targets - set(listed))}, or listed twice")


def write_gene(gene, own, settings, out):
    folder = out / "genes" / gene.symbol
    comments = [f"Source: {TERMS}, {settings['version']}."]
    mapping = {
        "gene": gene.symbol, "contig": gene.contig, "ploidy": "diploid", "calling": "named_alleles",
        "small_variants": "insufficient" if own.get("structure") else "sufficient",
        "undocumented": "no_call", "phenotype": "none", "sources": [settings["source"]], "notes": own.get("notes"),
    }
    write_yaml(folder / "gene.yaml", comments, {key: mapping[key] for key in GENE_KEYS if mapping.get(key)})
    header = ["position", "ref", "alts", "rsid", "hgvs"]
    rows = [[site.position, site.ref, ",".join(site.alts), site.rsid, site.hgvs] for site in gene.sites]
    if BOTH_ASSEMBLIES:
        header += ["position37", "ref37"]
        rows = [row + [site.position37, site.ref37] for row, site in zip(rows, gene.sites, strict=True)]
    write_tsv(folder / "sites.tsv", comments, header, rows)
    write_tsv(folder / "alleles.tsv", comments, ["name", "core", "function", "activity", "definition"],
              [(allele.name, allele.core, allele.function, None, definition_cell(allele, gene.sites))
               for allele in gene.alleles])


def convert(sources, out):
    settings, tables = read_settings(), Tables(sources / "pypgx")
    theirs = yaml.safe_load((HERE / "gene_settings.yaml").read_text(encoding="utf-8"))["genes"]
    check_complete(settings, tables, theirs)
    genes = [load_gene(symbol, own, tables) for symbol, own in sorted(settings["genes"].items())]
    for gene in genes:
        write_gene(gene, settings["genes"][gene.symbol], settings, out)
    print(f"{len(genes)} genes, {sum(len(gene.sites) for gene in genes)} sites, "
          f"{sum(len(gene.alleles) for gene in genes)} alleles written; not taken: {', '.join(settings['not_taken'])}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, help="folder with pypgx/")
    parser.add_argument("--out", type=Path, default=HERE.parent, help="the catalogue (default: the one beside this)")
    parser.add_argument("--check", action="store_true", help="compare the written tables with the source")
    parser.add_argument("--genomes38", type=Path, help="variant file on GRCh38 (read with bcftools)")
    parser.add_argument("--genomes37", type=Path, help="variant file on GRCh37")
    options = parser.parse_args()
    genomes = [(path, build) for path, build in ((options.genomes38, "38"), (options.genomes37, "37")) if path]
    try:
        if genomes:
            return max(pypgx_checks.check_genomes(read_settings(), options.sources / "pypgx", options.out, path, build)
                       for path, build in genomes)
        if options.check:
            return pypgx_checks.check_written(read_settings(), options.sources / "pypgx", options.out)
        convert(options.sources, options.out)
    except (TableError, KeyError, OSError, ValueError) as error:
        print(f"pypgx_genes.py: {error!r}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
