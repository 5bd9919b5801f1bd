// Intervals from how far people were from their predictions.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "genomics/expect.h"
#include "learning/intervals/intervals.h"

namespace stardose::learning {

namespace {

using Residuals = std::vector<double>;  // observed less predicted

/// The conformal quantile: the least of n distances which, with the next person's among them, at most `miss` of n + 1
/// are above. None where n is too small for that.
std::optional<double> distance(Residuals distances, double miss) {
  const double rank = std::ceil((static_cast<double>(distances.size()) + 1) * (1 - miss) - 1e-9);
  if (rank > static_cast<double>(distances.size()) || rank < 1) return std::nullopt;
  const auto place = distances.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
  std::ranges::nth_element(distances, place);
  return *place;
}

Residuals turned(Residuals residuals) {
  for (double& residual : residuals) residual = -residual;
  return residuals;
}

/// Bands of outcomes at either end are bounded on their outer side alone, where all of their misses are.
IntervalCell cell_of(const IntervalPlan& plan, std::size_t band, const Residuals& residuals, double factor) {
  const std::size_t last = plan.edges.size();
  const bool outer = plan.bands_of == BandsOf::outcome && last > 0;
  const bool has_below = !outer || band != last;
  const bool has_above = !outer || band != 0;
  const double asked = plan.misses.empty() ? 1 - plan.level : plan.misses[band];
  const double miss = std::min(1.0, factor * asked) / (has_below && has_above ? 2 : 1);
  IntervalCell cell{residuals.size(), std::nullopt, std::nullopt};
  if (has_below) cell.below = distance(turned(residuals), miss);
  if (has_above) cell.above = distance(residuals, miss);
  return cell;
}

/// A group's rows, and the residuals that each of its bands learns from.
struct Group {
  std::vector<Outcome> outcomes;
  std::vector<const Residuals*> of_band;

  [[nodiscard]] std::vector<IntervalCell> cells(const IntervalPlan& plan, double factor) const {
    std::vector<IntervalCell> cells;
    for (std::size_t band = 0; band < of_band.size(); ++band) {
      cells.push_back(cell_of(plan, band, *of_band[band], factor));
    }
    return cells;
  }
  /// The share of the group, with the next person as one who is outside, that is within.
  [[nodiscard]] double covered(const IntervalPlan& plan, double factor) const {
    const Intervals alone{plan.level, {}, {}, plan.bands_of, plan.edges, cells(plan, factor)};
    std::size_t within = 0;
    for (const Outcome& outcome : outcomes) {
      const MarginInterval interval = interval_of(alone, 0, outcome.predicted);
      if (outcome.observed >= interval.low && outcome.observed <= interval.high) ++within;
    }
    return static_cast<double>(within) / (static_cast<double>(outcomes.size()) + 1);
  }
  /// The most that misses may be multiplied by.
  [[nodiscard]] double factor(const IntervalPlan& plan) const {
    if (!plan.level_of_group) return 1;
    double enough = 1.0 / 16;
    double too_much = 16;
    for (int halving = 0; halving < 24; ++halving) {
      const double middle = std::sqrt(enough * too_much);
      (covered(plan, middle) >= plan.level ? enough : too_much) = middle;
    }
    return enough;
  }
};

}  // namespace

Intervals fit_intervals(const IntervalPlan& plan, std::span<const std::string> levels,
                        std::span<const Outcome> outcomes) {
  STARDOSE_EXPECT(plan.misses.empty() || plan.misses.size() == plan.edges.size() + 1);
  Intervals intervals{plan.level, plan.group, {}, plan.bands_of, plan.edges, {}};
  const std::size_t bands = intervals.bands();
  std::vector<std::vector<Residuals>> of_level(levels.size() + 1, std::vector<Residuals>(bands));
  std::vector<Residuals> of_all(bands);
  std::vector<std::vector<Outcome>> rows(levels.size() + 1);
  for (const Outcome& outcome : outcomes) {
    const double deciding = plan.bands_of == BandsOf::outcome ? outcome.observed : outcome.predicted;
    const std::size_t band = band_of(plan.edges, deciding);
    const double residual = outcome.observed - outcome.predicted;
    of_level[outcome.level][band].push_back(residual);
    of_all[band].push_back(residual);
    rows[outcome.level].push_back(outcome);
  }
  const auto add = [&](const Group& group) {
    std::ranges::move(group.cells(plan, group.factor(plan)), std::back_inserter(intervals.cells));
  };
  for (std::size_t level = 0; !plan.group.empty() && level < levels.size(); ++level) {
    if (rows[level].size() < plan.fewest) continue;
    intervals.groups.push_back(levels[level]);
    Group group{rows[level], {}};
    for (std::size_t band = 0; band < bands; ++band) {
      const Residuals& own = of_level[level][band];
      group.of_band.push_back(own.size() * 5 < std::size_t{2} * plan.fewest ? &of_all[band] : &own);
    }
    add(group);
  }
  Group everybody{{outcomes.begin(), outcomes.end()}, {}};
  for (const Residuals& residuals : of_all) everybody.of_band.push_back(&residuals);
  add(everybody);
  return intervals;
}

std::vector<MarginInterval> held_out_intervals(const IntervalPlan& plan, std::span<const std::string> levels,
                                               std::span<const Outcome> outcomes,
                                               std::span<const std::uint32_t> fold_of) {
  std::vector<MarginInterval> held_out(outcomes.size());
  const std::uint32_t folds = outcomes.empty() ? 0 : *std::ranges::max_element(fold_of) + 1;
  for (std::uint32_t fold = 0; fold < folds; ++fold) {
    std::vector<Outcome> others;
    for (std::size_t row = 0; row < outcomes.size(); ++row) {
      if (fold_of[row] != fold) others.push_back(outcomes[row]);
    }
    const Intervals intervals = fit_intervals(plan, levels, others);
    for (std::size_t row = 0; row < outcomes.size(); ++row) {
      if (fold_of[row] != fold) continue;
      const std::size_t level = outcomes[row].level;
      const std::size_t group = level < levels.size() ? intervals.group_of(levels[level]) : intervals.groups.size();
      held_out[row] = interval_of(intervals, group, outcomes[row].predicted);
    }
  }
  return held_out;
}

}  // namespace stardose::learning
