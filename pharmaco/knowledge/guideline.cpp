// What a recommendation asks.
#include "pharmaco/knowledge/guideline.h"

#include <algorithm>

namespace stardose::pharmaco {

bool Recommendation::asks_diplotype() const {
  return std::ranges::any_of(when, [](const GeneCondition& condition) {
    return std::ranges::find(condition.keys, GeneKey::Kind::diplotype, &GeneKey::kind) != condition.keys.end();
  });
}

}  // namespace stardose::pharmaco
