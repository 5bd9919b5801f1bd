// Lines of the tables.
#include "pharmaco/report/table.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "pharmaco/knowledge/tsv.h"

using namespace stardose::pharmaco;

namespace {

std::size_t columns(std::string_view header) {
  REQUIRE(header.ends_with('\n'));
  return split(header.substr(0, header.size() - 1), "\t").size();
}

/// The row's cells; the sample's, which someone else writes, is left out.
std::vector<std::string_view> cells(const std::string& row) {
  REQUIRE(row.starts_with('\t'));
  REQUIRE(std::ranges::count(row, '\n') == 1);
  REQUIRE(row.ends_with('\n'));
  return split(std::string_view{row}.substr(1, row.size() - 2), "\t");
}

}  // namespace

TEST_CASE("a cell shows control characters as spaces and nothing as a point") {
  CHECK(cell("a\tb\nc\rd") == "a b c d");
  CHECK(cell(std::string_view{"a\0b\x7f", 4}) == "a b ");
  CHECK(cell("") == ".");
  CHECK(cell("*1/*2, \u2265 3") == "*1/*2, \u2265 3");
}

TEST_CASE("a row of calls has a cell for each column, in the header's order") {
  GeneFinding finding;
  finding.gene = "CYP2C19";
  finding.status = CallStatus::ambiguous;
  finding.diplotypes = {"*1/*2", "*3/*4"};
  finding.phenotypes = {"Poor", "Normal"};
  finding.activity_scores = {"1.5"};
  finding.reason = "why";
  finding.basis = "variants";
  finding.phasing = "unphased";
  finding.sites_total = 7;
  finding.sites_seen = 4;
  finding.sites_in_blocks = 5;
  finding.sites_assumed = 2;
  finding.sites_missing = 6;
  finding.sites_filtered = 1;
  finding.sites_undocumented = 3;
  finding.untested_alleles = {"*8", "*9"};
  finding.remarks = {"One.", "Two."};
  finding.could_also_be = {"Poor", "Rapid"};
  finding.posteriors = {0.75, 0.25};
  const std::string row = calls_row(finding);
  CHECK(cells(row) == std::vector<std::string_view>{"CYP2C19",
                                                    "ambiguous",
                                                    "*1/*2;*3/*4",
                                                    "Poor;Normal",
                                                    "1.5",
                                                    "why",
                                                    "variants",
                                                    "unphased",
                                                    "7",
                                                    "4",
                                                    "5",
                                                    "2",
                                                    "6",
                                                    "1",
                                                    "3",
                                                    "2",
                                                    "One. Two.",
                                                    "Poor;Rapid",
                                                    "0.7500;0.2500",
                                                    ".",
                                                    "."});
  CHECK(cells(row).size() + 1 == columns(calls_header()));
}

TEST_CASE("an empty finding and empty advice still fill every column") {
  CHECK(cells(calls_row({})).size() + 1 == columns(calls_header()));
  CHECK(cells(guidance_row({})).size() + 1 == columns(guidance_header()));
  const std::string row = calls_row({});
  for (const std::string_view text : cells(row)) CHECK_FALSE(text.empty());
}

TEST_CASE("tabs and newlines in any text cannot break a row") {
  GeneFinding finding;
  finding.gene = "a\tb";
  finding.diplotypes = {"x\ny", "z"};
  finding.remarks = {"r\r\ns"};
  CHECK(cells(calls_row(finding)).size() + 1 == columns(calls_header()));
  Advice advice;
  advice.drug = "d\te";
  advice.sentence = "f\ng";
  advice.alternatives = {"h\t", "\ni"};
  advice.basis = {{"G\t1", "*1\n", "p\t"}};
  CHECK(cells(guidance_row(advice)).size() + 1 == columns(guidance_header()));
}

TEST_CASE("a row of guidance joins genes and results, gene by gene") {
  Advice advice;
  advice.drug = "warfarin";
  advice.basis = {{"CYP2C9", "*1/*2", "Intermediate"}, {"VKORC1", "", ""}};
  const std::string row = guidance_row(advice);
  const auto header = split(guidance_header().substr(0, guidance_header().size() - 1), "\t");
  const auto at = [&](std::string_view name) {
    return cells(row)[static_cast<std::size_t>(std::ranges::find(header, name) - header.begin()) - 1];
  };
  CHECK(at("drug") == "warfarin");
  CHECK(at("genes") == "CYP2C9 | VKORC1");
  CHECK(at("results") == "*1/*2 Intermediate | . .");
  CHECK(at("level") == "unknown");
}

TEST_CASE("each match is a row with its rank; equal scores share one") {
  GeneFinding finding;
  finding.gene = "CYP2B6";
  finding.matches = {{"*1/*34", 52, true, "Intermediate Metabolizer", ""},
                     {"*33/*36", 4, false, "Indeterminate", "0.5"},
                     {"*7/*9", 4, false, "", ""},
                     {"*2/*3", 2, false, "", ""}};
  const std::vector<std::string> rows = match_rows(finding);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0] == "\tCYP2B6\t1\t52\tyes\t*1/*34\tIntermediate Metabolizer\t.\n");
  CHECK(rows[1] == "\tCYP2B6\t2\t4\tno\t*33/*36\tIndeterminate\t0.5\n");
  CHECK(rows[2] == "\tCYP2B6\t2\t4\tno\t*7/*9\t.\t.\n");
  CHECK(rows[3].starts_with("\tCYP2B6\t4\t2\tno"));
  CHECK(cells(rows[0]).size() + 1 == columns(matches_header()));
  CHECK(match_rows({}).empty());
}
