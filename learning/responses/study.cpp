// Folds of people, figures of responses.
#include "learning/responses/study.h"

#include <fmt/format.h>

#include <cmath>

#include "learning/evaluate/assemble_model.h"
#include "learning/evaluate/card_figures.h"

namespace stardose::learning {

namespace {

std::vector<std::uint32_t> labels_of(const ResponseStudy& study, const FoldPlan& plan) {
  return plan.kind == FoldKind::random ? std::vector<std::uint32_t>(study.data.people.rows.size()) : study.labels;
}

std::optional<std::string> scheme_fault(const ResponseStudy& study, const FoldPlan& plan) {
  if (plan.kind == FoldKind::stratified) return "folds by stratum are of one outcome, and there are several";
  if (plan.kind != FoldKind::random && study.labels.empty()) return "folds by group, but the rows have no groups";
  if (auto fault = fault_of(plan, labels_of(study, plan))) return fault;
  const Folds folds = make_folds(plan, labels_of(study, plan));
  for (std::size_t response = 0; response < study.data.names.size(); ++response) {
    std::vector<std::size_t> known(folds.count);
    std::size_t all = 0;
    for (std::size_t row = 0; row < folds.fold_of.size(); ++row) {
      if (std::isnan(study.data.at(row, response))) continue;
      ++known[folds.fold_of[row]];
      ++all;
    }
    for (const std::size_t held_out : known) {
      if (all - held_out < 2) {
        return fmt::format("{}: fewer than two people have it outside of a fold", study.data.names[response]);
      }
    }
  }
  return std::nullopt;
}

Target target_of(const ResponseStudy& study, std::size_t response) {
  Target target = study.target;
  target.name = study.data.names[response];
  return target;
}

}  // namespace

std::optional<std::string> fault_of(const ResponseStudy& study) {
  if (auto fault = fault_of(study.plan, study.data)) return fault;
  if (auto fault = fault_of(study.groups)) return fault;
  for (const FoldScheme& scheme : study.schemes) {
    if (auto fault = scheme_fault(study, scheme.plan)) return fmt::format("{}: {}", scheme.name, *fault);
  }
  return std::nullopt;
}

std::size_t fold_count(const ResponseStudy& study, const FoldPlan& plan) {
  return make_folds(plan, labels_of(study, plan)).count;
}

std::vector<CardValidation> validate(const ResponseStudy& study, const FoldScheme& scheme,
                                     const std::function<void()>& learned) {
  const Folds folds = make_folds(scheme.plan, labels_of(study, scheme.plan));
  const ResponseData& data = study.data;
  const std::vector<double> predictions = cross_validate(study.plan, data, folds, learned);
  std::vector<CardValidation> validations;
  for (std::size_t response = 0; response < data.names.size(); ++response) {
    TrainingPlan plan;
    plan.target = target_of(study, response);
    plan.ranges = study.ranges;
    People people;
    std::vector<double> predicted;
    std::vector<std::size_t> known;
    for (std::size_t row = 0; row < data.people.rows.size(); ++row) {
      if (std::isnan(data.at(row, response))) continue;
      known.push_back(row);
      people.data.targets.push_back(from_scale(plan.target.scale, data.at(row, response)));
      predicted.push_back(from_scale(plan.target.scale, predictions[row * data.names.size() + response]));
    }
    people.groups = rows_of(study.groups, known);
    validations.push_back(card_validation(scheme.name, plan, people, predicted, {}));
  }
  return validations;
}

Model train_model(const ResponseStudy& study, const FittedResponses& fitted, std::size_t response,
                  std::vector<CardValidation> validations) {
  Model model = response_model(study.plan, fitted, study.data, response, target_of(study, response));
  Card card{.title = {}, .sections = {}, .people = study.data.people.rows.size()};
  card.validations = std::move(validations);
  card.importance = importance_of(model, study.data.people);
  model.card = std::move(card);
  return model;
}

}  // namespace stardose::learning
