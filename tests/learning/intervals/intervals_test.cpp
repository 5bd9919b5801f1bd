// Intervals: how often they hold the truth, whom they are of, what they do with too few rows.
#include "learning/intervals/intervals.h"

#include <doctest/doctest.h>

#include <cmath>

#include "learning/train/seeded_random.h"

using namespace stardose::learning;

namespace {

/// Level 1 scatters twice as far; large values are predicted too low, small ones too high.
std::vector<Outcome> people(std::size_t count, std::uint64_t seed) {
  SeededRandom random{seed};
  std::vector<Outcome> outcomes;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t level = random.share() < 0.25 ? 1 : 0;
    const double predicted = 5 + random.normal();
    const double noise = random.normal() * (level == 1 ? 2 : 1);
    outcomes.push_back({predicted, predicted + noise, level});
  }
  return outcomes;
}

double covered(const Intervals& intervals, const std::vector<std::string>& levels, const std::vector<Outcome>& outcomes,
               const auto& of) {
  double in = 0;
  double all = 0;
  for (const Outcome& outcome : outcomes) {
    if (!of(outcome)) continue;
    const MarginInterval interval =
        interval_of(intervals, intervals.group_of(levels[outcome.level]), outcome.predicted);
    ++all;
    if (interval.low <= outcome.observed && outcome.observed <= interval.high) ++in;
  }
  return in / all;
}

const std::vector<std::string> levels = {"a", "b"};

}  // namespace

TEST_CASE("new people are within as often as is said, in every group") {
  const Intervals intervals = fit_intervals({.level = 0.9, .group = "g"}, levels, people(4000, 1));
  const std::vector<Outcome> others = people(20000, 2);
  for (const std::size_t level : {std::size_t{0}, std::size_t{1}}) {
    CHECK(covered(intervals, levels, others, [&](const Outcome& one) { return one.level == level; }) ==
          doctest::Approx(0.9).epsilon(0.02));
  }
  const Intervals pooled = fit_intervals({.level = 0.9}, levels, people(4000, 1));
  CHECK(covered(pooled, levels, others, [](const Outcome& one) { return one.level == 1; }) < 0.8);
}

TEST_CASE("bands of the outcome cover large and small values as often as others") {
  IntervalPlan plan{.level = 0.9, .group = "g", .bands_of = BandsOf::outcome, .edges = {4, 6}};
  const std::vector<Outcome> others = people(20000, 4);
  const auto high = [](const Outcome& one) { return one.observed >= 6; };
  const auto low = [](const Outcome& one) { return one.observed < 4; };
  const Intervals by_outcome = fit_intervals(plan, levels, people(4000, 3));
  CHECK(covered(by_outcome, levels, others, high) == doctest::Approx(0.9).epsilon(0.03));
  CHECK(covered(by_outcome, levels, others, low) == doctest::Approx(0.9).epsilon(0.03));
  plan.bands_of = BandsOf::prediction;
  CHECK(covered(fit_intervals(plan, levels, people(4000, 3)), levels, others, high) < 0.87);
}

TEST_CASE("where the level is of the group, bands miss alike and the whole group is within as often as is said") {
  IntervalPlan plan{.level = 0.9, .group = "g", .bands_of = BandsOf::outcome, .edges = {4, 6}};
  const std::vector<Outcome> others = people(20000, 4);
  const auto of_level = [](std::size_t level) { return [level](const Outcome& one) { return one.level == level; }; };
  const auto high = [](const Outcome& one) { return one.observed >= 6; };
  const auto low = [](const Outcome& one) { return one.observed < 4; };
  // Intervals over several bands hold more of the middle than it asks for.
  const Intervals by_band = fit_intervals(plan, levels, people(4000, 3));
  CHECK(covered(by_band, levels, others, of_level(0)) > 0.91);
  plan.level_of_group = true;
  const Intervals by_group = fit_intervals(plan, levels, people(4000, 3));
  CHECK(covered(by_group, levels, others, of_level(0)) == doctest::Approx(0.9).epsilon(0.012));
  CHECK(covered(by_group, levels, others, of_level(1)) == doctest::Approx(0.9).epsilon(0.02));
  CHECK(std::abs(covered(by_group, levels, others, high) - covered(by_group, levels, others, low)) < 0.03);
  CHECK(covered(by_group, levels, others, high) > 0.84);
  plan.edges.clear();
  const double plain =
      covered(fit_intervals({.level = 0.9, .group = "g"}, levels, people(4000, 3)), levels, others, low);
  CHECK(covered(fit_intervals(plan, levels, people(4000, 3)), levels, others, low) ==
        doctest::Approx(plain).epsilon(0.01));
}

