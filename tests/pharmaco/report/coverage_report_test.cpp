// Figures of a gene's coverage.
#include "pharmaco/report/coverage_report.h"

#include <doctest/doctest.h>

#include "pharmaco/report/table.h"

using namespace stardose::pharmaco;

namespace {

GeneCoverage three_positions() {
  return {"TEST",
          true,
          {{0, "chr1:100", 30, 20, 60, true}, {1, "chr1:200", 10, 4, 20, false}, {2, "chr1:300", 0, 0, 0, false}}};
}

}  // namespace

TEST_CASE("a gene's figures are those of its positions") {
  const GeneCoverage gene = three_positions();
  CHECK(gene.callable() == 1);
  CHECK(gene.least_depth() == 0);
  CHECK(gene.mean_depth() == doctest::Approx(8));
  CHECK(gene.mean_mapping_quality() == doctest::Approx(50));  // each read counts once: (30*60 + 10*20) / 40
}

TEST_CASE("a gene without positions has no figures, and does not fall short") {
  const GeneCoverage gene{"TEST", true, {}};
  CHECK(gene.callable() == 0);
  CHECK(gene.least_depth() == 0);
  CHECK(gene.mean_depth() == 0);
  CHECK(gene.mean_mapping_quality() == 0);
  CHECK_FALSE(CoverageReport{.min_callable = 0.9}.falls_short(gene));
}

TEST_CASE("what falls short is what a call would be refused for") {
  const GeneCoverage gene = three_positions();
  CHECK(CoverageReport{.min_callable = 0.34}.falls_short(gene));
  CHECK_FALSE(CoverageReport{.min_callable = 0.33}.falls_short(gene));
}

TEST_CASE("coverage.tsv has a line a position under its header's columns") {
  CHECK(coverage_header() == "sample\tgene\tposition\tdepth\tusable_depth\tmapping_quality\tcallable\n");
  CHECK(coverage_rows(three_positions(), "S1") ==
        "S1\tTEST\tchr1:100\t30\t20\t60\tyes\n"
        "S1\tTEST\tchr1:200\t10\t4\t20\tno\n"
        "S1\tTEST\tchr1:300\t0\t0\t0\tno\n");
}
