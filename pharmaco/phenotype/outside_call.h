// A call of a gene that was made elsewhere: HLA typing, CYP2D6 from reads.
#pragma once

#include <string>
#include <tuple>

#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"

namespace stardose::pharmaco {

/// One line of an outside-call file, as written.
struct OutsideCall {
  std::string diplotype;       ///< `*1/*2x2`, one allele for one copy; empty: not given
  std::string phenotype;       ///< CPIC's words; empty: not given
  std::string activity_score;  ///< empty: not given
  std::string place;           ///< `file:line`, for messages

  friend bool operator<(const OutsideCall& a, const OutsideCall& b) {
    return std::tie(a.diplotype, a.phenotype, a.activity_score) < std::tie(b.diplotype, b.phenotype, b.activity_score);
  }
};

/// Returns what follows from an outside call. What the call states (phenotype, activity score) goes before what we
/// would derive; an activity score counts only for a gene that has them. Alleles are known by name, by their core
/// (`*4.024` -> `*4`), by the first two fields (`HLA-B*57:01:01` -> `*57:01`), as copies (`*2x3`) and as tandems
/// (`*36+*10`); another makes the reading indeterminate, and of an HLA gene leaves open which alleles are absent.
[[nodiscard]] GeneResult read_outside_call(const Gene& gene, const OutsideCall& call);

}  // namespace stardose::pharmaco
