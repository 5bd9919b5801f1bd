// Costs with gaps: by hand, and beside a plain reckoning that leaves nothing out.
#include "genomics/reads/gapped_cost.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/builders/donor.h"
#include "tests/reads/random.h"

namespace stardose::genomics {

namespace {

std::vector<std::uint8_t> numbers(const std::string& bases) {
  std::vector<std::uint8_t> result;
  for (const char base : bases) result.push_back(base_number(base));
  return result;
}

int cost(const std::string& piece, const std::string& haplotype, std::int64_t start, const GapFree& gap_free = {},
         int most = impossible_cost - 1) {
  const std::vector<std::uint8_t> bases = numbers(haplotype);
  GappedCost cost{bases};
  return cost(numbers(piece), std::vector<std::uint8_t>(piece.size(), 30), start, start, gap_free, most);
}

// All cells of all rows, each gap as long as it likes: slow and plain.
int plain_cost(const std::vector<std::uint8_t>& piece, const std::vector<std::uint8_t>& qualities,
               const std::vector<std::uint8_t>& haplotype, const GapFree& gap_free = {}) {
  const auto open = [&](bool forbidden) { return forbidden ? impossible_cost : gap_open_cost; };
  struct Cell {
    int aligned = impossible_cost;
    int inserted = impossible_cost;
    int deleted = impossible_cost;
  };
  std::vector<std::vector<Cell>> cells(piece.size() + 1, std::vector<Cell>(haplotype.size() + 1));
  for (Cell& cell : cells.front()) cell.aligned = 0;
  int best = impossible_cost;
  for (std::size_t i = 1; i <= piece.size(); ++i) {
    for (std::size_t j = 1; j <= haplotype.size(); ++j) {
      const auto column = static_cast<std::int64_t>(j);
      const Cell& before = cells[i - 1][j - 1];
      Cell& cell = cells[i][j];
      cell.aligned = std::min({before.aligned, before.inserted, before.deleted}) +
                     base_cost(piece[i - 1], qualities[i - 1], haplotype[j - 1]);
      if (i > 1) {
        const Cell& above = cells[i - 1][j];
        const bool forbidden = column >= gap_free.begin && column <= gap_free.end;
        cell.inserted = std::min(above.aligned + open(forbidden), above.inserted + gap_extend_cost);
      }
      const Cell& left = cells[i][j - 1];
      const bool kept = column - 1 >= gap_free.begin && column - 1 < gap_free.end;
      cell.deleted = kept ? impossible_cost : std::min(left.aligned + gap_open_cost, left.deleted + gap_extend_cost);
      if (i == piece.size()) best = std::min({best, cell.aligned, cell.inserted});
    }
  }
  return best;
}

}  // namespace

TEST_CASE("a gap costs its opening and its length, a wrong base its quality") {
  const std::string haplotype = test::random_bases(80, 5);
  const std::string left = haplotype.substr(10, 30);
  CHECK(cost(left, haplotype, 10) == 0);
  CHECK(cost(left + haplotype.substr(41, 30), haplotype, 10) == gap_open_cost);
  CHECK(cost(left + haplotype.substr(43, 30), haplotype, 10) == gap_open_cost + 2 * gap_extend_cost);
  const std::string other = haplotype[40] == 'A' ? "CC" : "AA";
  CHECK(cost(left + other + haplotype.substr(40, 30), haplotype, 10) == gap_open_cost + gap_extend_cost);
  std::string wrong = haplotype.substr(10, 60);
  wrong[20] = wrong[20] == 'A' ? 'C' : 'A';
  CHECK(cost(wrong, haplotype, 10) == 30);
}

TEST_CASE("no gap where none may lie, and nothing dearer than asked for") {
  const std::string haplotype = test::random_bases(80, 5);
  const std::string gapped = haplotype.substr(10, 30) + haplotype.substr(41, 30);
  CHECK(cost(gapped, haplotype, 10, {30, 50}) > gap_open_cost);
  CHECK(cost(gapped, haplotype, 10, {}, gap_open_cost) == gap_open_cost);
  CHECK(cost(gapped, haplotype, 10, {}, gap_open_cost - 1) == impossible_cost);
}

TEST_CASE("anchors may lie as far apart as an aligner likes") {
  const std::vector<std::uint8_t> bases = numbers(test::random_bases(80, 5));
  const std::vector<std::uint8_t> piece(bases.begin() + 10, bases.begin() + 40);
  const std::vector<std::uint8_t> qualities(piece.size(), 30);
  GappedCost cost{bases};
  for (const std::int64_t far : {std::int64_t{0}, std::int64_t{1} << 40, -(std::int64_t{1} << 40)}) {
    const int there = cost(piece, qualities, far + 10, far + 10, {}, impossible_cost - 1);
    CHECK(there == (far == 0 ? 0 : static_cast<int>(piece.size()) * unknown_base_cost));
    CHECK(cost(piece, qualities, 10, 10, {}, impossible_cost - 1) == 0);
  }
}

TEST_CASE("any number of diagonals has its cells") {
  const std::vector<std::uint8_t> bases = numbers(test::random_bases(200, 5));
  const std::vector<std::uint8_t> piece(bases.begin() + 60, bases.begin() + 90);
  const std::vector<std::uint8_t> qualities(piece.size(), 30);
  for (std::int64_t apart = 0; apart < 70; ++apart) {  // whole vectors of both sizes several times over
    GappedCost cost{bases};
    CHECK(cost(piece, qualities, 60, 60 + apart, {}, impossible_cost - 1) == 0);
    CHECK(cost(piece, qualities, 60 - apart, 60, {}, impossible_cost - 1) == 0);
    CHECK(cost(piece, qualities, 47 - apart, 47, {}, impossible_cost - 1) > 0);  // a diagonal short of 12 away
  }
}

TEST_CASE("bases cost the same one by one and many at once, beyond the haplotype's ends too") {
  tests::Random random{11};
  for (int round = 0; round < 400; ++round) {
    std::vector<std::uint8_t> haplotype = numbers(test::random_bases(130, static_cast<unsigned>(round)));
    for (int marks = 0; marks < round % 5; ++marks) {
      std::uint8_t& base = haplotype[random.below(haplotype.size())];
      base = marks == 0 ? unknown_base : variable_base(base & 3U, static_cast<std::uint8_t>(random.below(16)));
    }
    const auto start = static_cast<std::int64_t>(random.below(180)) - 40;
    std::vector<std::uint8_t> piece;
    std::vector<std::uint8_t> qualities;
    int plain = 0;
    const std::size_t length = random.below(120);
    for (std::size_t k = 0; k < length; ++k) {
      const std::int64_t column = start + static_cast<std::int64_t>(k);
      const bool inside = column >= 0 && column < std::ssize(haplotype);
      const std::uint8_t own = inside ? haplotype[static_cast<std::size_t>(column)] : unknown_base;
      piece.push_back(random.below(4) == 0 ? static_cast<std::uint8_t>(random.below(5)) : own_base(own));
      qualities.push_back(static_cast<std::uint8_t>(random.below(41)));
      plain += base_cost(piece.back(), qualities.back(), own);
    }
    CHECK(cost_without_gaps(piece, qualities, haplotype, start) == plain);
  }
}

TEST_CASE("leaving out what is too dear changes no cost") {
  tests::Random random{7};
  int gapped = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string haplotype = test::random_bases(120, static_cast<unsigned>(round));
    std::vector<std::uint8_t> bases = numbers(haplotype);
    if (round % 3 == 0) bases[45 + random.below(30)] = variable_base(0, static_cast<std::uint8_t>(random.below(16)));
    GappedCost quick{bases};
    std::string piece = haplotype.substr(40, 20) + haplotype.substr(60 + random.below(4), 20);
    for (int errors = 0; errors < round % 7; ++errors) piece[random.below(piece.size())] = "ACGTN"[random.below(5)];
    std::vector<std::uint8_t> qualities;
    for (std::size_t k = 0; k < piece.size(); ++k) qualities.push_back(static_cast<std::uint8_t>(random.below(41)));
    const int plain = plain_cost(numbers(piece), qualities, bases);
    const int found = quick(numbers(piece), qualities, 40, 40, {}, impossible_cost - 1);
    CHECK(found == plain);
    const auto wide = static_cast<std::int64_t>(random.below(30));
    const int found_wide = quick(numbers(piece), qualities, 40 - wide, 40 + 2 * wide, {}, impossible_cost - 1);
    CHECK(found_wide <= plain);  // unknown bases beyond the ends may be cheaper
    if (plain <= 180) CHECK(found_wide == plain);
    for (const int most : {0, 59, 60, 61, 180, 181, 600}) {
      const int bounded = quick(numbers(piece), qualities, 40, 40, {}, most);
      CHECK(bounded == (found <= most ? found : impossible_cost));
    }
    const auto begin = static_cast<std::int64_t>(50 + random.below(20));
    const GapFree gap_free{begin, begin + static_cast<std::int64_t>(random.below(8))};
    CHECK(quick(numbers(piece), qualities, 40 - static_cast<std::int64_t>(random.below(9)), 40, gap_free,
                impossible_cost - 1) == plain_cost(numbers(piece), qualities, bases, gap_free));
    gapped += found >= gap_open_cost ? 1 : 0;
  }
  CHECK(gapped > 100);
}

}  // namespace stardose::genomics
