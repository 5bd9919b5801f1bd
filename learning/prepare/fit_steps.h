// Fitting steps on people whose outcome is known.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "learning/frame/frame.h"
#include "learning/prepare/prepared.h"
#include "learning/prepare/step.h"
#include "learning/train/learner.h"

namespace stardose::learning {

/// fit() of learner.h, or a stand-in for it.
using FitFunction = std::function<Fitted(const LearnerSpec&, const TrainingData&, std::uint64_t seed)>;

/// What is known of the people that are learned from, beside their columns; of use to steps that select.
struct Outcomes {
  std::span<const double> targets;  ///< on the scale that is learned
  std::span<const double> weights;  ///< empty: all count the same
  std::size_t classes = 0;
};

/// Learns the steps from all rows of `people`, and from nothing else. Any frame will do: where the data says nothing, a
/// step does what its declaration says, or nothing.
/// Requires: fault_of(steps, columns of people) and fault_of(people) found nothing; a target a row.
[[nodiscard]] Prepared fit_steps(const std::vector<Step>& steps, const Frame& people, const Outcomes& outcomes,
                                 std::uint64_t seed, const FitFunction& fit);

/// Returns what the steps make of columns before any data is seen: every feature that there could be; what they learn
/// is not in it. Requires: fault_of(steps, columns) found nothing.
[[nodiscard]] Prepared rehearse_steps(const std::vector<Step>& steps, const std::vector<ColumnKind>& columns);

}  // namespace stardose::learning
