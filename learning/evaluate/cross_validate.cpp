// Folds within folds.
#include "learning/evaluate/cross_validate.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <set>

#include "learning/evaluate/folds_within.h"
#include "learning/prepare/missing_features.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

bool needs_search(const std::vector<Contender>& contenders, const SearchPlan& search) {
  return std::ranges::any_of(contenders, [&](const Contender& contender) { return needs_search(contender, search); });
}

std::optional<std::string> plan_fault(const FoldPlan& plan, const Dataset& data) {
  const bool by_group = plan.kind == FoldKind::grouped || plan.kind == FoldKind::leave_one_group_out;
  if (by_group && data.groups.empty()) return "folds by group, but the rows have no groups";
  return fault_of(plan, labels_of(plan, data));
}

bool lacks_class(const Dataset& data, const std::vector<std::size_t>& rows) {
  std::set<double> classes;
  for (const std::size_t row : rows) classes.insert(data.targets[row]);
  return classes.size() < data.classes;
}

std::optional<std::string> class_fault(const FoldPlan& plan, const Dataset& data) {
  if (data.classes == 0) return std::nullopt;
  const Folds folds = make_folds(plan, labels_of(plan, data));
  for (std::uint32_t fold = 0; fold < folds.count; ++fold) {
    if (lacks_class(data, folds.others(fold))) return "a class has no rows outside of one of the folds";
  }
  return std::nullopt;
}

std::optional<std::string> blends_fault(const SearchPlan& search, std::size_t contenders) {
  for (const auto& blend : search.blends) {
    if (blend.empty()) return "a blend of nothing";
    if (std::set<std::size_t>{blend.begin(), blend.end()}.size() < blend.size()) return "a blend that names one twice";
    if (*std::ranges::max_element(blend) >= contenders) return "a blend of what is no contender";
  }
  return std::nullopt;
}

std::optional<std::string> candidate_fault(const Candidate& candidate, const Dataset& data) {
  std::vector<ColumnKind> kinds;
  for (const Column& column : data.people.columns) kinds.push_back(column.kind);
  if (auto fault = fault_of(candidate.steps, kinds)) return fault;
  if (auto fault = fault_of(candidate.learner)) return fault;
  const Prepared rehearsed = rehearse_steps(candidate.steps, kinds);
  const auto labels = rehearsed.labels_of(rehearsed.features);
  if (auto fault = columns_fault(candidate.learner, labels, data.classes)) return fault;
  const SpecTraits traits = traits_of(candidate.learner);
  if (data.classes > 0 ? !traits.classes : !traits.quantities) {
    return fmt::format("{} does not learn {}", candidate.learner.name, data.classes > 0 ? "classes" : "quantities");
  }
  if (traits.takes_missing) return std::nullopt;
  if (const auto feature = unfilled_feature(candidate.steps, data.people)) {
    return fmt::format("{} takes no missing values, and {} has some: fill them first", candidate.learner.name,
                       *feature);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> fault_of(const std::vector<Contender>& contenders, const SearchPlan& search,
                                    const Dataset& data) {
  if (contenders.empty()) return "nothing is to be learned";
  for (const Contender& contender : contenders) {
    if (contender.candidates.empty()) return fmt::format("{}: no candidates", contender.name);
    if (!(contender.weight > 0)) return fmt::format("{}: a weight that is not above 0", contender.name);
    if (contender.repeats == 0) return fmt::format("{}: learned no times", contender.name);
    for (const Candidate& candidate : contender.candidates) {
      if (auto fault = candidate_fault(candidate, data)) return fmt::format("{}: {}", contender.name, *fault);
    }
  }
  if (auto fault = blends_fault(search, contenders.size())) return fault;
  if (!needs_search(contenders, search)) return std::nullopt;
  if (is_of_classes(search.objective) != (data.classes > 0)) return "the objective is not one of such targets";
  if (auto fault = plan_fault(search.inner, data)) return fmt::format("inner folds: {}", *fault);
  if (auto fault = class_fault(search.inner, data)) return fmt::format("inner folds: {}", *fault);
  return std::nullopt;
}

std::optional<std::string> fault_of(const FoldPlan& outer, const std::vector<Contender>& contenders,
                                    const SearchPlan& search, const Dataset& data) {
  if (auto fault = plan_fault(outer, data)) return fault;
  if (auto fault = class_fault(outer, data)) return fault;
  if (!needs_search(contenders, search)) return std::nullopt;
  const Folds folds = make_folds(outer, labels_of(outer, data));
  for (std::uint32_t fold = 0; fold < folds.count; ++fold) {
    const Dataset training = rows_of(data, folds.others(fold));
    auto fault = plan_fault(search.inner, training);
    if (!fault) fault = class_fault(search.inner, training);
    if (fault) return fmt::format("inner folds within outer fold {}: {}", fold + 1, *fault);
  }
  return std::nullopt;
}

OutOfFold cross_validate(const FoldPlan& outer, const std::vector<Contender>& contenders, const SearchPlan& search,
                         const Dataset& data, const Bench& bench) {
  OutOfFold out{make_folds(outer, labels_of(outer, data)), {}, {}};
  const std::size_t places = data.targets.size() * predictions_of(data.classes);
  out.predictions.resize(places);
  out.chosen.resize(out.folds.count);
  tbb::parallel_for(std::uint32_t{0}, out.folds.count, [&](std::uint32_t fold) {
    Bench of_fold = bench;
    of_fold.seed = seed_of(seed_for(Purpose::outer_fold, bench.seed), fold);
    const auto learned = learn(contenders, search, rows_of(data, out.folds.others(fold)), of_fold);
    const std::vector<std::size_t> held_out = out.folds.held_out(fold);
    place(predict(contenders, learned, rows_of(data.people, held_out), data.classes), held_out, out.predictions);
    for (const FittedContender& one : learned) out.chosen[fold].push_back(one.chosen);
  });
  return out;
}

std::size_t fold_count(const FoldPlan& plan, const Dataset& data) {
  if (plan.kind != FoldKind::leave_one_group_out) return plan.folds;
  return std::set<std::uint32_t>{data.groups.begin(), data.groups.end()}.size();
}

std::size_t fits_needed(const std::vector<Contender>& contenders, const SearchPlan& search, const Dataset& data) {
  const std::size_t folds = fold_count(search.inner, data);
  std::size_t fits = 0;
  for (const Contender& contender : contenders) {
    const std::size_t candidates = contender.candidates.size();
    fits += 1 + (needs_search(contender, search) ? candidates * folds : 0);
  }
  return fits;
}

std::vector<double> in_own_unit(const std::vector<double>& predictions, const Dataset& data) {
  if (data.classes > 0) return predictions;
  std::vector<double> quantities;
  quantities.reserve(predictions.size());
  for (const double margin : predictions) quantities.push_back(from_scale(data.scale, margin));
  return quantities;
}

}  // namespace stardose::learning
