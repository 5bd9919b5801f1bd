// From a history to a patient.
#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <tuple>

#include "genomics/expect.h"
#include "learning/bayes/chi_squared.h"
#include "pharmaco/kinetics/individual.h"
#include "pharmaco/kinetics/patient_kinetics.h"

namespace stardose::pharmaco {

namespace {

/// One in a thousand patients of the prior is as far off.
constexpr double least_surprise = 1e-3;
/// Standard deviations of the residual error: one measurement in 16,000.
constexpr double most_deviations = 4;
constexpr double least_draws = 50;
constexpr double band = 0.9;

void sort_history(History& history) {
  std::ranges::sort(history.doses, {},
                    [](const GivenDose& dose) { return std::tie(dose.day, dose.route, dose.mg, dose.hours); });
  std::ranges::sort(history.measurements, {}, [](const MeasuredValue& measured) {
    return std::tie(measured.day, measured.observable, measured.value);
  });
  std::ranges::sort(history.changes, {}, [](const ChangedInput& change) {
    return std::tie(change.day, change.input, change.value.number, change.value.category);
  });
}

std::span<const double> span_of(const Eigen::VectorXd& vector) {
  return {vector.data(), static_cast<std::size_t>(vector.size())};
}

void estimate_parameters(const PatientKinetics& kinetics, double day, Individual& individual) {
  const KineticModel& model = individual.model();
  const auto at = [&](std::span<const double> unknowns) {
    const learning::KineticCourse course = kinetics.course(unknowns);
    auto after = std::ranges::upper_bound(course.regimes, day, {}, &learning::KineticRegime::from);
    return after == course.regimes.begin() ? after->parameters : std::prev(after)->parameters;
  };
  const std::vector<double> estimate = at(span_of(individual.map.unknowns));
  const learning::PosteriorSample& sample = individual.sample;
  std::vector<std::vector<double>> draws;
  for (Eigen::Index k = 0; k < sample.unknowns.cols(); ++k) draws.push_back(at(span_of(sample.unknowns.col(k))));
  for (std::size_t p = 0; p < model.parameters.size(); ++p) {
    const KineticParameter& parameter = model.parameters[p];
    if (!parameter.effect && !parameter.occasion_effect) continue;
    std::vector<double> values;
    for (const std::vector<double>& draw : draws) values.push_back(draw[p] / parameter.unit.factor);
    const auto quantile = [&](double level) {
      return learning::weighted_quantile(values, span_of(sample.weights), level);
    };
    individual.parameters.push_back({&parameter, kinetics.typical_at(day)[p] / parameter.unit.factor,
                                     estimate[p] / parameter.unit.factor, quantile((1 - band) / 2),
                                     quantile((1 + band) / 2)});
  }
}

/// Returns the sum of squares that would be chi-squared if the model were a line in the unknowns.
double fit_measurements(const learning::InferenceProblem& problem, Individual& individual) {
  std::vector<double> typical(problem.measurements.size());
  std::vector<double> fitted(problem.measurements.size());
  const Eigen::VectorXd none = Eigen::VectorXd::Zero(individual.map.unknowns.size());
  problem.predict(span_of(none), typical);
  problem.predict(span_of(individual.map.unknowns), fitted);
  double squares =
      none.size() == 0 ? 0 : individual.map.unknowns.dot(problem.covariance.ldlt().solve(individual.map.unknowns));
  for (std::size_t k = 0; k < fitted.size(); ++k) {
    const MeasuredValue& measured = individual.history.measurements[k];
    const learning::Measurement& measurement = problem.measurements[k];
    const double factor = individual.model().find_observable(measured.observable)->unit.factor;
    const double deviations = measurement.error.standardised(measurement.value, fitted[k]);
    individual.fits.push_back({measured, typical[k] / factor, fitted[k] / factor, deviations});
    squares += deviations * deviations;
  }
  return squares;
}

void look_for_contradictions(const PatientKinetics& kinetics, double last, Individual& individual) {
  const KineticModel& model = individual.model();
  auto& contradictions = individual.contradictions;
  const InputValues values = kinetics.inputs_at(last);
  for (const DoseLimit& limit : model.limits) {
    if (limit.kind == DoseLimit::Kind::refuse && holds(limit.when, values)) {
      contradictions.push_back("the patient has left the model's limits: " + limit.why);
    }
  }
  for (const MeasurementFit& fit : individual.fits) {
    if (std::abs(fit.deviations) <= most_deviations) continue;
    const Observable& observable = *model.find_observable(fit.measured.observable);
    contradictions.push_back(
        fmt::format("{} of {} on day {} against {} that the model can explain: {:.1f} standard "
                    "deviations off",
                    observable.title, value_text(observable, fit.measured.value), number_text(fit.measured.day, 1),
                    value_text(observable, fit.fitted), std::abs(fit.deviations)));
  }
  if (individual.surprise < least_surprise) {
    contradictions.push_back(
        "fewer than one in a thousand patients like this one would have such measurements: doses "
        "not taken, another drug, or another patient's results");
  }
  if (!individual.map.converged) contradictions.emplace_back("no most probable patient was found");
  if (individual.sample.effective_size < least_draws) {
    contradictions.push_back(fmt::format("the posterior could not be sampled: {:.0f} effective draws of {}",
                                         individual.sample.effective_size, individual.sample.unknowns.cols()));
  }
}

double last_event(const History& history) {
  double last = 0;
  if (!history.doses.empty()) last = history.doses.back().day;
  if (!history.measurements.empty()) last = std::max(last, history.measurements.back().day);
  if (!history.changes.empty()) last = std::max(last, history.changes.back().day);
  return last;
}

}  // namespace

Individual learn(const KineticPrior& prior, History history, const LearnSettings& settings) {
  STARDOSE_EXPECT(!prior.is_refused() && !fault_of(*prior.model, history));
  Individual individual{.prior = prior, .history = std::move(history)};
  sort_history(individual.history);
  const PatientKinetics kinetics{individual.prior, individual.history};
  const learning::InferenceProblem problem = kinetics.problem();
  individual.map = find_map(problem);
  individual.sample = sample_posterior(problem, individual.map, settings.sampling);
  const double last = last_event(individual.history);
  estimate_parameters(kinetics, last, individual);
  if (!problem.measurements.empty()) {
    const double squares = fit_measurements(problem, individual);
    individual.surprise = learning::chi_squared_tail(squares, static_cast<int>(problem.measurements.size()));
  }
  look_for_contradictions(kinetics, last, individual);
  return individual;
}

std::optional<std::string> fault_of(const KineticModel& model, const History& history) {
  for (const GivenDose& dose : history.doses) {
    if (model.find_route(dose.route) == nullptr) return model.title + " has no route `" + dose.route + "`";
    const bool fits = std::isfinite(dose.day) && std::isfinite(dose.mg) && dose.mg >= 0 && std::isfinite(dose.hours) &&
                      dose.hours >= 0;
    if (!fits) return "no dose that can be given: " + number_text(dose.mg) + " mg";
  }
  for (const MeasuredValue& measured : history.measurements) {
    const Observable* observable = model.find_observable(measured.observable);
    if (observable == nullptr) return model.title + " has no observable `" + measured.observable + "`";
    const bool fits =
        std::isfinite(measured.day) && measured.value >= observable->least && measured.value <= observable->greatest;
    if (!fits) {
      return fmt::format("{}: {} is not between {} and {}", observable->title, number_text(measured.value),
                         number_text(observable->least), value_text(*observable, observable->greatest));
    }
  }
  return std::nullopt;
}

}  // namespace stardose::pharmaco
