// A dose made up of tablets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pharmaco/dosing/dosing_algorithm.h"

namespace stardose::pharmaco {

struct TabletDose {
  double mg = 0;
  std::vector<double> tablets;  ///< strengths in mg, largest first
};

/// Returns the tablets whose sum is nearest to the dose: of equals the fewest, then the lower dose. At least one
/// tablet. Requires: there are strengths, and most is at least 1.
/// nullopt: that is more than a tenth off the dose (our bound; doses within a fifth are held equal in the field).
[[nodiscard]] std::optional<TabletDose> nearest_tablets(const Tablets& tablets, double mg);

/// Returns `4 + 2.5 mg`.
[[nodiscard]] std::string to_text(const TabletDose& dose);

}  // namespace stardose::pharmaco
