// Chains of transits of one rate, over a step in which they are fed along a parabola.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace stardose::learning {

/// What is fed at a step's beginning, middle and end.
using Feed = std::array<double, 3>;

/// One step of a chain, made ready for any contents and any feed. Exact for feeds along a parabola.
class TransitStep {
 public:
  /// `rate` of each transit. Requires: above 0, as the step is.
  TransitStep(std::size_t transits, double rate, double step);

  void apply(const Feed& feed, std::span<double> contents) const;

 private:
  std::vector<double> kept_;               ///< of a content that lies so many transits back
  std::vector<std::array<double, 3>> of_;  ///< by transit, of the parabola's value at the end, slope and curve
  double step_ = 0;
};

}  // namespace stardose::learning
