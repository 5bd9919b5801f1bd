// Compartments with constant rates, solved in closed form.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "learning/kinetics/system.h"

namespace stardose::learning {

/// A number for each mode or compartment; on the stack, as there are few.
inline constexpr int most_compartments = 8;
using ModeVector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most_compartments, 1>;
using ModeMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most_compartments, most_compartments>;

/// Amounts as a sum of modes, each of which changes by an exponential of its own. Where two modes are (nearly) the
/// same, rates are taken some millionths apart.
class Modes {
 public:
  /// Requires: rates are finite and at least 0, volumes above 0; there are up to `most_compartments`.
  Modes(const KineticSystem& system, std::span<const double> parameters);

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(rates_.size()); }
  /// Returns minus the rate at which each mode decays.
  [[nodiscard]] const ModeVector& rates() const { return rates_; }
  [[nodiscard]] ModeVector modes_of(const ModeVector& amounts) const { return inverse_ * amounts; }
  [[nodiscard]] ModeVector amounts_of(const ModeVector& modes) const { return vectors_ * modes; }
  /// Returns what a unit in the compartment adds to each mode, and what each mode adds to the compartment.
  [[nodiscard]] ModeVector entering(std::size_t compartment) const {
    return inverse_.col(static_cast<Eigen::Index>(compartment));
  }
  [[nodiscard]] ModeVector seen_in(std::size_t compartment) const {
    return vectors_.row(static_cast<Eigen::Index>(compartment)).transpose();
  }

 private:
  ModeVector rates_;
  ModeMatrix vectors_;
  ModeMatrix inverse_;
};

/// What a mode of this rate makes of a constant inflow of 1 in the time: (e^(rate time) - 1) / rate.
[[nodiscard]] double inflow_share(double rate, double time);

}  // namespace stardose::learning
