// Checking a column.
#include "learning/model/column.h"

#include <cmath>

namespace stardose::learning {

std::optional<std::string> fault_of(const ModelColumn& column) {
  const ColumnKind& kind = column.kind;
  if (kind.name.empty()) return "a column without a name";
  for (const auto& [low, high] : {std::pair{column.lowest, column.highest}, std::pair{column.least, column.greatest}}) {
    for (const auto& end : {low, high}) {
      if (end && (kind.is_category() || !std::isfinite(*end))) return "column " + kind.name + ": a range of no numbers";
    }
    if (low && high && *low > *high) return "column " + kind.name + ": a range that ends before it begins";
  }
  if (!column.seen.empty() && column.seen.size() != kind.levels.size()) {
    return "column " + kind.name + ": counts of other levels than it has";
  }
  return std::nullopt;
}

}  // namespace stardose::learning
