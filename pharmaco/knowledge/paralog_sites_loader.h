// Reads the table of places that a gene shares with its paralog.
#pragma once

#include <string>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/knowledge/gene_structure.h"

namespace stardose::pharmaco {

/// Fills the stretches and columns of `structure`: one for each row of genes/SYMBOL/paralog_sites.tsv, where a site of
/// the gene and a difference at one position are one column, and one for each other site of the gene. A gene without
/// the table has one stretch, `gene`.
void load_paralog_sites(const CatalogueFiles& files, const Gene& gene, GeneStructure& structure,
                        CatalogueFaults& faults);

}  // namespace stardose::pharmaco
