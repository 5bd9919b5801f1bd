// A policy learned from simulated patients by fitted Q-iteration (Ernst D, Geurts P, Wehenkel L. J Mach Learn Res
// 2005;6:503-556). Research output: nothing outside of the benchmark knows it, and nobody is dosed by it.
#pragma once

#include <cstdint>

#include "benchmarks/twin/policies/treat.h"

namespace stardose::bench {

struct FittedQSettings {
  int rounds = 3;               ///< of patients; after the first most doses are by what was learned before
  std::size_t patients = 1500;  ///< a round
  int trees = 60;
  double least_leaf = 20;
  double penalty = 2;  ///< days in range that a day above 4 costs
  std::uint64_t seed = 1;
};

/// Learns from patients of the twin's own model, whose seeds begin at `first_training_seed`. What it sees is what a
/// clinic sees: the last two INRs, present and last doses, days, age, genotypes, and the regression's dose. What it may
/// do is to multiply the dose, or to leave out one or two first. The same bits for the same settings.
[[nodiscard]] Policy learn_policy(const FittedQSettings& settings);

inline constexpr std::uint64_t first_training_seed = 1'000'000;

}  // namespace stardose::bench
