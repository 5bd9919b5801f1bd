// Reads the phenotype table of one gene.
#pragma once

#include <string>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/phenotype_rule.h"

namespace stardose::pharmaco {

/// Fills the rule from the table that its method asks for; methods without a table leave it as it is. `text` must
/// outlive the call only.
void load_phenotype_rule(const std::string& file, const std::string& text, PhenotypeRule& rule,
                         CatalogueFaults& faults);

}  // namespace stardose::pharmaco
