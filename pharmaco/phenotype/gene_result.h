// What is known of a gene in one sample, in the terms that guidelines are keyed on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pharmaco/calling/call_status.h"
#include "pharmaco/knowledge/activity_score.h"

namespace stardose::pharmaco {

/// One way to read a gene: one of its best-scoring diplotypes with what follows from it.
struct GeneReading {
  std::string diplotype;               ///< `*1/*2`; empty: not known, only what follows from it
  std::string phenotype;               ///< CPIC's words; empty: the gene has none
  std::optional<ActivityScore> score;  ///< nullopt: the gene has none, or an allele's value is not known
  std::vector<std::string> statuses;   ///< of genes read by presence: `*57:01 positive`, `*58:01 negative`

  friend bool operator==(const GeneReading&, const GeneReading&) = default;
};

/// A gene's outcome. No reading: no result (not called, not tested). Several: ambiguous.
struct GeneResult {
  std::string gene;
  CallStatus status = CallStatus::no_call;
  std::vector<GeneReading> readings;
  /// What advice that rests on the gene must repeat: what missing positions could change, how likely each reading is.
  std::string caveat = {};
};

}  // namespace stardose::pharmaco
