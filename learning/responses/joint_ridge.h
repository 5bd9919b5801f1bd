// Kernel ridge regression of many responses of the same people at once, where most people lack some responses.
//
// Responses are made comparable (mean 0, deviation 1), missing ones are filled in by what the kernel expects of them,
// round by round, and their principal directions over people are learned each by itself: of each the penalty is chosen
// by leaving one person out, and directions that cannot be predicted so are left out. What responses have in common
// shows more clearly in all of them than in each by itself.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

namespace stardose::learning {

struct JointRidgeSettings {
  std::vector<double> penalties = {2, 5, 10, 20, 40, 80, 160};  ///< added to the kernel's diagonal; each above 0
  double fill_penalty = 15;
  std::uint32_t fill_rounds = 15;

  bool operator==(const JointRidgeSettings&) const = default;
};

/// Returns what is wrong with them, or nothing.
[[nodiscard]] std::optional<std::string> fault_of(const JointRidgeSettings& settings);

/// Response k of a person x is offsets[k] + the sum over the people learned from of coefficients(i, k) kernel(x, i).
struct JointRidge {
  Eigen::MatrixXd coefficients;
  Eigen::VectorXd offsets;
  std::size_t directions = 0;  ///< how many could be predicted
};

/// Learns. `kernel`: of the people with each other; `responses`: a row a person, NaN where it is not known. A response
/// that nobody has is predicted as NaN. Requires: fault_of(settings) found nothing; as many rows; two people at least.
[[nodiscard]] JointRidge fit_joint_ridge(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& responses,
                                         const JointRidgeSettings& settings);

}  // namespace stardose::learning
