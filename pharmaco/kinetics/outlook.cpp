// From the day of the next dose on.
#include "pharmaco/kinetics/outlook.h"

#include <algorithm>
#include <array>

#include "learning/bayes/inference.h"

namespace stardose::pharmaco {

namespace {

constexpr double mg = 1e-6;  // in kilograms

std::span<const double> span_of(const Eigen::VectorXd& vector) {
  return {vector.data(), static_cast<std::size_t>(vector.size())};
}

}  // namespace

Outlook::Outlook(const Individual& individual, double from, int draws)
    : individual_{individual},
      plan_{*individual.model().advice},
      observable_{individual.model().observables[plan_.observable]},
      from_{from},
      range_{target_range(individual)} {
  for (int k = 1; k * plan_.interval <= plan_.horizon + 1e-9; ++k) days_.push_back(from + k * plan_.interval);
  // Regimes of occasions are those of the whole horizon: a dose of nothing at its end tells of it, and one at its
  // beginning where nothing has happened yet.
  std::vector<GivenDose> ends = {{days_.back(), plan_.route, 0, 0}};
  const History& history = individual.history;
  if (history.doses.empty() && history.measurements.empty()) ends.insert(ends.begin(), {from, plan_.route, 0, 0});
  const PatientKinetics kinetics{individual.prior, individual.history, ends};
  const learning::KineticSystem& system = individual.model().system;
  for (const Draw& draw : even_draws(individual, draws)) {
    Now now{draw.weight, kinetics.course(span_of(draw.unknowns), draw.seed), {}};
    now.course.doses.resize(now.course.doses.size() - ends.size());
    now.state = advance(system, now.course, kinetics.start(), std::max(from, kinetics.start().time));
    const std::array<learning::KineticSampling, 1> today = {{{now.state.time, observable_.output}}};
    const double value = observe(system, now.course, now.state, today)[0] / observable_.unit.factor;
    if (value > plan_.unsafe) unsafe_now_ += now.weight;
    patients_.push_back(std::move(now));
  }
  unsafe_without_ = unsafe_by_day(values_under({.route = plan_.route, .cycle_mg = {}, .interval = plan_.interval}));
}

std::vector<std::vector<double>> Outlook::values_under(const Regimen& regimen) const {
  const std::vector<GivenDose> planned = doses_of(regimen, from_, days_.back());
  std::vector<learning::KineticSampling> samplings;
  for (const double day : days_) samplings.push_back({day, observable_.output});
  const learning::KineticSystem& system = individual_.model().system;
  std::vector<std::vector<double>> values(days_.size());
  for (const Now& now : patients_) {
    learning::KineticCourse course{now.course.regimes, {}};
    for (const learning::KineticDose& dose : now.course.doses) {
      // What entered before is in the state.
      constexpr double longest_entry = 2;  // days
      if (dose.time + dose.duration + longest_entry > from_) course.doses.push_back(dose);
    }
    for (const GivenDose& dose : planned) {
      const Route& route = *individual_.model().find_route(dose.route);
      course.doses.push_back({dose.day, route.entry, dose.mg * mg, dose.hours > 0 ? dose.hours / 24 : route.days});
    }
    const std::vector<double> seen = observe(system, course, now.state, samplings);
    for (std::size_t k = 0; k < seen.size(); ++k) values[k].push_back(seen[k] / observable_.unit.factor);
  }
  return values;
}

std::vector<double> Outlook::unsafe_by_day(const std::vector<std::vector<double>>& values) const {
  std::vector<double> unsafe(values.size(), 0.0);
  for (std::size_t day = 0; day < values.size(); ++day) {
    for (std::size_t k = 0; k < values[day].size(); ++k) {
      if (values[day][k] > plan_.unsafe) unsafe[day] += patients_[k].weight;
    }
  }
  return unsafe;
}

RegimenOutlook Outlook::look(const Regimen& regimen) const {
  RegimenOutlook outlook{.regimen = regimen};
  const std::vector<std::vector<double>> values = values_under(regimen);
  const auto days = static_cast<double>(values.size());
  for (const std::vector<double>& day : values) {
    for (std::size_t k = 0; k < day.size(); ++k) {
      double& time = day[k] < range_.low    ? outlook.time_below
                     : day[k] > range_.high ? outlook.time_above
                                            : outlook.time_in_range;
      time += patients_[k].weight / days;
    }
  }
  const std::vector<double> unsafe = unsafe_by_day(values);
  outlook.is_safe = true;
  for (std::size_t day = 0; day < unsafe.size(); ++day) {
    outlook.unsafe = std::max(outlook.unsafe, unsafe[day]);
    // On a day that is unsafe even without any dose no regimen is to blame unless it makes it worse.
    const double bound = std::max(plan_.unsafe_probability, unsafe_without_[day] + plan_.unsafe_probability / 5);
    if (unsafe[day] > bound) outlook.is_safe = false;
  }
  std::vector<double> weights;
  for (const Now& now : patients_) weights.push_back(now.weight);
  outlook.end_median = learning::weighted_quantile(values.back(), weights, 0.5);
  return outlook;
}

}  // namespace stardose::pharmaco
