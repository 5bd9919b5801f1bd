// Filling in, turning, and leaving one out.
#include "learning/responses/joint_ridge.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::RowVectorXd;
using Eigen::VectorXd;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What people have in common beyond what everybody has; its directions, and how much each says.
struct Centred {
  VectorXd row_means;
  MatrixXd vectors;
  VectorXd values;

  explicit Centred(const MatrixXd& kernel) : row_means{kernel.rowwise().mean()} {
    MatrixXd centred = kernel;
    centred.colwise() -= row_means;
    centred.rowwise() -= row_means.transpose();
    centred.array() += row_means.mean();
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{centred};
    vectors = solver.eigenvectors();
    values = solver.eigenvalues().cwiseMax(0.0);
  }
};

/// Responses on a scale of their own.
struct Scaled {
  RowVectorXd means;
  RowVectorXd deviations;
  MatrixXd values;  ///< NaN: not known

  explicit Scaled(const MatrixXd& responses)
      : means{responses.cols()}, deviations{responses.cols()}, values{responses} {
    for (Index k = 0; k < responses.cols(); ++k) {
      const ArrayXd column = responses.col(k).array();
      const auto known = column.isNaN().select(ArrayXd::Zero(column.size()), ArrayXd::Ones(column.size())).eval();
      const double count = known.sum();
      means[k] = count > 0 ? column.isNaN().select(0.0, column).sum() / count : missing;
      const double square = column.isNaN().select(0.0, (column - means[k]).square()).sum() / std::max(count, 1.0);
      deviations[k] = square > 0 ? std::sqrt(square) : 1;
      if (count > 0) values.col(k) = (column - means[k]) / deviations[k];
    }
  }
};

/// Fills missing responses with what is expected of them, again and again.
MatrixXd filled(const MatrixXd& values, const Centred& kernel, const JointRidgeSettings& settings) {
  const VectorXd shrinking = (kernel.values.array() / (kernel.values.array() + settings.fill_penalty)).matrix();
  const MatrixXd smoother = kernel.vectors * shrinking.asDiagonal() * kernel.vectors.transpose();
  const auto unknown = values.array().isNaN().eval();
  MatrixXd full = unknown.select(MatrixXd::Zero(values.rows(), values.cols()), values);
  for (std::uint32_t round = 0; round < settings.fill_rounds; ++round) {
    const RowVectorXd means = full.colwise().mean();
    MatrixXd expected = smoother * (full.rowwise() - means);
    expected.rowwise() += means;
    full = unknown.select(expected, values);
  }
  return full;
}

/// Of each direction the coefficients by the penalty that predicts those left out best; 0 where none predicts them.
struct Directions {
  MatrixXd coefficients;
  std::size_t kept = 0;

  Directions(const MatrixXd& scores, const Centred& kernel, const std::vector<double>& penalties)
      : coefficients{MatrixXd::Zero(scores.rows(), scores.cols())} {
    const MatrixXd turned = kernel.vectors.transpose() * scores;
    const MatrixXd squares = kernel.vectors.cwiseAbs2();
    VectorXd least = scores.colwise().squaredNorm().transpose();
    std::vector<bool> predicted(static_cast<std::size_t>(scores.cols()));
    for (const double penalty : penalties) {
      const VectorXd inverse = (kernel.values.array() + penalty).inverse().matrix();
      const MatrixXd solved = kernel.vectors * (inverse.asDiagonal() * turned);
      const VectorXd leverage = squares * inverse;
      for (Index k = 0; k < scores.cols(); ++k) {
        const double left_out = (solved.col(k).array() / leverage.array()).square().sum();
        if (!(left_out < least[k])) continue;
        least[k] = left_out;
        coefficients.col(k) = solved.col(k);
        predicted[static_cast<std::size_t>(k)] = true;
      }
    }
    kept = static_cast<std::size_t>(std::ranges::count(predicted, true));
  }
};

}  // namespace

std::optional<std::string> fault_of(const JointRidgeSettings& settings) {
  const auto is_penalty = [](double x) { return x > 0 && std::isfinite(x); };
  if (settings.penalties.empty()) return "no penalties to choose from";
  if (!std::ranges::all_of(settings.penalties, is_penalty) || !is_penalty(settings.fill_penalty)) {
    return "a penalty that is not above 0";
  }
  return std::nullopt;
}

JointRidge fit_joint_ridge(const MatrixXd& kernel, const MatrixXd& responses, const JointRidgeSettings& settings) {
  STARDOSE_EXPECT(kernel.rows() == kernel.cols() && kernel.rows() == responses.rows() && responses.rows() > 1);
  const Centred centred{kernel};
  const Scaled scaled{responses};
  MatrixXd full = filled(scaled.values, centred, settings);
  const RowVectorXd means = full.colwise().mean();
  full.rowwise() -= means;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> turn{full.transpose() * full};
  const Directions directions{full * turn.eigenvectors(), centred, settings.penalties};
  JointRidge ridge{directions.coefficients * turn.eigenvectors().transpose(), {}, directions.kept};
  ridge.coefficients *= scaled.deviations.asDiagonal();
  // Coefficients add up to nothing, so that of the centred kernel only the people's own means remain.
  ridge.offsets = (scaled.means.array() + scaled.deviations.array() * means.array()).matrix().transpose() -
                  ridge.coefficients.transpose() * centred.row_means;
  return ridge;
}

}  // namespace stardose::learning