TEST_CASE("sides are their own: where most are above their prediction, the interval is longer above") {
  std::vector<Outcome> outcomes;
  SeededRandom random{7};
  for (int k = 0; k < 1000; ++k) {
    const double noise = random.normal();
    outcomes.push_back({1, 1 + noise * noise, 0});
  }
  const Intervals intervals = fit_intervals({.level = 0.8}, levels, outcomes);
  const MarginInterval interval = interval_of(intervals, 0, 1);
  CHECK(interval.high - 1 > 2);
  CHECK_EQ(interval.low, 1);  // nobody is below: the prediction itself is always in it
}

TEST_CASE("the quantile counts the next person: 19 rows carry 90 %, 18 do not") {
  std::vector<Outcome> outcomes;
  for (int k = 0; k < 19; ++k) outcomes.push_back({0, k - 9.0, 0});
  const Intervals enough = fit_intervals({.level = 0.9}, levels, outcomes);
  REQUIRE(enough.cells[0].above);
  CHECK_EQ(*enough.cells[0].above, 9);
  outcomes.pop_back();
  const Intervals few = fit_intervals({.level = 0.9}, levels, outcomes);
  CHECK_FALSE(few.cells[0].above);
  CHECK(std::isinf(interval_of(few, 0, 0).high));
}

TEST_CASE("a group with too few rows, and one that nobody knows, have everybody's distances") {
  std::vector<Outcome> outcomes = people(1000, 5);
  for (Outcome& outcome : outcomes) outcome.level = 0;
  for (std::size_t k = 0; k < 50; ++k) outcomes[k].level = 1;
  const Intervals intervals = fit_intervals({.level = 0.9, .group = "g"}, levels, outcomes);
  CHECK_EQ(intervals.groups, std::vector<std::string>{"a"});
  CHECK_EQ(intervals.group_of("b"), 1);
  CHECK_EQ(intervals.group_of("never seen"), 1);
  CHECK_EQ(intervals.cells[1].rows, 1000);
}

TEST_CASE("a row's held-out interval does not change with the row's outcome") {
  std::vector<Outcome> outcomes = people(300, 6);
  std::vector<std::uint32_t> folds;
  for (std::uint32_t k = 0; k < 300; ++k) folds.push_back(k % 5);
  const IntervalPlan plan{.level = 0.9, .group = "g", .bands_of = BandsOf::outcome, .edges = {5}};
  const auto before = held_out_intervals(plan, levels, outcomes, folds);
  outcomes[7].observed += 100;
  const auto after = held_out_intervals(plan, levels, outcomes, folds);
  CHECK_EQ(before[7].low, after[7].low);
  CHECK_EQ(before[7].high, after[7].high);
}

TEST_CASE("what cannot be intervals is said") {
  const Intervals good = fit_intervals({.level = 0.9, .group = "g", .edges = {5}}, levels, people(500, 8));
  CHECK_FALSE(fault_of(good));
  Intervals bad = good;
  bad.cells.pop_back();
  CHECK(fault_of(bad));
  bad = good;
  bad.edges = {5, 5};
  CHECK(fault_of(bad));
  bad = good;
  bad.level = 1;
  CHECK(fault_of(bad));
  bad = good;
  bad.cells[0].above = NAN;
  CHECK(fault_of(bad));
}
