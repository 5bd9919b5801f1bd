// A gene's call as a person would argue it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "genomics/basics/site_genotype.h"
#include "pharmaco/calling/gene_call.h"
#include "pharmaco/calling/gene_caller.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/gene_result.h"
#include "pharmaco/report/coverage_report.h"
#include "pharmaco/structure/structure_call.h"

namespace stardose::pharmaco {

/// Everything that an explanation looks at; refers to what its maker holds.
struct CallToExplain {
  const KnowledgeBase& knowledge;
  const Gene& gene;
  const GeneCaller& caller;
  std::span<const genomics::SiteGenotype> genotypes;
  std::span<const std::int32_t> phase_sets;
  const GeneCall& call;       ///< next_best filled in, where there is one
  const GeneResult& result;   ///< what follows from the call
  const GeneResult* outside;  ///< a call made elsewhere, which goes before ours; nullptr: none
  std::string sample;
  const StructureCall* structure = nullptr;  ///< of a gene whose copies and hybrids were read; `result` is of it
  const GeneCoverage* coverage = nullptr;    ///< of a sample that was read from an alignment
  bool assume_reference = false;
  bool all_positions = false;  ///< list homozygous reference positions too
};

/// Returns plain text: what the file shows (of a structural call: what reads say of copies), which alleles fit, the
/// phase, the pair and its runner-up, what missing positions could change, how the phenotype follows, and the advice
/// that rests on it. Only this gene was looked at, so advice that needs another says so.
[[nodiscard]] std::string explain(const CallToExplain& what);

}  // namespace stardose::pharmaco
