// Intervals about predictions that hold the truth about as often as they say, group by group.
//
// Conformal prediction: how far people were from predictions by models that had not seen them (cross-conformal: from
// out-of-fold predictions) says how far the next one will be, whatever the method. Distances are on the learned scale,
// where they differ less between small and large values, and of each side by itself. People are divided into cells,
// each with its own distances, by a column (such as ancestry) and by bands of what is predicted or of what comes true.
// Of the latter nobody knows the band beforehand: every value is asked whether it is within its own band's distances,
// and the interval is from the least to the greatest that is (label-conditional; V. Vovk, Conditional validity of
// inductive conformal predictors, 2012). So large values are covered as often as small ones, at the price of wider
// intervals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::learning {

enum class BandsOf : std::uint8_t { prediction, outcome };

/// How far below and above its prediction a value may be. None on a side: as far as the band goes.
struct IntervalCell {
  std::uint64_t rows = 0;
  std::optional<double> below;
  std::optional<double> above;

  bool operator==(const IntervalCell&) const = default;
};

struct Intervals {
  double level = 0.9;               ///< share of people that are said to be within
  std::string group;                ///< a category of the model's columns; empty: none
  std::vector<std::string> groups;  ///< its levels with cells of their own, from all rows of the level
  BandsOf bands_of = BandsOf::prediction;
  std::vector<double> edges;        ///< where the next band begins, on the learned scale, ascending
  std::vector<IntervalCell> cells;  ///< band after band of each of `groups`, then of everybody else: of all rows

  [[nodiscard]] std::size_t bands() const { return edges.size() + 1; }
  /// Returns the number of the group of a level; that of everybody else where it has no cells of its own.
  [[nodiscard]] std::size_t group_of(std::string_view name) const;

  bool operator==(const Intervals&) const = default;
};

/// Returns what is wrong with them, or nothing.
[[nodiscard]] std::optional<std::string> fault_of(const Intervals& intervals);

struct MarginInterval {
  double low = 0;
  double high = 0;
};

/// Returns the interval about a margin; the margin is in it. Requires: fault_of(intervals) found nothing.
[[nodiscard]] MarginInterval interval_of(const Intervals& intervals, std::size_t group, double margin);

/// Returns the number of the band that a value on the learned scale is in.
[[nodiscard]] std::size_t band_of(std::span<const double> edges, double value);

struct IntervalPlan {
  double level = 0.9;
  std::string group;
  BandsOf bands_of = BandsOf::prediction;
  std::vector<double> edges;   ///< on the learned scale
  std::vector<double> misses;  ///< of each band, the share outside; none: 1 - level each
  /// Each group's misses are multiplied by what makes `level` of the group be within, as a whole: intervals over
  /// several bands hold more than the bands ask for, and a group whose rows are few would else be too sure or too
  /// unsure.
  bool level_of_group = false;
  std::uint32_t fewest = 100;  ///< rows of a group that has cells of its own; of a cell, two fifths of it

  bool operator==(const IntervalPlan&) const = default;
};

/// What happened to people whose outcome is known.
struct Outcome {
  double predicted = 0;   ///< out of fold, on the learned scale
  double observed = 0;    ///< on the same
  std::size_t level = 0;  ///< place in the plan's group column's levels; as many as there are: missing
};

/// Learns intervals. `levels`: of the group column. A cell with too few rows takes all groups' rows of its band, and
/// where these are too few too, its sides have no end but the band's.
[[nodiscard]] Intervals fit_intervals(const IntervalPlan& plan, std::span<const std::string> levels,
                                      std::span<const Outcome> outcomes);

/// Returns each row's interval as if its own fold had not been there: learned from the other folds' rows.
[[nodiscard]] std::vector<MarginInterval> held_out_intervals(const IntervalPlan& plan,
                                                             std::span<const std::string> levels,
                                                             std::span<const Outcome> outcomes,
                                                             std::span<const std::uint32_t> fold_of);

}  // namespace stardose::learning
