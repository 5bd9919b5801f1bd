// Sums of weights: every kernel is the plain loop.
#include "genomics/matrix/weighted_sums.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "genomics/matrix/bed_row.h"
#include "genomics/matrix/row_counts.h"

using namespace stardose::genomics;

namespace {

using Row = std::vector<std::uint8_t>;

struct Rows {
  std::size_t samples = 0;
  std::vector<Row> rows;
  std::vector<std::vector<CodeValues>> values;  // row, column
};

Rows random_rows(std::size_t samples, std::size_t columns, std::size_t count, std::mt19937_64& random) {
  Rows all{samples, {}, {}};
  // The largest that many rows can have without an overflow.
  std::uniform_int_distribution<std::int64_t> value{-(std::int64_t{1} << 54), std::int64_t{1} << 54};
  for (std::size_t k = 0; k < count; ++k) {
    Row row(bed_row_size(samples));
    std::ranges::generate(row, [&] { return static_cast<std::uint8_t>(random()); });  // bits behind the last sample too
    all.rows.push_back(row);
    std::vector<CodeValues> values(columns);
    for (CodeValues& of_column : values) {
      for (std::int64_t& of_code : of_column) of_code = value(random);
    }
    all.values.push_back(values);
  }
  return all;
}

std::int64_t naive(const Rows& all, std::size_t column, std::size_t sample) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < all.rows.size(); ++k) sum += all.values[k][column][code_at(all.rows[k], sample)];
  return sum;
}

bool are_naive(WeightedSums& sums, const Rows& all) {
  for (std::size_t column = 0; column < sums.columns(); ++column) {
    for (std::size_t sample = 0; sample < all.samples; ++sample) {
      if (sums.sum(column, sample) != naive(all, column, sample)) return false;
    }
  }
  return true;
}

}  // namespace

TEST_SUITE("weighted sums") {
  TEST_CASE("every kernel that this machine has gives the sums of the plain loop") {
    std::mt19937_64 random{1};
    for (const SumKernel kernel : {SumKernel::portable, SumKernel::avx2, SumKernel::fastest}) {
      if (!has_kernel(kernel)) {
        MESSAGE("this machine has no AVX2");
        continue;
      }
      for (const std::size_t samples : {1, 3, 4, 5, 63, 1023, 1024, 1025, 2051}) {
        for (const std::size_t columns : {1, 2, 3, 4, 7, 8, 10, 12, 13, 25}) {
          const std::size_t count = 1 + random() % 50;
          CAPTURE(samples);
          CAPTURE(columns);
          CAPTURE(count);
          const Rows all = random_rows(samples, columns, count, random);
          WeightedSums sums{samples, columns, kernel};
          for (std::size_t k = 0; k < count; ++k) sums.add_row(all.rows[k], all.values[k]);
          CHECK(are_naive(sums, all));
        }
      }
    }
  }

  TEST_CASE("asking in between changes nothing, nor does the number of rows that are not a whole block") {
    std::mt19937_64 random{2};
    for (std::size_t count = 0; count < 40; ++count) {
      const Rows all = random_rows(9, 2, count, random);
      WeightedSums sums{9, 2};
      for (std::size_t k = 0; k < count; ++k) {
        sums.add_row(all.rows[k], all.values[k]);
        if (random() % 3 == 0) (void)sums.sum(1, 8);
      }
      CHECK(are_naive(sums, all));
    }
  }

  TEST_CASE("parts joined in any order are the whole") {
    std::mt19937_64 random{3};
    const Rows all = random_rows(301, 11, 200, random);
    std::vector<WeightedSums> parts(7, WeightedSums{301, 11});
    for (std::size_t k = 0; k < 200; ++k) parts[random() % 7].add_row(all.rows[k], all.values[k]);
    std::ranges::shuffle(parts, random);
    WeightedSums sums{301, 11};
    for (WeightedSums& part : parts) sums.add_all(part);
    CHECK(are_naive(sums, all));
    sums.add_to(3, 300, 5);
    CHECK(sums.sum(3, 300) == naive(all, 3, 300) + 5);
  }
}

TEST_SUITE("codes of a row") {
  TEST_CASE("counts, the missing ones and a choice of samples are what one sees sample by sample") {
    std::mt19937_64 random{4};
    for (std::size_t samples = 1; samples < 140; ++samples) {
      const Row row = random_rows(samples, 1, 1, random).rows.front();
      RowCounts counts{};
      std::vector<std::uint32_t> missing;
      std::vector<int> chosen;
      for (std::uint32_t k = 0; k < samples; ++k) {
        ++counts[code_at(row, k)];
        if (code_at(row, k) == bed_code::missing) missing.push_back(k);
        if (random() % 2 == 0) chosen.push_back(static_cast<int>(k));
      }
      CHECK(count_codes(row, samples) == counts);
      std::vector<std::uint32_t> found{77};
      find_missing(row, samples, found);
      CHECK(found == missing);
      Row picked(bed_row_size(chosen.size()), 0xFF);
      pick_samples(row, chosen, picked);
      for (std::size_t k = 0; k < chosen.size(); ++k) {
        CHECK(code_at(picked, k) == code_at(row, static_cast<std::size_t>(chosen[k])));
      }
    }
  }
}
