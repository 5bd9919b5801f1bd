// The objective of an inference in coordinates in which the prior is a standard normal distribution.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <vector>

#include "learning/bayes/inference.h"

namespace stardose::learning {

class Whitened {
 public:
  explicit Whitened(const InferenceProblem& problem);

  [[nodiscard]] Eigen::Index size() const { return factor_.rows(); }
  [[nodiscard]] Eigen::VectorXd unknowns(const Eigen::VectorXd& whitened) const { return factor_ * whitened; }
  [[nodiscard]] const Eigen::MatrixXd& factor() const { return factor_; }
  /// Sum of misfits and squares; infinite where nothing can be predicted.
  [[nodiscard]] double objective(const Eigen::VectorXd& whitened) const;
  /// By central differences.
  [[nodiscard]] Eigen::VectorXd gradient(const Eigen::VectorXd& whitened) const;
  [[nodiscard]] Eigen::MatrixXd second_derivatives(const Eigen::VectorXd& whitened) const;
  [[nodiscard]] int evaluations() const { return evaluations_; }

 private:
  const InferenceProblem& problem_;
  Eigen::MatrixXd factor_;
  mutable std::vector<double> predicted_;
  mutable int evaluations_ = 0;
};

}  // namespace stardose::learning
