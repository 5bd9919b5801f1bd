// Doses of tablets, in turns; and what was taken of late.
#include "pharmaco/kinetics/regimens.h"

#include <algorithm>
#include <cmath>

namespace stardose::pharmaco {

namespace {

/// Two times of one dose are the same moment of the day within this share of the interval.
constexpr double punctual = 0.3;

}  // namespace

double Regimen::mg_per_day() const {
  double sum = 0;
  for (const double mg : cycle_mg) sum += mg;
  return cycle_mg.empty() ? 0 : sum / static_cast<double>(cycle_mg.size()) / interval;
}

std::vector<GivenDose> doses_of(const Regimen& regimen, double from, double until) {
  std::vector<GivenDose> doses;
  if (regimen.cycle_mg.empty()) return doses;
  for (int number = 0;; ++number) {
    const double day = from + number * regimen.interval;
    if (day >= until) return doses;
    if (number < regimen.skipped) continue;
    const auto turn = static_cast<std::size_t>(number - regimen.skipped) % regimen.cycle_mg.size();
    if (regimen.cycle_mg[turn] > 0) doses.push_back({day, regimen.route, regimen.cycle_mg[turn], regimen.hours});
  }
}

std::vector<double> doses_of(const AdvicePlan& plan) {
  std::vector<double> doses;
  const auto add = [&](double mg) {
    if (mg >= plan.least_mg && mg <= plan.most_mg) doses.push_back(mg);
  };
  for (const double first : plan.strengths_mg) {
    add(first);
    for (const double second : plan.strengths_mg) add(first + second);
  }
  std::ranges::sort(doses);
  const auto same = std::ranges::unique(doses, [](double a, double b) { return std::abs(a - b) < 1e-9; });
  doses.erase(same.begin(), same.end());
  return doses;
}

std::vector<Regimen> regimens_of(const AdvicePlan& plan) {
  std::vector<Regimen> regimens;
  for (const double mg : doses_of(plan)) {
    regimens.push_back({.route = plan.route, .cycle_mg = {mg}, .interval = plan.interval});
  }
  return regimens;
}

bool DoseReach::holds(const Regimen& regimen) const {
  const double mg = regimen.mg_per_day();
  return mg >= least - 1e-9 && mg <= most + 1e-9;
}

DoseReach reach_of(const AdvicePlan& plan, const std::optional<Regimen>& present, const History& history) {
  if (plan.greatest_change <= 0) return {};
  if (present && present->mg_per_day() > 0) {
    const double mg = present->mg_per_day();
    return {mg * (1 - plan.greatest_change), mg * (1 + plan.greatest_change)};
  }
  const GivenDose* last = nullptr;
  for (const GivenDose& dose : history.doses) {
    if (dose.route == plan.route && dose.mg > 0 && (last == nullptr || dose.day >= last->day)) last = &dose;
  }
  if (last == nullptr) return {};
  return {0, last->mg / plan.interval * (1 + plan.greatest_change)};
}

std::vector<Regimen> turns_of(const AdvicePlan& plan, const std::vector<Regimen>& regimens) {
  std::vector<Regimen> turns;
  if (!plan.alternates) return turns;
  for (std::size_t k = 1; k < regimens.size(); ++k) {
    Regimen turn = regimens[k - 1];
    turn.cycle_mg.insert(turn.cycle_mg.begin(), regimens[k].cycle_mg.front());
    turns.push_back(std::move(turn));
  }
  return turns;
}

std::optional<Regimen> regimen_by_rule(const AdvicePlan& plan, double measured, const Regimen& present,
                                       const std::vector<Regimen>& regimens) {
  for (const GuidelineStep& step : plan.guideline) {
    if ((step.at_least && measured < *step.at_least) || (step.below && measured >= *step.below)) continue;
    if (step.change == 0 && step.skipped == 0) return present;
    Regimen regimen = nearest_regimen(regimens, present.mg_per_day() * (1 + step.change));
    regimen.skipped = step.skipped;
    return regimen;
  }
  return std::nullopt;
}

Regimen nearest_regimen(const std::vector<Regimen>& regimens, double mg_per_day) {
  return *std::ranges::min_element(regimens, {},
                                   [&](const Regimen& regimen) { return std::abs(regimen.mg_per_day() - mg_per_day); });
}

std::optional<Regimen> present_regimen(const KineticModel& model, const History& history) {
  if (!model.advice) return std::nullopt;
  const AdvicePlan& plan = *model.advice;
  std::vector<GivenDose> doses;
  for (const GivenDose& dose : history.doses) {
    if (dose.route == plan.route) doses.push_back(dose);
  }
  std::ranges::stable_sort(doses, {}, &GivenDose::day);
  // From the last one back, as long as one follows the other in time.
  std::vector<double> latest;
  for (std::size_t k = doses.size(); k-- > 0;) {
    if (!latest.empty() && std::abs(doses[k + 1].day - doses[k].day - plan.interval) > punctual * plan.interval) break;
    latest.push_back(doses[k].mg);
  }
  if (latest.size() < 2) return std::nullopt;
  Regimen regimen{.route = plan.route, .cycle_mg = {latest[0]}, .interval = plan.interval, .hours = doses.back().hours};
  if (latest[0] == latest[1]) return regimen;
  if (latest.size() < 4 || latest[0] != latest[2] || latest[1] != latest[3]) return std::nullopt;
  regimen.cycle_mg = {latest[1], latest[0]};
  return regimen;
}

}  // namespace stardose::pharmaco
