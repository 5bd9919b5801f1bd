// Eigenvectors of the matrix of rates.
#include "learning/kinetics/modes.h"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <cmath>

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

using Eigen::Index;

ModeMatrix rate_matrix(const KineticSystem& system, std::span<const double> parameters, double apart) {
  const auto size = static_cast<Index>(system.compartments);
  ModeMatrix matrix = ModeMatrix::Zero(size, size);
  double stretch = 1;
  for (const KineticSystem::Flow& flow : system.flows) {
    double rate = parameters[flow.rate] * stretch;
    if (flow.volume) rate /= parameters[*flow.volume];
    STARDOSE_EXPECT(std::isfinite(rate) && rate >= 0);
    stretch += apart;
    const auto from = static_cast<Index>(flow.from);
    matrix(from, from) -= rate;
    if (flow.to) matrix(static_cast<Index>(*flow.to), from) += rate;
  }
  return matrix;
}

}  // namespace

Modes::Modes(const KineticSystem& system, std::span<const double> parameters) {
  STARDOSE_EXPECT(system.compartments >= 1 && system.compartments <= most_compartments);
  constexpr double worst_condition = 1e8;
  constexpr int tries = 12;
  double apart = 0;
  for (int tried = 0; tried < tries; ++tried) {
    const Eigen::EigenSolver<ModeMatrix> solver{rate_matrix(system, parameters, apart)};
    rates_ = solver.eigenvalues().real();
    vectors_ = solver.eigenvectors().real();
    inverse_ = vectors_.inverse();
    const bool is_real = solver.eigenvalues().imag().cwiseAbs().maxCoeff() <= 1e-12 * rates_.cwiseAbs().maxCoeff();
    if (is_real && inverse_.allFinite() && inverse_.norm() * vectors_.norm() < worst_condition) return;
    apart = apart == 0 ? 1e-6 : 2 * apart;
  }
  STARDOSE_EXPECT(false);  // flows in a circle without a way back: the reader refuses such models
}

double inflow_share(double rate, double time) {
  return std::abs(rate * time) < 1e-12 ? time : std::expm1(rate * time) / rate;
}

}  // namespace stardose::learning
