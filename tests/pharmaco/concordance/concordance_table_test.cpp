// A concordance as text.
#include "pharmaco/concordance/concordance_table.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace stardose::pharmaco;

namespace {

Concordance small() {
  Concordance concordance;
  const auto add = [&](const char* gene, Agreement agreement) {
    Pair pair{"S", gene, "*1/*2", "src", "*1/*1", {agreement, true, false, "why"}, "other: *1/*1 (equal)"};
    concordance.genes[gene].add(pair.comparison);
    concordance.pairs.push_back(pair);
  };
  add("AAA", Agreement::equal);
  add("AAA", Agreement::same_phenotype);
  add("BBB", Agreement::not_comparable);
  return concordance;
}

double rounded(double percent) { return std::round(percent * 10) / 10; }

}  // namespace

TEST_CASE("Wilson's interval has its published values") {
  // Newcombe 1998, Stat Med 17:857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29 by the score method.
  const auto check = [](int hits, int of, double low, double high) {
    const Interval interval = wilson_interval(hits, of);
    CHECK(std::abs(interval.low - low) < 0.01);
    CHECK(std::abs(interval.high - high) < 0.01);
  };
  check(81, 263, 25.53, 36.62);
  check(15, 148, 6.24, 16.05);
  check(0, 20, 0.00, 16.11);
  check(1, 29, 0.61, 17.18);
  CHECK(rounded(wilson_interval(10, 10).high) == 100.0);
  CHECK(wilson_interval(0, 0).high == 100.0);
}

TEST_CASE("the table for people has a row a gene and totals") {
  CHECK(concordance_markdown(small()) ==
        "| gene  | compared | equal | alias | among | same phenotype | different | no call | not comparable | same "
        "diplotype, % (95 % CI) | same meaning, % (95 % CI) |\n"
        "| ----- | -------: | ----: | ----: | ----: | -------------: | --------: | ------: | -------------: | "
        "--------------------------: | ------------------------: |\n"
        "| AAA   |        2 |     1 |     0 |     0 |              1 |         0 |       0 |              0 |          "
        "   "
        "50.0 (9.5-90.5) |        100.0 (34.2-100.0) |\n"
        "| BBB   |        0 |     0 |     0 |     0 |              0 |         0 |       0 |              1 |          "
        "   "
        "              - |                         - |\n"
        "| total |        2 |     1 |     0 |     0 |              1 |         0 |       0 |              1 |          "
        "   "
        "50.0 (9.5-90.5) |        100.0 (34.2-100.0) |\n");
}

TEST_CASE("the table for programs has the same numbers") {
  CHECK(concordance_tsv(small()) ==
        "gene\tcompared\tequal\talias\tamong\tsame_phenotype\tdifferent\tno_call\tnot_comparable\tone_assay\t"
        "several_truths\tsame_diplotype_percent\tsame_diplotype_low\tsame_diplotype_high\tsame_meaning_percent\t"
        "same_meaning_low\tsame_meaning_high\n"
        "AAA\t2\t1\t0\t0\t1\t0\t0\t0\t2\t0\t50.0\t9.5\t90.5\t100.0\t34.2\t100.0\n"
        "BBB\t0\t0\t0\t0\t0\t0\t0\t1\t0\t0\t.\t.\t.\t.\t.\t.\n"
        "total\t2\t1\t0\t0\t1\t0\t0\t1\t2\t0\t50.0\t9.5\t90.5\t100.0\t34.2\t100.0\n");
}

TEST_CASE("pairs that are not equal are listed with their reason") {
  CHECK(pairs_tsv(small()) ==
        "gene\tsample\tagreement\ttruth\tcall\treason\tflags\tsource\tother_truths\n"
        "AAA\tS\tsame_phenotype\t*1/*2\t*1/*1\twhy\tone_assay\tsrc\tother: *1/*1 (equal)\n"
        "BBB\tS\tnot_comparable\t*1/*2\t*1/*1\twhy\tone_assay\tsrc\tother: *1/*1 (equal)\n");
}
