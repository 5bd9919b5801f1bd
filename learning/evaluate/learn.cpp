// Choosing in inner folds, and learning what was chosen.
#include <tbb/parallel_for.h>

#include <algorithm>
#include <numeric>

#include "genomics/expect.h"
#include "learning/evaluate/folds_within.h"
#include "learning/model/method_scorer.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

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

/// What inner folds say of a contender.
struct Tried {
  std::size_t best = 0;             ///< candidate
  std::vector<double> predictions;  ///< its own, out of inner folds; none where nothing is to be chosen
};

double badness_of(const std::vector<double>& predicted, const SearchPlan& search, const Dataset& data) {
  return badness(search.objective, data.targets, in_own_unit(predicted, data), data.classes);
}

Folds inner_folds(const SearchPlan& search, const Dataset& data, const Bench& bench) {
  FoldPlan plan = search.inner;
  plan.seed = seed_of(seed_for(Purpose::inner_folds, bench.seed), plan.seed);
  return make_folds(plan, labels_of(plan, data));
}

Tried try_candidates(const Contender& contender, const SearchPlan& search, const Dataset& data, const Bench& bench) {
  if (!needs_search(contender, search)) return {};
  const auto& candidates = contender.candidates;
  const Folds folds = inner_folds(search, data, bench);
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
  for (const auto& predicted : predictions) badnesses.push_back(badness_of(predicted, search, data));
  const auto best = static_cast<std::size_t>(std::ranges::min_element(badnesses) - badnesses.begin());
  return {best, std::move(predictions[best])};
}

std::vector<std::size_t> all_places(std::size_t count) {
  std::vector<std::size_t> places(count);
  std::iota(places.begin(), places.end(), std::size_t{0});
  return places;
}

/// Returns the contenders that are blended.
std::vector<std::size_t> best_blend(const std::vector<Contender>& contenders, const std::vector<Tried>& tried,
                                    const SearchPlan& search, const Dataset& data) {
  if (search.blends.empty()) return all_places(contenders.size());
  if (search.blends.size() == 1) return search.blends.front();
  std::vector<double> badnesses;
  for (const auto& blend : search.blends) {
    double weights = 0;
    std::vector<double> sum(data.targets.size() * predictions_of(data.classes));
    for (const std::size_t k : blend) {
      weights += contenders[k].weight;
      for (std::size_t at = 0; at < sum.size(); ++at) sum[at] += contenders[k].weight * tried[k].predictions[at];
    }
    for (double& value : sum) value /= weights;
    badnesses.push_back(badness_of(sum, search, data));
  }
  return search.blends[static_cast<std::size_t>(std::ranges::min_element(badnesses) - badnesses.begin())];
}

/// The learner itself, or an average of as many of it.
LearnerSpec repeated(const LearnerSpec& learner, std::uint32_t repeats) {
  return repeats <= 1 ? learner : LearnerSpec{.name = "average", .members = std::vector(repeats, learner)};
}

FittedContender learn_one(const Contender& contender, Choice chosen, const Dataset& data, const Bench& bench) {
  FittedContender learned{.chosen = chosen, .prepared = {}, .fitted = {}};
  const Candidate& candidate = contender.candidates[chosen.candidate];
  const std::vector<double> targets = learned_targets(data);
  const Outcomes outcomes = outcomes_of(data, targets);
  learned.prepared = fit_steps(candidate.steps, data.people, outcomes, seed_for(Purpose::steps, bench.seed), bench.fit);
  learned.fitted = fit_rows(repeated(candidate.learner, contender.repeats), {learned.prepared, data.people}, outcomes,
                            bench, seed_for(Purpose::method, bench.seed));
  return learned;
}

}  // namespace

std::uint64_t seed_for(Purpose purpose, std::uint64_t seed) {
  return seed_of(seed, static_cast<std::uint64_t>(purpose));
}

std::vector<std::uint32_t> labels_of(const FoldPlan& plan, const Dataset& data) {
  const std::size_t rows = data.targets.size();
  if (plan.kind == FoldKind::random) return std::vector<std::uint32_t>(rows);
  if (plan.kind != FoldKind::stratified) return data.groups;
  if (data.classes == 0) return strata_of(data.targets, plan.folds * 2);
  return {data.targets.begin(), data.targets.end()};
}

void place(const std::vector<double>& some, const std::vector<std::size_t>& rows, std::vector<double>& all) {
  const std::size_t each = rows.empty() ? 0 : some.size() / rows.size();
  for (std::size_t k = 0; k < rows.size(); ++k) {
    std::copy_n(some.begin() + static_cast<std::ptrdiff_t>(k * each), each,
                all.begin() + static_cast<std::ptrdiff_t>(rows[k] * each));
  }
}

bool needs_search(const Contender& contender, const SearchPlan& search) {
  return contender.candidates.size() > 1 || search.blends.size() > 1;
}

std::vector<FittedContender> learn(const std::vector<Contender>& contenders, const SearchPlan& search,
                                   const Dataset& data, const Bench& bench) {
  std::vector<Tried> tried(contenders.size());
  tbb::parallel_for(std::size_t{0}, contenders.size(),
                    [&](std::size_t k) { tried[k] = try_candidates(contenders[k], search, data, bench); });
  const std::vector<std::size_t> blend = best_blend(contenders, tried, search, data);
  std::vector<FittedContender> learned(blend.size());
  tbb::parallel_for(std::size_t{0}, blend.size(), [&](std::size_t k) {
    learned[k] = learn_one(contenders[blend[k]], {blend[k], tried[blend[k]].best}, data, bench);
  });
  return learned;
}

std::vector<double> predict(const std::vector<Contender>& contenders, const std::vector<FittedContender>& fitted,
                            const Frame& people, std::size_t classes) {
  double weights = 0;
  for (const FittedContender& one : fitted) weights += contenders[one.chosen.contender].weight;
  std::vector<double> sum(people.rows.size() * predictions_of(classes));
  for (const FittedContender& one : fitted) {
    const double share = contenders[one.chosen.contender].weight / weights;
    const std::vector<double> part = predicted_by(one.fitted, apply(one.prepared, people), classes);
    for (std::size_t at = 0; at < sum.size(); ++at) sum[at] += share * part[at];
  }
  return sum;
}

}  // namespace stardose::learning
