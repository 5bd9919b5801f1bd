// What the user says about doses.
#pragma once

#include <string>
#include <vector>

namespace stardose::pharmaco {

struct DosingOptions {
  /// Drugs, or algorithms by their id; none: no dose is worked out.
  std::vector<std::string> dose;
};

}  // namespace stardose::pharmaco
