// Every PharmCAT case with default definitions, special genes and missing positions included: a guard, not a promise.
// known_differences.tsv names the cases in which we differ, and why; a new difference fails, and so does a vanished
// one.
#include <doctest/doctest.h>

#include <map>

#include "tests/shared/pharmcat_cases.h"

namespace stardose::tests {

TEST_SUITE("shared: default definitions") {
  TEST_CASE("only the known cases differ") {
    if (!shared_is_there()) return;
    std::map<std::pair<std::string, std::string>, std::string> known;
    for (const TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/known_differences.tsv")) {
      CHECK_FALSE(row.at("reason").empty());
      known[{row.at("case"), row.at("gene")}] = row.at("reason");
    }
    int rows = 0;
    for (const TableRow& row : pharmcat_rows()) {
      if (!has_default_definitions(row)) continue;
      ++rows;
      const std::string differs = difference_in(row);
      const bool is_known = known.erase({row.at("case_id"), row.at("gene")}) > 0;
      INFO(row.at("case_id"), " ", row.at("gene"));
      if (is_known) {
        CHECK_MESSAGE(!differs.empty(), "differs no more: take it off known_differences.tsv");
      } else {
        CHECK_EQ(differs, "");
      }
    }
    CHECK_EQ(rows, 569);
    for (const auto& [key, reason] : known) FAIL_CHECK("in known_differences.tsv but no case: ", key.first);
  }
}

}  // namespace stardose::tests
