// Bounds on one run.
#pragma once

#include <cstddef>

namespace stardose::pipeline {

/// Memory in flight is at most max_in_flight times the largest item. The answer is the same for any values.
struct Limits {
  int threads = 1;
  std::size_t max_in_flight = 4;
};

}  // namespace stardose::pipeline
