// Leading singular vectors, exact or in a random subspace.
#include "learning/prepare/fit_components.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "learning/prepare/fit_fills.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

using Matrix = Eigen::MatrixXd;

constexpr Eigen::Index largest_exact = 1500;
constexpr Eigen::Index oversampled = 10;
constexpr int rounds = 4;

Matrix orthonormal(const Matrix& columns) {
  return Eigen::HouseholderQR<Matrix>{columns}.householderQ() * Matrix::Identity(columns.rows(), columns.cols());
}

/// Leading eigenvectors of a symmetric matrix, the largest first.
Matrix leading(const Matrix& symmetric, Eigen::Index count) {
  const Eigen::SelfAdjointEigenSolver<Matrix> solver{symmetric};
  return solver.eigenvectors().rightCols(count).rowwise().reverse();
}

/// Right singular vectors, a column each.
Matrix right_vectors(const Matrix& table, Eigen::Index count, std::uint64_t seed) {
  const Eigen::Index smaller = std::min(table.rows(), table.cols());
  if (table.cols() == smaller && smaller <= largest_exact) return leading(table.transpose() * table, count);
  if (smaller <= largest_exact) {
    Matrix right = table.transpose() * leading(table * table.transpose(), count);
    for (Eigen::Index k = 0; k < count; ++k) {
      if (right.col(k).norm() > 0) right.col(k).normalize();
    }
    return right;
  }
  const Eigen::Index width = std::min(count + oversampled, smaller);
  Matrix subspace(table.cols(), width);
  SeededRandom random{seed};
  for (double& value : subspace.reshaped()) value = random.normal();
  for (int round = 0; round < rounds; ++round)
    subspace = orthonormal(table.transpose() * orthonormal(table * subspace));
  const Matrix small = table * subspace;
  return subspace * leading(small.transpose() * small, count);
}

/// The sign is that of the largest, so that it is the same however the vector was found.
void add_loadings(const Eigen::VectorXd& vector, const std::vector<double>& scales, std::vector<double>& loadings) {
  Eigen::Index largest = 0;
  vector.cwiseAbs().maxCoeff(&largest);
  const double sign = vector[largest] < 0 ? -1 : 1;
  for (Eigen::Index j = 0; j < vector.size(); ++j) {
    loadings.push_back(sign * vector[j] / scales[static_cast<std::size_t>(j)]);
  }
}

}  // namespace

void fit_step(const ComponentsStep& step, Fitting& fitting, std::uint64_t seed) {
  if (step.name.empty()) return fitting.fault("components have no name");
  if (step.count == 0) return fitting.fault("0 components");
  const std::vector<Place> places = fitting.pick(step.columns, Wanted::numbers);
  if (places.empty()) return;
  Components components{places, {}, {}, {}, 0};
  const auto rows = static_cast<Eigen::Index>(fitting.table().rows);
  const auto width = static_cast<Eigen::Index>(places.size());
  Matrix table(rows, width);
  std::vector<double> scales;
  for (Eigen::Index k = 0; k < width; ++k) {
    const std::vector<double>& values = fitting.values(places[static_cast<std::size_t>(k)]);
    const Moments moments = moments_of(values);
    components.means.push_back(moments.mean);
    components.centres.push_back(step.centre ? moments.mean : 0);
    scales.push_back(step.scale && moments.deviation > 0 ? moments.deviation : 1);
    for (Eigen::Index row = 0; row < rows; ++row) {
      const double value = values[static_cast<std::size_t>(row)];
      table(row, k) = ((std::isnan(value) ? moments.mean : value) - components.centres.back()) / scales.back();
    }
  }
  const Eigen::Index count =
      fitting.is_rehearsal() ? step.count : std::min({static_cast<Eigen::Index>(step.count), rows, width});
  const Matrix right = fitting.is_rehearsal() ? Matrix::Zero(width, count) : right_vectors(table, count, seed);
  for (Eigen::Index k = 0; k < count; ++k) {
    add_loadings(right.col(k), scales, components.loadings);
    const Place made = fitting.make(fmt::format("{} {}", step.name, k + 1), places, step.name);
    if (k == 0) components.first = made;
  }
  fitting.add(std::move(components));
  fitting.leave_out(places, "in the components " + step.name);
}

}  // namespace stardose::learning
