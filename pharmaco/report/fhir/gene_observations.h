// What was found of each gene: genotype, haplotypes, phenotype, or why there is none.
#pragma once

#include <string>

#include "pharmaco/report/fhir/bundle_draft.h"

namespace stardose::pharmaco {

/// Name of the observation of a gene's genotype, called or not.
[[nodiscard]] std::string genotype_name(const std::string& gene);

void add_gene_observations(BundleDraft& bundle, const GeneFinding& finding);

/// Of a gene that advice asks for and that the run did not look at.
void add_untested_gene(BundleDraft& bundle, const std::string& gene);

}  // namespace stardose::pharmaco
