// Models whose numbers are fitted to people.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "benchmarks/twin/people.h"
#include "pharmaco/kinetics/individual.h"
#include "pharmaco/kinetics/kinetic_library.h"

namespace stardose::bench {

/// The catalogue's library with the covariates of benchmarks/twin/models/.
[[nodiscard]] const pharmaco::DosingLibrary& bench_dosing();

/// A model of benchmarks/twin/models/ in which `<name 0.1>` are numbers to be fitted, with where to begin.
class FittedModel {
 public:
  explicit FittedModel(const std::string& name);

  /// Fits all numbers so that the marginal likelihood (by Laplace's approximation) of these people is greatest. All are
  /// above 0 and searched on a logarithmic scale, by NLopt's BOBYQA. Returns minus twice the likelihood's logarithm,
  /// without a constant.
  double fit(const std::vector<const Person*>& people, int evaluations);
  [[nodiscard]] const std::map<std::string, double>& numbers() const { return numbers_; }
  void set(const std::map<std::string, double>& numbers);
  [[nodiscard]] const pharmaco::KineticModel& model() const { return library_->models.front(); }
  [[nodiscard]] pharmaco::KineticPrior prior(const Person& person) const;

 private:
  void read();
  [[nodiscard]] double misfit(const std::vector<const Person*>& people) const;

  std::string name_;
  std::string text_;
  std::map<std::string, double> numbers_;
  std::unique_ptr<pharmaco::KineticLibrary> library_;
};

}  // namespace stardose::bench
