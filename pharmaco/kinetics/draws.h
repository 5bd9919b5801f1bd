// Patients of a posterior, one by one.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "pharmaco/kinetics/patient_kinetics.h"

namespace stardose::pharmaco {

/// One possible patient.
struct Draw {
  Eigen::VectorXd unknowns;
  double weight = 0;
  std::uint64_t seed = 0;  ///< of what is not among the unknowns
};

/// Returns the draws whose weight counts.
[[nodiscard]] std::vector<Draw> draws_of(const Individual& individual);

/// Returns up to `count` draws that stand for all of them, weighted by how often each was chosen (systematic
/// resampling).
[[nodiscard]] std::vector<Draw> even_draws(const Individual& individual, int count);

}  // namespace stardose::pharmaco
