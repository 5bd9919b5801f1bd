// Columns of people while steps go over them.
#pragma once

#include <cstddef>
#include <vector>

#include "learning/prepare/prepared.h"

namespace stardose::learning {

/// A column for each place, in order; those that are not made yet are not there.
struct WorkingTable {
  std::size_t rows = 0;
  std::vector<std::vector<double>> columns;
};

/// Carries one step out. `prepared` says which columns are categories.
void apply_step(const FittedStep& step, const Prepared& prepared, WorkingTable& table);

/// Returns what is put in place of a missing value of the row.
[[nodiscard]] double filled(const Fill& fill, const Prepared& prepared, const WorkingTable& table, std::size_t row);

/// Returns the number, or NaN where there is none.
[[nodiscard]] double transformed(Transform by, double value);

}  // namespace stardose::learning
