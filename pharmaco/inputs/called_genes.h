// Gene results from the calls.tsv of an earlier run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pharmaco/inputs/patient.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// By sample. Every named allele of a gene counts as tested where no position of it is missing or only
/// assumed, and none where one is.
/// Genes that the catalogue has not are left out. Throws InputError (input): columns are missing, or a sample has a
/// gene twice.
[[nodiscard]] std::map<std::string, PatientGenetics> read_called_genes(const std::string& path,
                                                                       const KnowledgeBase& knowledge);

/// Returns the names of the gene's alleles that have a definition.
[[nodiscard]] std::set<std::string> defined_alleles(const Gene& gene);

/// Puts what `more` says of genes and variants over what is there.
void put_over(PatientGenetics& genetics, const PatientGenetics& more);

}  // namespace stardose::pharmaco
