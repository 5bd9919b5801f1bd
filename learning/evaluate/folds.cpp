// Shuffling rows and groups, and dealing them out.
#include "learning/evaluate/folds.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "genomics/expect.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

std::map<std::uint32_t, std::vector<std::size_t>> rows_by_label(std::span<const std::uint32_t> labels) {
  std::map<std::uint32_t, std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < labels.size(); ++row) rows[labels[row]].push_back(row);
  return rows;
}

/// Rows are dealt out in turn, so that folds differ by one row at most.
Folds deal(const std::vector<std::size_t>& order, std::uint32_t count) {
  Folds folds{std::vector<std::uint32_t>(order.size()), count};
  for (std::size_t k = 0; k < order.size(); ++k) folds.fold_of[order[k]] = static_cast<std::uint32_t>(k % count);
  return folds;
}

Folds random_folds(const FoldPlan& plan, std::size_t rows) {
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  SeededRandom{plan.seed}.shuffle(order);
  return deal(order, plan.folds);
}

/// Stratum after stratum, dealt on where the last one ended.
Folds stratified_folds(const FoldPlan& plan, std::span<const std::uint32_t> strata) {
  SeededRandom random{plan.seed};
  std::vector<std::size_t> order;
  for (auto& [stratum, rows] : rows_by_label(strata)) {
    random.shuffle(rows);
    order.insert(order.end(), rows.begin(), rows.end());
  }
  return deal(order, plan.folds);
}

/// The largest group first, each to the fold with fewest rows; groups of one size in random order.
Folds grouped_folds(const FoldPlan& plan, std::span<const std::uint32_t> groups) {
  std::vector<std::vector<std::size_t>> members;
  for (auto& [group, rows] : rows_by_label(groups)) members.push_back(std::move(rows));
  SeededRandom{plan.seed}.shuffle(members);
  std::ranges::stable_sort(members, std::greater{}, [](const auto& rows) { return rows.size(); });
  Folds folds{std::vector<std::uint32_t>(groups.size()), plan.folds};
  std::vector<std::size_t> sizes(plan.folds);
  for (const auto& rows : members) {
    const auto smallest = std::ranges::min_element(sizes);
    *smallest += rows.size();
    for (const std::size_t row : rows) folds.fold_of[row] = static_cast<std::uint32_t>(smallest - sizes.begin());
  }
  return folds;
}

Folds group_by_group(std::span<const std::uint32_t> groups) {
  Folds folds{std::vector<std::uint32_t>(groups.size()), 0};
  for (const auto& [group, rows] : rows_by_label(groups)) {
    for (const std::size_t row : rows) folds.fold_of[row] = folds.count;
    ++folds.count;
  }
  return folds;
}

}  // namespace

std::vector<std::size_t> Folds::held_out(std::uint32_t fold) const {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < fold_of.size(); ++row) {
    if (fold_of[row] == fold) rows.push_back(row);
  }
  return rows;
}

std::vector<std::size_t> Folds::others(std::uint32_t fold) const {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < fold_of.size(); ++row) {
    if (fold_of[row] != fold) rows.push_back(row);
  }
  return rows;
}

std::optional<std::string> fault_of(const FoldPlan& plan, std::span<const std::uint32_t> labels) {
  const bool by_group = plan.kind == FoldKind::grouped || plan.kind == FoldKind::leave_one_group_out;
  const std::size_t parts = by_group ? rows_by_label(labels).size() : labels.size();
  const char* what = by_group ? "groups" : "rows";
  if (plan.kind == FoldKind::leave_one_group_out) {
    return parts < 2 ? std::optional{fmt::format("{} groups: two are needed to leave one out", parts)} : std::nullopt;
  }
  if (plan.folds < 2) return fmt::format("{} folds: two are needed at least", plan.folds);
  if (parts < plan.folds) return fmt::format("{} folds for {} {}", plan.folds, parts, what);
  return std::nullopt;
}

Folds make_folds(const FoldPlan& plan, std::span<const std::uint32_t> labels) {
  STARDOSE_EXPECT(!fault_of(plan, labels));
  switch (plan.kind) {
    case FoldKind::random: return random_folds(plan, labels.size());
    case FoldKind::stratified: return stratified_folds(plan, labels);
    case FoldKind::grouped: return grouped_folds(plan, labels);
    case FoldKind::leave_one_group_out: return group_by_group(labels);
  }
  return {};
}

std::vector<std::uint32_t> strata_of(std::span<const double> targets, std::uint32_t count) {
  std::vector<std::size_t> order(targets.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t row) { return targets[row]; });
  std::vector<std::uint32_t> strata(targets.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    strata[order[rank]] = static_cast<std::uint32_t>(rank * count / order.size());
  }
  return strata;
}

}  // namespace stardose::learning
