// The distinct outcomes of a gene while samples are given theirs.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>

#include "pipeline/cohort_results.h"

namespace stardose::pipeline {

/// Keeps outcomes that say the same once.
class OutcomeSet {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  explicit OutcomeSet(std::size_t samples) { outcomes_.of_sample.reserve(samples); }

  /// Returns the outcome's number, perhaps that of an equal one.
  std::uint32_t add(GeneOutcome outcome) {
    const auto [begin, end] = by_row_.equal_range(outcome.row);
    const auto same = std::find_if(
        begin, end, [&](const auto& known) { return outcomes_.distinct[known.second].finding == outcome.finding; });
    if (same != end) return same->second;
    const auto number = static_cast<std::uint32_t>(outcomes_.distinct.size());
    by_row_.emplace(outcome.row, number);
    outcomes_.distinct.push_back(std::move(outcome));
    return number;
  }

  /// Gives the next sample an outcome.
  void give_next(std::uint32_t number) { outcomes_.of_sample.push_back(number); }

  [[nodiscard]] GeneOutcomes take() { return std::move(outcomes_); }

 private:
  GeneOutcomes outcomes_;
  std::unordered_multimap<std::string, std::uint32_t> by_row_;
};

}  // namespace stardose::pipeline
