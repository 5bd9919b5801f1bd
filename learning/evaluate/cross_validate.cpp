// Folds within folds.
#include "learning/evaluate/cross_validate.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <set>

#include "genomics/expect.h"
#include "learning/model/method_scorer.h"
#include "learning/prepare/missing_features.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

/// Each purpose has a seed of its own.
enum class Purpose : std::uint8_t { steps = 1, method, inner_folds, outer_fold };

std::uint64_t seed_for(Purpose purpose, std::uint64_t seed) {
  return seed_of(seed, static_cast<std::uint64_t>(purpose));
}

/// Strata of the rows, or their groups.
std::vector<std::uint32_t> labels_of(const FoldPlan& plan, const Dataset& data) {
  const std::size_t rows = data.targets.size();
  if (plan.kind == FoldKind::random) return std::vector<std::uint32_t>(rows);
  if (plan.kind != FoldKind::stratified) return data.groups;
  if (data.classes == 0) return strata_of(data.targets, plan.folds * 2);
  return {data.targets.begin(), data.targets.end()};
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

bool needs_search(const std::vector<Contender>& contenders) {
  return std::ranges::any_of(contenders, [](const Contender& contender) { return contender.candidates.size() > 1; });
}

std::vector<double> predicted_by(const Fitted& fitted, const RowTable& table, std::size_t classes) {
  const Rows rows = table.rows();
  const std::size_t margins_each = margin_count(fitted.method);
  STARDOSE_EXPECT(prediction_count(fitted.link, margins_each) == predictions_of(classes));
  std::vector<double> margins(rows.count() * margins_each);
  MethodScorer{fitted.method}.margins(rows, margins);
  std::vector<double> predictions(rows.count() * predictions_of(classes));
  apply_link_to_rows(fitted.link, precision_of(fitted.method), margins_each, margins, predictions);
  return predictions;
}

Outcomes outcomes_of(const Dataset& data, const std::vector<double>& targets) {
  return {targets, data.weights, data.classes};
}

struct TrainingRows {
  RowTable table;
  std::vector<FeatureLabel> labels;

  TrainingRows(const Prepared& prepared, const Frame& people)
      : table{apply(prepared, people)}, labels{prepared.labels_of(prepared.features)} {}
};

Fitted fit_rows(const LearnerSpec& learner, const TrainingRows& rows, const Outcomes& outcomes, const Bench& bench,
                std::uint64_t seed) {
  Fitted fitted =
      bench.fit(learner, {rows.table.rows(), outcomes.targets, outcomes.weights, outcomes.classes, rows.labels}, seed);
  if (bench.fitted) bench.fitted();
  return fitted;
}

/// Puts predictions of some rows where all rows' are.
void place(const std::vector<double>& some, const std::vector<std::size_t>& rows, std::vector<double>& all) {
  const std::size_t each = rows.empty() ? 0 : some.size() / rows.size();
  for (std::size_t k = 0; k < rows.size(); ++k) {
    std::copy_n(some.begin() + static_cast<std::ptrdiff_t>(k * each), each,
                all.begin() + static_cast<std::ptrdiff_t>(rows[k] * each));
  }
}

/// Candidates that share their steps, so that these are fitted once a fold.
std::vector<std::vector<std::size_t>> by_steps(const std::vector<Candidate>& candidates) {
  std::vector<std::vector<std::size_t>> sets;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    const auto same = std::ranges::find_if(
        sets, [&](const auto& set) { return candidates[set.front()].steps == candidates[k].steps; });
    same == sets.end() ? sets.push_back({k}) : same->push_back(k);
  }
  return sets;
}

/// Returns the candidate that does best in the inner folds.
std::size_t best_candidate(const std::vector<Candidate>& candidates, const SearchPlan& search, const Dataset& data,
                           const Bench& bench) {
  if (candidates.size() == 1) return 0;
  FoldPlan plan = search.inner;
  plan.seed = seed_of(seed_for(Purpose::inner_folds, bench.seed), plan.seed);
  const Folds folds = make_folds(plan, labels_of(plan, data));
  const auto sets = by_steps(candidates);
  std::vector<std::vector<double>> predictions(candidates.size(),
                                               std::vector<double>(data.targets.size() * predictions_of(data.classes)));
  tbb::parallel_for(std::size_t{0}, folds.count * sets.size(), [&](std::size_t task) {
    const auto fold = static_cast<std::uint32_t>(task / sets.size());
    const auto& set = sets[task % sets.size()];
    const Dataset training = rows_of(data, folds.others(fold));
    const std::vector<double> targets = learned_targets(training);
    const Outcomes outcomes = outcomes_of(training, targets);
    const Prepared prepared = fit_steps(candidates[set.front()].steps, training.people, outcomes,
                                        seed_for(Purpose::steps, bench.seed), bench.fit);
    const TrainingRows rows{prepared, training.people};
    const std::vector<std::size_t> held_out = folds.held_out(fold);
    const RowTable held_rows = apply(prepared, rows_of(data.people, held_out));
    tbb::parallel_for(std::size_t{0}, set.size(), [&](std::size_t k) {
      const Fitted fitted =
          fit_rows(candidates[set[k]].learner, rows, outcomes, bench, seed_for(Purpose::method, bench.seed));
      place(predicted_by(fitted, held_rows, data.classes), held_out, predictions[set[k]]);
    });
  });
  std::vector<double> badnesses;
  for (const auto& predicted : predictions) {
    badnesses.push_back(badness(search.objective, data.targets, in_own_unit(predicted, data), data.classes));
  }
  return static_cast<std::size_t>(std::ranges::min_element(badnesses) - badnesses.begin());
}

