// Reads and checks the tables of one gene.
#pragma once

#include <string>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// Reads genes/SYMBOL/*. What is wrong goes into `faults`; the gene is then not to be used.
[[nodiscard]] Gene load_gene(const CatalogueFiles& files, const std::string& symbol, CatalogueFaults& faults);

}  // namespace stardose::pharmaco
