// What is learned of a patient, beside NONMEM's estimates of the same patients (ETAs, and their covariance).
#include <doctest/doctest.h>

#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "learning/bayes/inference.h"
#include "learning/kinetics/course.h"
#include "pharmaco/covariates/delimited_table.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

constexpr double variance = 0.2;         // of each effect
constexpr double error_variance = 0.05;  // of the proportional error

/// Clearance, volume, absorption rate: 4 L/h, 70 L and 1 per hour in the typical patient.
learning::KineticSystem one_compartment() {
  learning::KineticSystem system{.parameters = 3, .compartments = 2};
  system.flows = {{0, 1, 2, {}}, {1, {}, 0, 1}};
  system.entries = {{0, 1, {}, {}}};
  system.outputs = {{.of = {1, 1}}};
  return system;
}

struct Example {
  std::vector<learning::KineticDose> doses;
  std::vector<learning::KineticSampling> samplings;
  std::vector<double> levels;
};

std::vector<Example> read_examples() {
  const auto table = pharmaco::read_delimited(shared_path("cases/models/pk/mapbayr/data_to_fit001.csv"), "x", "x");
  std::vector<Example> examples(8);
  for (const auto& row : table.rows) {
    // ID, time, evid, amt, cmt, ii, addl, mdv, DV
    Example& example = examples.at(std::stoul(row.cells[0]) - 1);
    const double time = std::stod(row.cells[1]);
    if (row.cells[2] == "1") {
      for (int k = 0; k <= std::stoi(row.cells[6]); ++k) {
        example.doses.push_back({time + k * std::stod(row.cells[5]), 0, std::stod(row.cells[3]), 0});
      }
    } else {
      example.samplings.push_back({time, 0});
      example.levels.push_back(std::stod(row.cells[8]));
    }
  }
  return examples;
}

learning::InferenceProblem problem_of(const Example& example) {
  learning::InferenceProblem problem{.covariance = variance * Eigen::MatrixXd::Identity(3, 3)};
  for (const double level : example.levels)
    problem.measurements.push_back({level, {false, 0, std::sqrt(error_variance)}});
  problem.predict = [&example](std::span<const double> etas, std::span<double> predicted) {
    const learning::KineticSystem system = one_compartment();
    const learning::KineticCourse course{{{0, {4 * std::exp(etas[0]), 70 * std::exp(etas[1]), std::exp(etas[2])}}},
                                         example.doses};
    const auto seen = observe(system, course, learning::initial_state(system, 0), example.samplings);
    std::copy(seen.begin(), seen.end(), predicted.begin());
  };
  return problem;
}

}  // namespace

TEST_SUITE("shared: kinetics") {
  TEST_CASE("the most probable patient is NONMEM's") {
    if (!shared_is_there()) return;
    const std::vector<Example> examples = read_examples();
    std::size_t compared = 0;
    for (const std::string& line : lines_of(shared_path("cases/models/pk/mapbayr/run001.phi"))) {
      std::istringstream cells{line};
      double subject = 0;
      double id = 0;
      if (!(cells >> subject >> id)) continue;
      const learning::InferenceProblem problem = problem_of(examples.at(compared++));
      const learning::MapEstimate map = find_map(problem);
      CAPTURE(id);
      CHECK(map.converged);
      for (Eigen::Index k = 0; k < 3; ++k) {
        double eta = 0;
        cells >> eta;
        CHECK(std::abs(map.unknowns[k] - eta) < 1e-5);
      }
    }
    CHECK(compared == 8);
  }
}

}  // namespace stardose::tests
