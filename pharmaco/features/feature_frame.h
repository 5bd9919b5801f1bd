// Patients as rows of features.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "learning/frame/frame.h"
#include "pharmaco/features/feature_set.h"
#include "pharmaco/inputs/patient.h"

namespace stardose::pharmaco {

/// Returns a row for each patient, in their order. A feature that cannot be worked out, since something it needs is
/// missing, is missing; nothing of one patient says anything about another. Pure; thread-safe.
/// Requires: names of patients are distinct.
[[nodiscard]] learning::Frame feature_frame(const FeatureSet& set, std::span<const Patient> patients,
                                            const KnowledgeBase& knowledge);

/// Returns the one row of a patient whose inputs have these values. Requires: `values` has a value of each input.
[[nodiscard]] learning::Frame feature_row(const FeatureSet& set, const InputValues& values);

/// Returns a sentence for each feature that nobody has a value of, which is more often a mistake than not: why one of
/// the patients has none, as far as its inputs tell. `frame` has a column for each feature.
[[nodiscard]] std::vector<std::string> empty_features(const learning::Frame& frame, const FeatureSet& set,
                                                      const Patient& patient, const KnowledgeBase& knowledge);

}  // namespace stardose::pharmaco
