// Logistic regression, of two classes and of more.
#pragma once

#include <Eigen/Core>

namespace stardose::learning {

/// Wanted are the b (a column an output) at which this is least:
///     sum over rows of weight_i loss_i + sum_j penalties_j (sum over outputs of b_jk^2) / 2
/// Of one output, the log odds of class 1, the loss is log(1 + exp(x'b)) - share x'b, share being 1 in rows of class 1
/// and else 0. Of several it is log(sum_k exp(x'b_k)) - sum_k share_k x'b_k.
struct LogitProblem {
  const Eigen::MatrixXd& x;
  Eigen::VectorXd weights;
  Eigen::MatrixXd shares;  ///< an output a column
  Eigen::VectorXd penalties;
};

/// By Newton's method with conjugate gradients, to a gradient of 1e-9 where rounding lets it. Of several outputs, those
/// of a column without a penalty have sum 0.
[[nodiscard]] Eigen::MatrixXd minimise_logits(const LogitProblem& problem);

}  // namespace stardose::learning
