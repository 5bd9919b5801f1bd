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
    std::map<std::pair<std::string, std::string>, TableRow> known;
    for (const TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/known_differences.tsv")) {
      CHECK_FALSE(row.at("reason").empty());
      CHECK((row.at("phenotype") == "same" || row.at("phenotype") == "differs"));
      known[{row.at("case"), row.at("gene")}] = row;
    }
    int rows = 0;
    for (const TableRow& row : pharmcat_rows()) {
      if (!has_default_definitions(row)) continue;
      ++rows;
      const Difference differs = difference_in(row);
      INFO(row.at("case_id"), " ", row.at("gene"));
      const auto at = known.find({row.at("case_id"), row.at("gene")});
      if (at == known.end()) {
        CHECK_EQ(differs.text(), "");
      } else {
        CHECK_MESSAGE(!differs.text().empty(), "differs no more: take it off known_differences.tsv");
        CHECK_EQ(std::string{differs.consequence.empty() ? "same" : "differs"}, at->second.at("phenotype"));
        known.erase(at);
      }
    }
    CHECK_EQ(rows, 569);
    for (const auto& [key, row] : known) FAIL_CHECK("in known_differences.tsv but no case: ", key.first);
  }
}

}  // namespace stardose::tests
