// Calling a gene from genotypes as people write them, and showing the call.
#pragma once

#include <string>

#include "pharmaco/calling/gene_caller.h"
#include "tests/builders/genotypes.h"

namespace stardose::test {

inline pharmaco::GeneCall call_with(const pharmaco::Gene& gene, const std::string& genotypes,
                                    pharmaco::CallerOptions options) {
  const Genotypes sample = sites_of(genotypes);
  return pharmaco::GeneCaller{gene, options}.call(sample.sites, sample.phase_sets);
}

inline pharmaco::GeneCall call(const pharmaco::Gene& gene, const std::string& genotypes, bool assume_reference = false,
                               bool from_small_variants = false) {
  return call_with(gene, genotypes, {.assume_reference = assume_reference, .from_small_variants = from_small_variants});
}

/// `*1/*2`, `*1/*2 or *3/*4`, for lone alleles `a, b`, else the reason in words.
inline std::string shown(const pharmaco::Gene& gene, const pharmaco::GeneCall& call) {
  std::string text;
  for (const auto& diplotype : call.diplotypes) text += (text.empty() ? "" : " or ") + to_text(gene, diplotype);
  for (const std::size_t allele : call.lone_alleles) text += (text.empty() ? "" : ", ") + gene.alleles[allele].name;
  if (call.status == pharmaco::CallStatus::no_call) text += to_text(call.reason);
  return text;
}

inline std::string called(const pharmaco::Gene& gene, const std::string& genotypes, bool assume_reference = false) {
  return shown(gene, call(gene, genotypes, assume_reference));
}

}  // namespace stardose::test
