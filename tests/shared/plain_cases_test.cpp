// PharmCAT's plain cases: where nothing is missing and nothing special is asked, our answer is its answer.
#include <doctest/doctest.h>

#include <set>

#include "tests/shared/pharmcat_cases.h"

namespace stardose::tests {

namespace {

const std::set<std::string> genes{"ABCG2",  "CACNA1S", "CFTR",  "CYP2B6", "CYP2C19", "CYP2C9", "CYP3A4", "CYP3A5",
                                  "CYP4F2", "G6PD",    "IFNL3", "NUDT15", "SLCO1B1", "TPMT",   "UGT1A1", "VKORC1"};

void check_gene(const std::string& gene) {
  if (!shared_is_there()) return;
  int cases = 0;
  for (const TableRow& row : pharmcat_rows()) {
    if (row.at("gene") != gene || !is_plain(row)) continue;
    ++cases;
    INFO(row.at("case_id"));
    CHECK_EQ(difference_in(row).text(), "");
  }
  CHECK_GT(cases, 0);
}

}  // namespace

TEST_SUITE("shared: plain") {
  TEST_CASE("ABCG2") { check_gene("ABCG2"); }
  TEST_CASE("CACNA1S") { check_gene("CACNA1S"); }
  TEST_CASE("CFTR") { check_gene("CFTR"); }
  TEST_CASE("CYP2B6") { check_gene("CYP2B6"); }
  TEST_CASE("CYP2C19") { check_gene("CYP2C19"); }
  TEST_CASE("CYP2C9") { check_gene("CYP2C9"); }
  TEST_CASE("CYP3A4") { check_gene("CYP3A4"); }
  TEST_CASE("CYP3A5") { check_gene("CYP3A5"); }
  TEST_CASE("CYP4F2") { check_gene("CYP4F2"); }
  TEST_CASE("G6PD") { check_gene("G6PD"); }
  TEST_CASE("IFNL3") { check_gene("IFNL3"); }
  TEST_CASE("NUDT15") { check_gene("NUDT15"); }
  TEST_CASE("SLCO1B1") { check_gene("SLCO1B1"); }
  TEST_CASE("TPMT") { check_gene("TPMT"); }
  TEST_CASE("UGT1A1") { check_gene("UGT1A1"); }
  TEST_CASE("VKORC1") { check_gene("VKORC1"); }

  TEST_CASE("no gene is left out") {
    if (!shared_is_there()) return;
    std::set<std::string> there;
    int rows = 0;
    for (const TableRow& row : pharmcat_rows()) {
      if (!is_plain(row)) continue;
      there.insert(row.at("gene"));
      ++rows;
    }
    CHECK(there == genes);
    CHECK_EQ(rows, 168);
  }
}

}  // namespace stardose::tests
