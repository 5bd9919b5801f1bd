// Which rows are held out together, to be predicted by what the others teach.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stardose::learning {

enum class FoldKind : std::uint8_t {
  random,
  stratified,  ///< each fold has about the same share of every stratum
  grouped,     ///< rows of a group are held out together
  leave_one_group_out,
};

struct FoldPlan {
  FoldKind kind = FoldKind::random;
  std::uint32_t folds = 5;  ///< not of leave_one_group_out, which has as many as groups
  std::uint64_t seed = 1;

  bool operator==(const FoldPlan&) const = default;
};

/// The fold that each row is held out in; each fold has a row.
struct Folds {
  std::vector<std::uint32_t> fold_of;
  std::uint32_t count = 0;

  [[nodiscard]] std::vector<std::size_t> held_out(std::uint32_t fold) const;  ///< ascending
  [[nodiscard]] std::vector<std::size_t> others(std::uint32_t fold) const;    ///< ascending
};

/// Returns why rows cannot be divided so, or nothing: fewer than 2 folds, rows or groups, or fewer of these than folds.
/// `labels`: the strata or groups of rows; of random folds it is not looked at.
[[nodiscard]] std::optional<std::string> fault_of(const FoldPlan& plan, std::span<const std::uint32_t> labels);

/// Divides rows. The same plan and labels give the same folds on every machine.
/// Requires: fault_of(plan, labels) found nothing.
[[nodiscard]] Folds make_folds(const FoldPlan& plan, std::span<const std::uint32_t> labels);

/// Returns strata of quantities: as many classes of about the same size, by rank; equals may be in two.
[[nodiscard]] std::vector<std::uint32_t> strata_of(std::span<const double> targets, std::uint32_t count);

}  // namespace stardose::learning
