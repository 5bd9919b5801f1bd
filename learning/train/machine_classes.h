// Probabilities of classes from machines that only tell two sides.
#pragma once

#include <functional>

#include "learning/train/entry.h"

namespace stardose::learning {

/// Learns from rows whose targets are 1 and -1 a LinearModel or a KernelModel with one margin, above 0 for 1. It is
/// also asked for parts of the rows, with a seed for each.
using LearnSides = std::function<Method(const TrainingData& data, std::uint64_t seed)>;

/// One machine, or of more than two classes one for each against the others. Its margin becomes log odds by the
/// straight line that fits margins best of rows that a machine was not shown (Platt 2000; five parts of the rows).
[[nodiscard]] Fitted learn_classes(const Task& task, const LearnSides& learn);

}  // namespace stardose::learning
