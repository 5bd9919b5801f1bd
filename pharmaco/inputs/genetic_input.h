// What gene results say to an input.
#pragma once

#include "pharmaco/inputs/patient.h"
#include "pharmaco/inputs/patient_input.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// Returns the input's value; missing, with a note that says why, where the gene has no result, its readings differ in
/// what is asked, or it has an allele that the algorithm has no term for. `tested` is never missing.
/// Requires: input.kind is not covariate.
[[nodiscard]] InputValue read_genetic_input(const DoseInput& input, const PatientGenetics& genetics,
                                            const KnowledgeBase& knowledge);

/// Returns the alleles that a gene's diplotype has at a site of it, in the catalogue's letters; nullopt: no diplotype,
/// several that differ there, or an allele of unknown definition.
[[nodiscard]] std::optional<KnownGenotype> genotype_from_call(const Gene& gene, std::string_view rsid,
                                                              const KnownGene& known);

}  // namespace stardose::pharmaco
