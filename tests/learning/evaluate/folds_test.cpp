// Folds: every row once, groups whole, strata even, and the same everywhere.
#include "learning/evaluate/folds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace stardose::learning;

namespace {

std::vector<std::size_t> sizes_of(const Folds& folds) {
  std::vector<std::size_t> sizes(folds.count);
  for (const auto fold : folds.fold_of) ++sizes.at(fold);
  return sizes;
}

}  // namespace

TEST_CASE("random folds differ by a row at most, and by the seed") {
  const std::vector<std::uint32_t> rows(103);
  const Folds folds = make_folds({FoldKind::random, 5, 1}, rows);
  CHECK_EQ(sizes_of(folds), std::vector<std::size_t>{21, 21, 21, 20, 20});
  CHECK_EQ(make_folds({FoldKind::random, 5, 1}, rows).fold_of, folds.fold_of);
  CHECK_NE(make_folds({FoldKind::random, 5, 2}, rows).fold_of, folds.fold_of);
  auto all = folds.held_out(2);
  const auto others = folds.others(2);
  all.insert(all.end(), others.begin(), others.end());
  std::ranges::sort(all);
  for (std::size_t k = 0; k < all.size(); ++k) REQUIRE_EQ(all[k], k);
}

TEST_CASE("the folds of a seed are these, on every machine") {
  CHECK_EQ(make_folds({FoldKind::random, 3, 1}, std::vector<std::uint32_t>(9)).fold_of,
           std::vector<std::uint32_t>{0, 0, 0, 2, 1, 2, 1, 1, 2});
}

TEST_CASE("stratified folds have each stratum's share") {
  std::vector<std::uint32_t> strata;
  for (std::uint32_t k = 0; k < 100; ++k) strata.push_back(k % 10 == 0 ? 1 : 0);
  const Folds folds = make_folds({FoldKind::stratified, 5, 3}, strata);
  std::map<std::uint32_t, int> rare;
  for (std::size_t row = 0; row < 100; ++row) rare[folds.fold_of[row]] += static_cast<int>(strata[row]);
  for (const auto& [fold, count] : rare) CHECK_EQ(count, 2);
  CHECK_EQ(sizes_of(folds), std::vector<std::size_t>{20, 20, 20, 20, 20});
}

TEST_CASE("groups stay whole, in folds of about the same size or each in its own") {
  std::vector<std::uint32_t> groups;
  for (std::uint32_t group = 0; group < 12; ++group) groups.insert(groups.end(), 5 + 3 * group, group * 7);
  for (const FoldKind kind : {FoldKind::grouped, FoldKind::leave_one_group_out}) {
    const Folds folds = make_folds({kind, 4, 1}, groups);
    std::map<std::uint32_t, std::set<std::uint32_t>> folds_of_group;
    for (std::size_t row = 0; row < groups.size(); ++row) folds_of_group[groups[row]].insert(folds.fold_of[row]);
    for (const auto& [group, in] : folds_of_group) CHECK_EQ(in.size(), 1);
    CHECK_EQ(folds.count, kind == FoldKind::grouped ? 4 : 12);
    if (kind == FoldKind::grouped) {
      const auto [least, most] = std::ranges::minmax(sizes_of(folds));
      CHECK_LE(most - least, 10);
    }
  }
}

TEST_CASE("strata of quantities are of one size, by rank") {
  const std::vector<double> targets = {5, 1, 4, 2, 3, 6};
  CHECK_EQ(strata_of(targets, 3), std::vector<std::uint32_t>{2, 0, 1, 0, 1, 2});
}

TEST_CASE("rows that cannot be divided are told") {
  const std::vector<std::uint32_t> rows = {1, 1, 2};
  CHECK_EQ(fault_of({FoldKind::random, 5, 1}, rows), "5 folds for 3 rows");
  CHECK_EQ(fault_of({FoldKind::grouped, 3, 1}, rows), "3 folds for 2 groups");
  CHECK_EQ(fault_of({FoldKind::random, 1, 1}, rows), "1 folds: two are needed at least");
  CHECK_EQ(fault_of({FoldKind::leave_one_group_out, 0, 1}, std::vector<std::uint32_t>{4, 4}),
           "1 groups: two are needed to leave one out");
  CHECK_EQ(fault_of({FoldKind::leave_one_group_out, 0, 1}, rows), std::nullopt);
}
