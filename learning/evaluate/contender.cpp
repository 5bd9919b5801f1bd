// Grids of settings.
#include "learning/evaluate/contender.h"

namespace stardose::learning {

std::vector<LearnerSpec> expand(const LearnerSpec& learner, const std::vector<GridAxis>& grid) {
  std::vector<LearnerSpec> all{learner};
  for (const GridAxis& axis : grid) {
    std::vector<LearnerSpec> next;
    for (const LearnerSpec& spec : all) {
      for (const Setting& value : axis.values) {
        next.push_back(spec);
        next.back().settings[axis.setting] = value;
      }
    }
    all = std::move(next);
  }
  return all;
}

}  // namespace stardose::learning
