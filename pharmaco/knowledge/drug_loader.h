// Reads drugs.tsv.
#pragma once

#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/drug.h"
#include "pharmaco/knowledge/guideline.h"

namespace stardose::pharmaco {

/// Returns the drugs that the guidelines are about, by name, with the codes and other names of drugs.tsv. A catalogue
/// without the file has names only. Faults: a row of another drug, a drug or a code of RxNorm twice.
[[nodiscard]] std::vector<Drug> load_drugs(const CatalogueFiles& files, const std::vector<Guideline>& guidelines,
                                           CatalogueFaults& faults);

}  // namespace stardose::pharmaco
