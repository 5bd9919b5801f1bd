// What learning within folds is made of.
#pragma once

#include <cstdint>
#include <vector>

#include "learning/evaluate/cross_validate.h"

namespace stardose::learning {

/// Each purpose has a seed of its own.
enum class Purpose : std::uint8_t { steps = 1, method, inner_folds, outer_fold };
[[nodiscard]] std::uint64_t seed_for(Purpose purpose, std::uint64_t seed);

/// Returns strata of the rows, or their groups.
[[nodiscard]] std::vector<std::uint32_t> labels_of(const FoldPlan& plan, const Dataset& data);

/// Puts predictions of some rows where all rows' are.
void place(const std::vector<double>& some, const std::vector<std::size_t>& rows, std::vector<double>& all);

/// Returns whether anything of the contender is chosen in inner folds.
[[nodiscard]] bool needs_search(const Contender& contender, const SearchPlan& search);

}  // namespace stardose::learning
