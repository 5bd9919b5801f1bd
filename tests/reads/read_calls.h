// CYP2D6 called from a file of alignments, without writing files: what a run does for it.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/structure/structure_call.h"

namespace stardose::tests {

struct ReadCall {
  pharmaco::StructureCall call;
  std::vector<std::string> diplotypes;  ///< best first; one: called; more: ambiguous; none: no call
  double posterior = 0;                 ///< of the best
  double cpu_seconds = 0;               ///< of opening, reading and calling
};

/// `reference`: of a CRAM. Throws what a run would throw.
[[nodiscard]] ReadCall call_cyp2d6(const std::string& path, const std::string& reference = {});

/// One line for a message: the readings with their posteriors, and the copies by stretch.
[[nodiscard]] std::string to_text(const ReadCall& called);

}  // namespace stardose::tests
