// Virtual patients on warfarin: what a clinic knows of them, and what is true of them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "learning/train/seeded_random.h"
#include "pharmaco/kinetics/advise_dose.h"
#include "pharmaco/kinetics/patient_kinetics.h"

namespace stardose::bench {

/// How far the truth is what the twin believes.
enum class Truth : std::uint8_t {
  own,      ///< a patient of the twin's own prior, with its residual error
  nearer,   ///< doses are spread about the regression's only as far as in the IWPC's patients: the prior's spread is
            ///< wrong
  missed,   ///< the same, but one dose in ten is not taken, and nobody says so
  changed,  ///< the same, but on a day between 25 and 45 clearance falls by a third (amiodarone, say), and nobody says
            ///< so
  other,    ///< a patient of another model: Hamberg 2007
};

[[nodiscard]] std::string_view name_of(Truth truth);

/// Once begun, a patient only gets older. The same seed and truth are the same person with the same luck: noise of a
/// day's measurement, and which doses are forgotten, depend on the day and not on what was done before.
class VirtualPatient {
 public:
  VirtualPatient(Truth truth, std::uint64_t seed);

  /// What is known before any measurement, by the model whose twin is tried.
  [[nodiscard]] const pharmaco::KineticPrior& prior() const { return prior_; }
  /// Milligrams a day by the IWPC's pharmacogenetic equation.
  [[nodiscard]] double regression_mg() const { return prior_.anchored->mg_per_day; }
  [[nodiscard]] double number(std::string_view input) const { return prior_.values.find(input)->second.number; }
  [[nodiscard]] const std::string& category(std::string_view input) const;

  [[nodiscard]] int today() const { return today_; }
  /// The INR that a laboratory has today, before today's dose.
  [[nodiscard]] double measure() const;
  /// Lives until a day under what was prescribed, ascending from today on; returns the true INR of each day after
  /// today, at the time of the dose.
  std::vector<double> live(const std::vector<pharmaco::GivenDose>& prescribed, int until);

 private:
  [[nodiscard]] bool takes(const pharmaco::GivenDose& dose) const;

  Truth truth_;
  std::uint64_t seed_;
  pharmaco::KineticPrior prior_;
  const pharmaco::KineticModel* model_ = nullptr;  ///< the true one
  const pharmaco::Observable* inr_ = nullptr;
  learning::KineticCourse course_;
  learning::KineticState state_;
  int today_ = 0;
  double inr_today_ = 1;
};

}  // namespace stardose::bench
