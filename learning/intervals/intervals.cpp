// The value: checking it, and an interval by it.
#include "learning/intervals/intervals.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double minus_infinity = -std::numeric_limits<double>::infinity();

MarginInterval of_outcomes(const Intervals& intervals, const IntervalCell* cells, double margin) {
  MarginInterval hull{margin, margin};
  for (std::size_t band = 0; band < intervals.bands(); ++band) {
    const double begin = band > 0 ? intervals.edges[band - 1] : minus_infinity;
    const double end = band + 1 == intervals.bands() ? infinity : intervals.edges[band];
    const double low = cells[band].below ? std::max(begin, margin - *cells[band].below) : begin;
    const double high = cells[band].above ? std::min(end, margin + *cells[band].above) : end;
    if (low > high) continue;
    hull.low = std::min(hull.low, low);
    hull.high = std::max(hull.high, high);
  }
  return hull;
}

}  // namespace

std::size_t Intervals::group_of(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::find(groups, name) - groups.begin());
}

std::size_t band_of(std::span<const double> edges, double value) {
  return static_cast<std::size_t>(std::ranges::upper_bound(edges, value) - edges.begin());
}

std::optional<std::string> fault_of(const Intervals& intervals) {
  if (!(intervals.level > 0 && intervals.level < 1)) return "intervals: a level that is not between 0 and 1";
  for (std::size_t k = 0; k < intervals.edges.size(); ++k) {
    if (!std::isfinite(intervals.edges[k]) || (k > 0 && intervals.edges[k] <= intervals.edges[k - 1])) {
      return "intervals: edges that do not ascend";
    }
  }
  if (std::set<std::string>{intervals.groups.begin(), intervals.groups.end()}.size() != intervals.groups.size()) {
    return "intervals: a group twice";
  }
  if (intervals.group.empty() && !intervals.groups.empty()) return "intervals: groups of no column";
  if (intervals.cells.size() != (intervals.groups.size() + 1) * intervals.bands()) {
    return "intervals: " + std::to_string(intervals.cells.size()) + " cells for " +
           std::to_string(intervals.groups.size() + 1) + " groups and " + std::to_string(intervals.bands()) + " bands";
  }
  for (const IntervalCell& cell : intervals.cells) {
    for (const auto& side : {cell.below, cell.above}) {
      if (side && !std::isfinite(*side)) return "intervals: a distance that is not finite";
    }
  }
  return std::nullopt;
}

MarginInterval interval_of(const Intervals& intervals, std::size_t group, double margin) {
  STARDOSE_EXPECT(group <= intervals.groups.size());
  const IntervalCell* cells = intervals.cells.data() + group * intervals.bands();
  if (intervals.bands_of == BandsOf::outcome) return of_outcomes(intervals, cells, margin);
  const IntervalCell& cell = cells[band_of(intervals.edges, margin)];
  return {cell.below ? margin - std::max(0.0, *cell.below) : -infinity,
          cell.above ? margin + std::max(0.0, *cell.above) : infinity};
}

}  // namespace stardose::learning
