// What became of patients, and how sure that is.
#include "benchmarks/twin/policies/compare.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "benchmarks/twin/policies/fitted_q.h"
#include "benchmarks/twin/policies/policies.h"

namespace stardose::bench {

namespace {

/// Of each patient under a policy, shares in percent.
struct Outcome {
  double in_range = 0;
  double later_in_range = 0;  ///< from day 31 on
  double above_4 = 0;
  double below_1_5 = 0;
  double stable_from = 0;  ///< first of seven days in range; the last day where there are none
  double changes = 0;
};

Outcome outcome_of(const Treatment& treatment) {
  constexpr int first_month = 30;
  constexpr int stable_days = 7;
  const auto is_in_range = [](double inr) { return inr >= 2 && inr <= 3; };
  const auto share = [](auto from, auto until, auto is) {
    return 100.0 * static_cast<double>(std::count_if(from, until, is)) / static_cast<double>(until - from);
  };
  const auto& inrs = treatment.inrs;
  Outcome outcome{.stable_from = days_treated, .changes = static_cast<double>(treatment.changes)};
  outcome.in_range = share(inrs.begin(), inrs.end(), is_in_range);
  outcome.later_in_range = share(inrs.begin() + first_month, inrs.end(), is_in_range);
  outcome.above_4 = share(inrs.begin(), inrs.end(), [](double inr) { return inr > 4; });
  outcome.below_1_5 = share(inrs.begin(), inrs.end(), [](double inr) { return inr < 1.5; });
  int row = 0;
  for (std::size_t k = 0; k < inrs.size(); ++k) {
    row = is_in_range(inrs[k]) ? row + 1 : 0;
    if (row < stable_days) continue;
    outcome.stable_from = static_cast<double>(k + 2 - stable_days);
    break;
  }
  return outcome;
}

using Figure = double Outcome::*;

std::vector<double> figures(const std::vector<Outcome>& outcomes, Figure figure) {
  std::vector<double> values;
  for (const Outcome& outcome : outcomes) values.push_back(outcome.*figure);
  return values;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double quantile(std::vector<double> values, double level) {
  std::ranges::sort(values);
  return values.at(static_cast<std::size_t>(level * static_cast<double>(values.size() - 1)));
}

/// The mean difference of pairs, and where 95 % of the means of drawn pairs lie.
std::string difference(const std::vector<Outcome>& outcomes, const std::vector<Outcome>& reference, Figure figure) {
  std::vector<double> pairs = figures(outcomes, figure);
  const std::vector<double> others = figures(reference, figure);
  for (std::size_t k = 0; k < pairs.size(); ++k) pairs[k] -= others[k];
  learning::SeededRandom random{1};
  constexpr int times = 2000;
  std::vector<double> means;
  for (int draw = 0; draw < times; ++draw) {
    double sum = 0;
    for (std::size_t k = 0; k < pairs.size(); ++k) sum += pairs[random.below(pairs.size())];
    means.push_back(sum / static_cast<double>(pairs.size()));
  }
  return fmt::format("{:+.1f} ({:+.1f} to {:+.1f})", mean(pairs), quantile(means, 0.025), quantile(means, 0.975));
}

std::vector<Outcome> outcomes_of(const std::vector<VirtualPatient>& patients, const Policy& policy) {
  std::vector<Outcome> outcomes(patients.size());
  tbb::parallel_for(std::size_t{0}, patients.size(),
                    [&](std::size_t k) { outcomes[k] = outcome_of(treat(patients[k], policy)); });
  return outcomes;
}

constexpr std::uint64_t first_tested_seed = 1;
constexpr std::uint64_t first_seed_for_gains = 500'000;
constexpr std::array<Truth, 5> truths = {Truth::own, Truth::nearer, Truth::missed, Truth::changed, Truth::other};

std::vector<VirtualPatient> people(Truth truth, std::uint64_t first_seed, std::size_t count) {
  std::vector<std::unique_ptr<VirtualPatient>> made(count);
  tbb::parallel_for(std::size_t{0}, count,
                    [&](std::size_t k) { made[k] = std::make_unique<VirtualPatient>(truth, first_seed + k); });
  std::vector<VirtualPatient> patients;
  for (const auto& each : made) patients.push_back(*each);
  return patients;
}

void say(const std::string& name, const std::vector<Outcome>& outcomes, const std::vector<Outcome>& reference) {
  const auto of = [&](Figure figure) { return figures(outcomes, figure); };
  fmt::print("| {} | {:.1f} | {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.0f} | {:.1f} |\n", name,
             mean(of(&Outcome::in_range)),
             &outcomes == &reference ? "-" : difference(outcomes, reference, &Outcome::in_range),
             quantile(of(&Outcome::in_range), 0.1), mean(of(&Outcome::later_in_range)), mean(of(&Outcome::above_4)),
             mean(of(&Outcome::below_1_5)), quantile(of(&Outcome::stable_from), 0.5), mean(of(&Outcome::changes)));
  std::fflush(stdout);
}

void say_head(Truth truth, std::size_t patients, const char* reference) {
  fmt::print(
      "\n{}, {} people, {} days:\n\n"
      "| policy | in range % | against {} (95 %) | worst tenth % | from day 31 on % | above 4 % | below 1.5 % | stable "
      "from day | changes |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
      name_of(truth), patients, days_treated, reference);
}

}  // namespace

void compare_policies(std::size_t patients) {
  const std::clock_t begin = std::clock();
  const Policy learned = learn_policy({});
  const auto seconds = [&] { return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC; };
  fmt::print(stderr, "a policy was learned in {:.0f} CPU s\n", seconds());
  for (const Truth truth : truths) {
    const std::vector<VirtualPatient> treated = people(truth, first_tested_seed, patients);
    say_head(truth, patients, "the rule");
    const std::vector<Outcome> reference = outcomes_of(treated, guideline(true));
    say("5 mg for all", outcomes_of(treated, fixed_dose()), reference);
    say("the regression's dose, never changed", outcomes_of(treated, regression_dose()), reference);
    say("the rule, from 5 mg", outcomes_of(treated, guideline(false)), reference);
    say("the rule, from the regression's dose", reference, reference);
    TwinCounts counts;
    say("the twin, from the regression's dose", outcomes_of(treated, twin(counts)), reference);
    say("learned by fitted Q-iteration", outcomes_of(treated, learned), reference);
    fmt::print("\nThe twin had no advice at {} of {} visits, and the rule was followed.\n", counts.silent.load(),
               counts.asked.load());
  }
  fmt::print(stderr, "{:.0f} CPU s\n", seconds());
}

void compare_least_gains(std::size_t patients) {
  for (const Truth truth : {Truth::changed, Truth::nearer, Truth::missed}) {
    const std::vector<VirtualPatient> treated = people(truth, first_seed_for_gains, patients);
    say_head(truth, patients, "any gain");
    std::vector<Outcome> reference;
    for (const double gain : {0.0, 0.02, 0.05}) {
      TwinCounts counts;
      const std::vector<Outcome> outcomes = outcomes_of(treated, twin(counts, gain));
      if (reference.empty()) reference = outcomes;
      say(fmt::format("changed for a gain of {:.0f} points", 100 * gain), outcomes, reference);
    }
  }
}

}  // namespace stardose::bench
