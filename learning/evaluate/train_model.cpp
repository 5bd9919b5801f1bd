// Validating, learning, and putting a model together.
#include "learning/evaluate/train_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "learning/evaluate/assemble_model.h"
#include "learning/evaluate/card_figures.h"
#include "learning/evaluate/choices_text.h"

namespace stardose::learning {

namespace {

const std::vector<std::string>& no_levels() {
  static const std::vector<std::string> none;
  return none;
}

const Column* group_column(const TrainingPlan& plan, const People& people) {
  return plan.intervals && !plan.intervals->group.empty() ? people.groups.find(plan.intervals->group) : nullptr;
}

std::vector<Outcome> outcomes_of(const TrainingPlan& plan, const People& people, const OutOfFold& out) {
  const std::vector<double> observed = learned_targets(people.data);
  const Column* group = group_column(plan, people);
  std::vector<Outcome> outcomes;
  for (std::size_t row = 0; row < observed.size(); ++row) {
    std::size_t level = group == nullptr ? 0 : group->kind.levels.size();
    if (group != nullptr && !std::isnan(group->values[row])) level = static_cast<std::size_t>(group->values[row]);
    outcomes.push_back({out.predictions[row], observed[row], level});
  }
  return outcomes;
}

}  // namespace

std::optional<std::string> fault_of(const TrainingPlan& plan, const People& people) {
  if (auto fault = fault_of(people.data)) return fault;
  if (auto fault = fault_of(people.groups)) return fault;
  if (auto fault = fault_of(plan.contenders, plan.search, people.data)) return fault;
  for (const FoldScheme& scheme : plan.schemes) {
    if (auto fault = fault_of(scheme.plan, plan.contenders, plan.search, people.data)) {
      return fmt::format("{}: {}", scheme.name, *fault);
    }
  }
  if (!plan.intervals) return std::nullopt;
  if (people.data.classes > 0) return "intervals are of quantities, not of classes";
  if (plan.schemes.empty()) return "intervals need folds to learn from";
  const std::size_t bands = plan.intervals->edges.size() + 1;
  if (!plan.intervals->misses.empty() && plan.intervals->misses.size() != bands) {
    return fmt::format("intervals: {} shares outside for {} bands", plan.intervals->misses.size(), bands);
  }
  if (!plan.intervals->group.empty() && group_column(plan, people) == nullptr) {
    return fmt::format("intervals: {} is no group", plan.intervals->group);
  }
  return std::nullopt;
}

Validation validate(const TrainingPlan& plan, const FoldScheme& scheme, const People& people, const Bench& bench) {
  Validation validation{cross_validate(scheme.plan, plan.contenders, plan.search, people.data, bench), {}, {}, {}};
  validation.predicted = in_own_unit(validation.out.predictions, people.data);
  if (plan.intervals) {
    const Column* group = group_column(plan, people);
    validation.intervals = held_out_intervals(*plan.intervals, group == nullptr ? no_levels() : group->kind.levels,
                                              outcomes_of(plan, people, validation.out), validation.out.folds.fold_of);
    for (MarginInterval& interval : validation.intervals) {
      interval = {from_scale(people.data.scale, interval.low), from_scale(people.data.scale, interval.high)};
    }
  }
  validation.card = card_validation(scheme.name, plan, people, validation.predicted, validation.intervals);
  validation.card.choices = choices_text(plan.contenders, validation.out.chosen);
  return validation;
}

Model train_model(const TrainingPlan& plan, const People& people, const std::vector<Validation>& validations,
                  const Bench& bench) {
  const std::vector<FittedContender> learned = learn(plan.contenders, plan.search, people.data, bench);
  Model model = assemble_model(plan.contenders, learned, plan.target, people.data);
  const Column* group = group_column(plan, people);
  if (group != nullptr && people.data.people.find(group->kind.name) == nullptr) {
    model.columns.push_back(seen_column(*group));
  }
  for (const ModelColumn& rule : plan.rules) {
    for (ModelColumn& column : model.columns) {
      if (column.kind.name != rule.kind.name) continue;
      column.required = rule.required;
      column.least = rule.least;
      column.greatest = rule.greatest;
    }
  }
  if (plan.intervals && !validations.empty()) {
    model.intervals = fit_intervals(*plan.intervals, group == nullptr ? no_levels() : group->kind.levels,
                                    outcomes_of(plan, people, validations.front().out));
  }
  Card card{.title = {}, .sections = {}, .people = people.data.targets.size()};
  for (const Validation& validation : validations) card.validations.push_back(validation.card);
  card.importance = importance_of(model, people.data.people);
  model.card = std::move(card);
  return model;
}

}  // namespace stardose::learning
