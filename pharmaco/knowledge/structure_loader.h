// Reads what the catalogue knows of a gene's copies and hybrids.
#pragma once

#include <optional>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/knowledge/gene_structure.h"

namespace stardose::pharmaco {

/// Reads genes/SYMBOL/structure.yaml and paralog_sites.tsv; nullopt for a gene that has no such file.
[[nodiscard]] std::optional<GeneStructure> load_structure(const CatalogueFiles& files, const Gene& gene,
                                                          CatalogueFaults& faults);

}  // namespace stardose::pharmaco
