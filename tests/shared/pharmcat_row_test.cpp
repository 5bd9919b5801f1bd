// PharmCAT's 742 cases, each a CTest entry of its own: `pharmcat.GENE.CASE` runs the row that STARDOSE_ROW names.
// deliberate_differences.tsv has the rows on which we answer otherwise, with our answer and why: it must stay ours.
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "tests/shared/pharmcat_expectation.h"

namespace stardose::tests {

namespace {

using RowName = std::pair<std::string, std::string>;  // gene, case

std::map<RowName, TableRow> deliberate_differences() {
  std::map<RowName, TableRow> rows;
  for (TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/deliberate_differences.tsv")) {
    rows[{row.at("gene"), row.at("case")}] = row;
  }
  return rows;
}

void check_row(const TableRow& row, const std::map<RowName, TableRow>& deliberate) {
  INFO(row.at("case_id"), " ", row.at("gene"));
  const RowAnswer answer = answer_to(row);
  const std::string differences = join_text(differences_from(row, answer), "\n");
  const auto known = deliberate.find({row.at("gene"), row.at("case_id")});
  if (known == deliberate.end()) {
    CHECK_MESSAGE(differences.empty(), differences << "\nours: " << answer.text());
  } else {
    CHECK_EQ(answer.text(), known->second.at("ours"));
    CHECK_MESSAGE(!differences.empty(), "differs no more: take it off deliberate_differences.tsv");
  }
}

}  // namespace

TEST_SUITE("shared: pharmcat") {
  TEST_CASE("row") {
    if (!shared_is_there()) return;
    // Without a name all of them are run, for a person who wants to see everything at once.
    const char* named = std::getenv("STARDOSE_ROW");  // NOLINT(concurrency-mt-unsafe): no thread yet
    const auto deliberate = deliberate_differences();
    int rows = 0;
    for (const TableRow& row : read_table(pharmcat_path("expected.tsv"))) {
      if (named != nullptr && row.at("gene") + "." + row.at("case_id") != named) continue;
      check_row(row, deliberate);
      ++rows;
    }
    CHECK_GT(rows, 0);
  }

  TEST_CASE("no row is left out") {
    if (!shared_is_there()) return;
    std::set<std::string> listed;
    for (const std::string& name : lines_of(STARDOSE_PHARMCAT_ROWS)) CHECK(listed.insert(name).second);
    std::set<std::string> there;
    std::set<RowName> rows;
    for (const TableRow& row : read_table(pharmcat_path("expected.tsv"))) {
      CHECK(there.insert(row.at("gene") + "." + row.at("case_id")).second);
      rows.emplace(row.at("gene"), row.at("case_id"));
    }
    CHECK(there == listed);
    CHECK_EQ(there.size(), 742);
    for (const auto& [name, row] : deliberate_differences()) {
      CHECK_MESSAGE(rows.contains(name), "no such row: ", name.first, " ", name.second);
      CHECK((row.at("kind") == "deliberate" || row.at("kind") == "open"));
      CHECK_GT(row.at("why").size(), 20);
    }
  }
}

}  // namespace stardose::tests