FittedContender learn_one(const Contender& contender, const SearchPlan& search, const Dataset& data,
                          const Bench& bench) {
  FittedContender learned{.chosen = best_candidate(contender.candidates, search, data, bench)};
  const Candidate& candidate = contender.candidates[learned.chosen];
  const std::vector<double> targets = learned_targets(data);
  const Outcomes outcomes = outcomes_of(data, targets);
  learned.prepared = fit_steps(candidate.steps, data.people, outcomes, seed_for(Purpose::steps, bench.seed), bench.fit);
  learned.fitted = fit_rows(candidate.learner, {learned.prepared, data.people}, outcomes, bench,
                            seed_for(Purpose::method, bench.seed));
  return learned;
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
    for (const Candidate& candidate : contender.candidates) {
      if (auto fault = candidate_fault(candidate, data)) return fmt::format("{}: {}", contender.name, *fault);
    }
  }
  if (!needs_search(contenders)) return std::nullopt;
  if (is_of_classes(search.objective) != (data.classes > 0)) return "the objective is not one of such targets";
  if (auto fault = plan_fault(search.inner, data)) return fmt::format("inner folds: {}", *fault);
  if (auto fault = class_fault(search.inner, data)) return fmt::format("inner folds: {}", *fault);
  return std::nullopt;
}

std::vector<FittedContender> learn(const std::vector<Contender>& contenders, const SearchPlan& search,
                                   const Dataset& data, const Bench& bench) {
  std::vector<FittedContender> learned(contenders.size());
  tbb::parallel_for(std::size_t{0}, contenders.size(),
                    [&](std::size_t k) { learned[k] = learn_one(contenders[k], search, data, bench); });
  return learned;
}

std::vector<double> predict(const std::vector<Contender>& contenders, const std::vector<FittedContender>& fitted,
                            const Frame& people, std::size_t classes) {
  double weights = 0;
  for (const Contender& contender : contenders) weights += contender.weight;
  std::vector<double> sum(people.rows.size() * predictions_of(classes));
  for (std::size_t k = 0; k < contenders.size(); ++k) {
    const std::vector<double> part = predicted_by(fitted[k].fitted, apply(fitted[k].prepared, people), classes);
    for (std::size_t at = 0; at < sum.size(); ++at) sum[at] += contenders[k].weight / weights * part[at];
  }
  return sum;
}

std::optional<std::string> fault_of(const FoldPlan& outer, const std::vector<Contender>& contenders,
                                    const SearchPlan& search, const Dataset& data) {
  if (auto fault = plan_fault(outer, data)) return fault;
  if (auto fault = class_fault(outer, data)) return fault;
  if (!needs_search(contenders)) return std::nullopt;
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
  OutOfFold out{make_folds(outer, labels_of(outer, data)), {}, {}, {}};
  const std::size_t places = data.targets.size() * predictions_of(data.classes);
  out.predictions.resize(places);
  out.of_contender.assign(contenders.size(), std::vector<double>(places));
  out.chosen.assign(out.folds.count, std::vector<std::size_t>(contenders.size()));
  tbb::parallel_for(std::uint32_t{0}, out.folds.count, [&](std::uint32_t fold) {
    Bench of_fold = bench;
    of_fold.seed = seed_of(seed_for(Purpose::outer_fold, bench.seed), fold);
    const auto learned = learn(contenders, search, rows_of(data, out.folds.others(fold)), of_fold);
    const std::vector<std::size_t> held_out = out.folds.held_out(fold);
    const Frame people = rows_of(data.people, held_out);
    place(predict(contenders, learned, people, data.classes), held_out, out.predictions);
    for (std::size_t k = 0; k < contenders.size(); ++k) {
      out.chosen[fold][k] = learned[k].chosen;
      place(predict({contenders[k]}, {learned[k]}, people, data.classes), held_out, out.of_contender[k]);
    }
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
    fits += 1 + (candidates > 1 ? candidates * folds : 0);
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
