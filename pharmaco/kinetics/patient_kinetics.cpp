// Segments of time in which a patient's typical parameters are the same.
#include "pharmaco/kinetics/patient_kinetics.h"

#include <algorithm>
#include <cmath>

#include "learning/train/seeded_random.h"

namespace stardose::pharmaco {

namespace {

constexpr double mg = 1e-6;  // in kilograms
constexpr double hours_a_day = 24;

}  // namespace

PatientKinetics::PatientKinetics(const KineticPrior& prior, const History& history,
                                 const std::vector<GivenDose>& planned)
    : prior_{prior}, model_{*prior.model}, history_{history} {
  find_doses(planned);
  find_segments();
}

void PatientKinetics::find_doses(const std::vector<GivenDose>& planned) {
  for (const std::vector<GivenDose>* list : {&history_.doses, &planned}) {
    for (const GivenDose& dose : *list) {
      const Route& route = *model_.find_route(dose.route);
      const double days = dose.hours > 0 ? dose.hours / hours_a_day : route.days;
      doses_.push_back({dose.day, route.entry, dose.mg * mg, days});
    }
  }
  std::ranges::stable_sort(doses_, {}, &learning::KineticDose::time);
  if (!doses_.empty()) {
    first_ = first_dose_ = doses_.front().time;
    last_ = doses_.back().time;
  }
  for (const MeasuredValue& measured : history_.measurements) {
    first_ =
        std::min(doses_.empty() && &measured == &history_.measurements.front() ? measured.day : first_, measured.day);
    last_ = std::max(last_, measured.day);
  }
  if (doses_.empty()) first_dose_ = first_;
}

std::size_t PatientKinetics::occasion_of(double day) const {
  if (model_.occasion_days <= 0) return 0;
  return static_cast<std::size_t>(std::max(std::floor((day - first_) / model_.occasion_days), 0.0));
}

InputValues PatientKinetics::inputs_at(double day) const {
  InputValues values = prior_.values;
  for (const ChangedInput& change : history_.changes) {
    if (change.day <= day && values.contains(change.input)) values[change.input] = change.value;
  }
  for (const Clock& clock : model_.clocks) {
    InputValue& value = values[clock.input];
    const double elapsed = clock.from_first_dose ? std::max(day - first_dose_, 0.0) : day;
    if (value.is_known()) value.number += elapsed / find_input(model_.inputs, clock.input)->unit.factor;
  }
  return values;
}

void PatientKinetics::find_segments() {
  std::vector<double> starts = {first_};
  const auto add = [&](double day) {
    if (day > first_) starts.push_back(day);
  };
  for (const ChangedInput& change : history_.changes) add(change.day);
  for (const Clock& clock : model_.clocks) {
    const InputValue& value = prior_.values.at(clock.input);
    if (!value.is_known()) continue;
    const double zero =
        clock.from_first_dose ? first_dose_ : -value.number * find_input(model_.inputs, clock.input)->unit.factor;
    for (const double change : clock.changes_at) add(zero + change);
  }
  if (model_.occasion_days > 0) {
    // A forecast may look beyond the last dose, within its occasion.
    for (std::size_t k = 1; k <= occasion_of(last_) + 1; ++k) {
      add(first_ + static_cast<double>(k) * model_.occasion_days);
    }
    for (const MeasuredValue& measured : history_.measurements) {
      measured_occasions_ = std::max(measured_occasions_, occasion_of(measured.day) + 1);
    }
  }
  std::ranges::sort(starts);
  const auto same = std::ranges::unique(starts);
  starts.erase(same.begin(), same.end());
  for (const double from : starts) {
    Segment segment{from, occasion_of(from)};
    const InputValues values = inputs_at(from);
    for (const KineticParameter& parameter : model_.parameters) {
      const double scale = parameter.typical.dimension.is_plain() ? parameter.unit.factor : 1;
      segment.typical.push_back(scale * evaluate(parameter.typical, values));
    }
    if (prior_.anchored) segment.typical[model_.anchor->parameter] *= prior_.anchored->scale;
    segments_.push_back(std::move(segment));
  }
}

Eigen::MatrixXd PatientKinetics::covariance() const {
  const Eigen::Index effects = model_.variances.rows();
  const Eigen::Index within = model_.occasion_variances.rows();
  const auto occasions = static_cast<Eigen::Index>(measured_occasions_);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(effects + occasions * within, effects + occasions * within);
  covariance.topLeftCorner(effects, effects) = model_.variances;
  for (Eigen::Index k = 0; k < occasions; ++k) {
    covariance.block(effects + k * within, effects + k * within, within, within) = model_.occasion_variances;
  }
  return covariance;
}

learning::KineticCourse PatientKinetics::course(std::span<const double> unknowns, std::uint64_t seed) const {
  learning::KineticCourse course{{}, doses_};
  const auto effects = static_cast<std::size_t>(model_.variances.rows());
  const auto within = static_cast<std::size_t>(model_.occasion_variances.rows());
  const auto occasion_effect = [&](std::size_t occasion, std::size_t effect) {
    if (occasion < measured_occasions_) return unknowns[effects + occasion * within + effect];
    if (seed == 0) return 0.0;
    const auto at = static_cast<Eigen::Index>(effect);
    learning::SeededRandom random{learning::seed_of(seed, occasion * within + effect)};
    return std::sqrt(model_.occasion_variances(at, at)) * random.normal();
  };
  for (const Segment& segment : segments_) {
    std::vector<double> parameters = segment.typical;
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      const KineticParameter& parameter = model_.parameters[k];
      double effect = parameter.effect ? unknowns[*parameter.effect] : 0;
      if (parameter.occasion_effect) effect += occasion_effect(segment.occasion, *parameter.occasion_effect);
      if (effect != 0) parameters[k] *= std::exp(effect);
    }
    course.regimes.push_back({segment.from, std::move(parameters)});
  }
  return course;
}

learning::KineticState PatientKinetics::start() const { return learning::initial_state(model_.system, first_); }

std::vector<double> PatientKinetics::values(const learning::KineticCourse& course, const Observable& observable,
                                            std::span<const double> days) const {
  std::vector<learning::KineticSampling> samplings;
  samplings.reserve(days.size());
  for (const double day : days) samplings.push_back({std::max(day, first_), observable.output});
  std::vector<double> values = observe(model_.system, course, start(), samplings);
  for (double& value : values) value /= observable.unit.factor;
  return values;
}

const std::vector<double>& PatientKinetics::typical_at(double day) const {
  auto after = std::ranges::upper_bound(segments_, day, {}, &Segment::from);
  return after == segments_.begin() ? after->typical : std::prev(after)->typical;
}

learning::InferenceProblem PatientKinetics::problem() const {
  learning::InferenceProblem problem{.covariance = covariance()};
  std::vector<learning::KineticSampling> samplings;
  for (const MeasuredValue& measured : history_.measurements) {
    const Observable& observable = *model_.find_observable(measured.observable);
    problem.measurements.push_back({measured.value * observable.unit.factor, observable.error});
    samplings.push_back({measured.day, observable.output});
  }
  problem.predict = [this, samplings](std::span<const double> unknowns, std::span<double> predicted) {
    const std::vector<double> seen = observe(model_.system, course(unknowns), start(), samplings);
    std::ranges::copy(seen, predicted.begin());
  };
  return problem;
}

std::string value_text(const Observable& observable, double value) {
  const std::string number = number_text(value, value < 10 ? 2 : 1);
  return observable.unit.name == observable.title ? number : number + " " + observable.unit.name;
}

}  // namespace stardose::pharmaco
