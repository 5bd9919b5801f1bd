// Intervals from how far people were from their predictions.
#include <algorithm>
#include <cmath>

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
IntervalCell cell_of(const IntervalPlan& plan, std::size_t band, const Residuals& residuals) {
  const std::size_t last = plan.edges.size();
  const bool outer = plan.bands_of == BandsOf::outcome && last > 0;
  const bool has_below = !outer || band != last;
  const bool has_above = !outer || band != 0;
  const double miss = (plan.misses.empty() ? 1 - plan.level : plan.misses[band]) / (has_below && has_above ? 2 : 1);
  IntervalCell cell{residuals.size(), std::nullopt, std::nullopt};
  if (has_below) cell.below = distance(turned(residuals), miss);
  if (has_above) cell.above = distance(residuals, miss);
  return cell;
}

}  // namespace

Intervals fit_intervals(const IntervalPlan& plan, std::span<const std::string> levels,
                        std::span<const Outcome> outcomes) {
  STARDOSE_EXPECT(plan.misses.empty() || plan.misses.size() == plan.edges.size() + 1);
  Intervals intervals{plan.level, plan.group, {}, plan.bands_of, plan.edges, {}};
  const std::size_t bands = intervals.bands();
  std::vector<std::vector<Residuals>> of_level(levels.size() + 1, std::vector<Residuals>(bands));
  std::vector<Residuals> of_all(bands);
  std::vector<std::size_t> rows(levels.size() + 1);
  for (const Outcome& outcome : outcomes) {
    const double deciding = plan.bands_of == BandsOf::outcome ? outcome.observed : outcome.predicted;
    const std::size_t band = band_of(plan.edges, deciding);
    const double residual = outcome.observed - outcome.predicted;
    of_level[outcome.level][band].push_back(residual);
    of_all[band].push_back(residual);
    ++rows[outcome.level];
  }
  for (std::size_t level = 0; !plan.group.empty() && level < levels.size(); ++level) {
    if (rows[level] < plan.fewest) continue;
    intervals.groups.push_back(levels[level]);
    for (std::size_t band = 0; band < bands; ++band) {
      const Residuals& own = of_level[level][band];
      intervals.cells.push_back(
          cell_of(plan, band, own.size() * 5 < std::size_t{2} * plan.fewest ? of_all[band] : own));
    }
  }
  for (std::size_t band = 0; band < bands; ++band) intervals.cells.push_back(cell_of(plan, band, of_all[band]));
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
