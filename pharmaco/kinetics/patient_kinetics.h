// A model, a patient and a history as numbers: what the solver and the inference work on.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "learning/kinetics/course.h"
#include "pharmaco/kinetics/individual.h"

namespace stardose::pharmaco {

/// Unknowns are the random effects, then those of each occasion that has measurements.
class PatientKinetics {
 public:
  /// Refers to the prior. Planned doses come after those of the history. Requires: the prior is not refused.
  PatientKinetics(const KineticPrior& prior, const History& history, const std::vector<GivenDose>& planned = {});

  /// Of the unknowns' prior.
  [[nodiscard]] Eigen::MatrixXd covariance() const;
  /// Returns the patient with these unknowns. Effects of occasions without measurements are drawn from the prior by
  /// the seed; 0: they are none.
  [[nodiscard]] learning::KineticCourse course(std::span<const double> unknowns, std::uint64_t seed = 0) const;
  /// Before anything happened.
  [[nodiscard]] learning::KineticState start() const;
  /// Returns the output in the observable's unit at each of the ascending days.
  [[nodiscard]] std::vector<double> values(const learning::KineticCourse& course, const Observable& observable,
                                           std::span<const double> days) const;
  /// Returns parameters in kilograms, metres and days of the typical patient on a day.
  [[nodiscard]] const std::vector<double>& typical_at(double day) const;
  /// Returns what is known of the patient on a day.
  [[nodiscard]] InputValues inputs_at(double day) const;
  /// Of the history's measurements, by time.
  [[nodiscard]] learning::InferenceProblem problem() const;

 private:
  struct Segment {
    double from = 0;
    std::size_t occasion = 0;
    std::vector<double> typical;
  };

  void find_segments();
  void find_doses(const std::vector<GivenDose>& planned);
  [[nodiscard]] std::size_t occasion_of(double day) const;

  const KineticPrior& prior_;
  const KineticModel& model_;
  const History& history_;
  std::vector<learning::KineticDose> doses_;
  double first_ = 0;       ///< day of the first event
  double first_dose_ = 0;  ///< day
  double last_ = 0;        ///< day of the last event
  std::size_t measured_occasions_ = 0;
  std::vector<Segment> segments_;
};

/// Returns the value for people, in its unit.
[[nodiscard]] std::string value_text(const Observable& observable, double value);

}  // namespace stardose::pharmaco
