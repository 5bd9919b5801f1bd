// What regimens would do in the patients of a posterior.
#pragma once

#include <vector>

#include "pharmaco/kinetics/advise_dose.h"
#include "pharmaco/kinetics/draws.h"

namespace stardose::pharmaco {

/// Looks once at what was, then at any number of regimens from there on. Refers to the individual.
class Outlook {
 public:
  /// Requires: the model has a plan of advice.
  Outlook(const Individual& individual, double from, int draws);

  [[nodiscard]] RegimenOutlook look(const Regimen& regimen) const;
  /// The probability, on the day of the next dose, of a value above the plan's bound.
  [[nodiscard]] double unsafe_now() const { return unsafe_now_; }

 private:
  /// A possible patient, as the history leaves it.
  struct Now {
    double weight = 0;
    learning::KineticCourse course;  ///< with the history's doses that may still enter
    learning::KineticState state;
  };

  /// Values by day and patient.
  [[nodiscard]] std::vector<std::vector<double>> values_under(const Regimen& regimen) const;
  [[nodiscard]] std::vector<double> unsafe_by_day(const std::vector<std::vector<double>>& values) const;

  const Individual& individual_;
  const AdvicePlan& plan_;
  const Observable& observable_;
  double from_ = 0;
  ValueRange range_;
  std::vector<double> days_;  ///< of the horizon, at the times of doses
  std::vector<Now> patients_;
  std::vector<double> unsafe_without_;  ///< by day, if no more doses are given
  double unsafe_now_ = 0;
};

}  // namespace stardose::pharmaco
