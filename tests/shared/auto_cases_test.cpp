// 12,318 generated cases, a sample each, with PharmCAT's answers: one run of the program for each gene and set.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

struct Count {
  int equal = 0;
  int total = 0;
  std::vector<std::string> differing;
};

void add_distinct(std::vector<std::string>& list, const std::string& text) {
  if (std::ranges::find(list, text) == list.end()) list.push_back(text);
}

/// `a/b=12;a/b=12;c/d=12` without scores; suballeles of one core are one answer, so repeats go. Unphased DPYD has no
/// diplotypes but a list of alleles.
std::string expected_diplotypes(const TableRow& row) {
  if (row.at("top").empty()) return row.at("haplotypes").empty() ? "." : row.at("haplotypes");
  std::vector<std::string> names;
  for (const std::string& item : split_text(row.at("top"), ";")) add_distinct(names, item.substr(0, item.rfind('=')));
  return join_text(names, ";");
}

/// Distinct values of a cell without those that say nothing; "Indeterminate" is its `n/a`.
std::vector<std::string> stated(const std::string& cell) {
  static const std::set<std::string> nothing{"", ".", "null", "None", "n/a", "No Result", "Indeterminate"};
  std::vector<std::string> values;
  for (const std::string& value : split_text(cell, ";")) {
    if (!nothing.contains(value)) add_distinct(values, value);
  }
  return values;
}

/// What follows from equal diplotypes must be equal, where it states anything.
void check_consequences(const TableRow& expected, const TableRow& ours) {
  for (const char* column : {"phenotype", "activity_score"}) {
    const std::vector<std::string> wanted = stated(expected.at(column));
    if (wanted.empty()) continue;
    INFO(expected.at("sample"), " ", column);
    CHECK_EQ(join_text(wanted, ";"), join_text(stated(ours.at(column)), ";"));
  }
}

Count count_equal(const std::string& gene, const std::string& set) {
  const std::string stem = shared_path("cases/pharmcat/auto/" + gene + "." + set);
  const TempFolder folder;
  const ProgramResult run = run_program({"run", "--input", stem + ".vcf.gz", "--genes", gene, "--from-small-variants",
                                         gene, "--write", "calls", "--output", folder / "out"});
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  std::map<std::string, TableRow> ours;
  for (TableRow& row : read_table(folder / "out/calls.tsv")) ours[row.at("sample")] = row;
  Count count;
  for (const TableRow& row : read_table(stem + ".pharmcat.tsv.gz")) {
    const std::string expected = expected_diplotypes(row);
    // Random genotypes that it cannot name by whole alleles went to its combination mode, which we have not.
    if (set == "random" && expected == ".") continue;
    const TableRow& own = ours.at(row.at("sample"));
    ++count.total;
    if (own.at("diplotype") == expected) {
      ++count.equal;
      check_consequences(row, own);
    } else {
      count.differing.push_back(row.at("sample") + ": expected " + expected + ", got " + own.at("diplotype"));
    }
  }
  return count;
}

bool has_set(const std::string& gene, const std::string& set) {
  return std::filesystem::exists(shared_path("cases/pharmcat/auto/" + gene + "." + set + ".vcf.gz"));
}

/// floors.tsv holds, for each gene and set, how many must be equal of how many.
std::map<std::pair<std::string, std::string>, std::pair<int, int>> read_floors() {
  std::map<std::pair<std::string, std::string>, std::pair<int, int>> floors;
  for (const TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/auto_floors.tsv")) {
    floors[{row.at("gene"), row.at("set")}] = {std::stoi(row.at("equal")), std::stoi(row.at("total"))};
  }
  return floors;
}

void check_gene(const std::string& gene) {
  if (!shared_is_there()) return;
  const auto floors = read_floors();
  for (const std::string set : {"unphased", "phased", "missing", "haploid", "random"}) {
    if (!has_set(gene, set)) continue;
    const Count count = count_equal(gene, set);
    MESSAGE(gene, " ", set, ": ", count.equal, " of ", count.total, " equal");
    for (std::size_t i = 0; i < count.differing.size() && i < 5; ++i) MESSAGE(count.differing[i]);
    REQUIRE(floors.contains({gene, set}));
    const auto [equal, total] = floors.at({gene, set});
    CHECK_EQ(count.total, total);
    CHECK_GE(count.equal, equal);
  }
}

}  // namespace

TEST_SUITE("shared: auto") {
  TEST_CASE("ABCG2") { check_gene("ABCG2"); }
  TEST_CASE("CACNA1S") { check_gene("CACNA1S"); }
  TEST_CASE("CFTR") { check_gene("CFTR"); }
  TEST_CASE("CYP2B6") { check_gene("CYP2B6"); }
  TEST_CASE("CYP2C19") { check_gene("CYP2C19"); }
  TEST_CASE("CYP2C9") { check_gene("CYP2C9"); }
  TEST_CASE("CYP2D6") { check_gene("CYP2D6"); }
  TEST_CASE("CYP3A4") { check_gene("CYP3A4"); }
  TEST_CASE("CYP3A5") { check_gene("CYP3A5"); }
  TEST_CASE("CYP4F2") { check_gene("CYP4F2"); }
  TEST_CASE("DPYD") { check_gene("DPYD"); }
  TEST_CASE("G6PD") { check_gene("G6PD"); }
  TEST_CASE("IFNL3") { check_gene("IFNL3"); }
  TEST_CASE("NAT2") { check_gene("NAT2"); }
  TEST_CASE("NUDT15") { check_gene("NUDT15"); }
  TEST_CASE("RYR1") { check_gene("RYR1"); }
  TEST_CASE("SLCO1B1") { check_gene("SLCO1B1"); }
  TEST_CASE("TPMT") { check_gene("TPMT"); }
  TEST_CASE("UGT1A1") { check_gene("UGT1A1"); }
  TEST_CASE("VKORC1") { check_gene("VKORC1"); }

  TEST_CASE("no gene is left out") {
    if (!shared_is_there()) return;
    std::set<std::pair<std::string, std::string>> there;
    for (const auto& entry : std::filesystem::directory_iterator{shared_path("cases/pharmcat/auto")}) {
      const std::vector<std::string> parts = split_text(entry.path().filename().string(), ".");
      there.emplace(parts.at(0), parts.at(1));
    }
    std::set<std::pair<std::string, std::string>> listed;
    for (const auto& [key, counts] : read_floors()) listed.insert(key);
    CHECK(there == listed);
  }
}

}  // namespace stardose::tests
