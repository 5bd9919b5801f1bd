// Reads the proxies of HLA alleles.
#pragma once

#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// Adds each row of proxies.tsv to its gene; a catalogue without the file has none.
void load_proxies(const CatalogueFiles& files, std::vector<Gene>& genes, CatalogueFaults& faults);

}  // namespace stardose::pharmaco
