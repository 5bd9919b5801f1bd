// Counting what a gene came to, so that counts of parts of a cohort can be added up.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// One gene over all samples.
struct CohortGene {
  std::string gene;
  bool has_guidance = true;
  std::size_t samples = 0;
  std::size_t no_calls = 0;
  std::size_t ambiguous = 0;  ///< several diplotypes, or a combination
  /// What the others came to and how many of them, the most frequent first, then by name.
  std::vector<std::pair<std::string, std::size_t>> results;
  /// Mean share of the gene's positions that the input says something usable about; nullopt: it has none.
  std::optional<double> positions_covered;

  friend bool operator==(const CohortGene&, const CohortGene&) = default;
};

/// Counts of one gene. Whatever the order in which findings and tallies are added, the sum is the same.
struct GeneTally {
  std::string gene;
  bool has_guidance = true;
  std::size_t samples = 0;
  std::size_t no_calls = 0;
  std::size_t ambiguous = 0;
  std::map<std::string, std::size_t> results;
  /// (positions missing, positions in all) -> samples; of findings with positions.
  std::map<std::pair<int, int>, std::size_t> positions;

  /// Adds what `count` samples have.
  void add(const GeneFinding& finding, std::size_t count);
  /// Adds a tally of the same gene.
  void add(const GeneTally& other);
  [[nodiscard]] CohortGene total() const;

  friend bool operator==(const GeneTally&, const GeneTally&) = default;
};

}  // namespace stardose::pharmaco
