// 12,318 generated cases, a sample each, with PharmCAT's answers: a run of the program for each gene and set, and one
// more for random genotypes as combinations. auto_differences.tsv has the samples on which we answer otherwise, and
// why.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

using Names = std::vector<std::string>;

struct Answer {
  TableRow call;
  Names called;   // `*1/*2=51`, best first
  Names matches;  // likewise, those that fit less well too
};

/// `a/b=12;a/b=12;c/d=12`; suballeles of one core are one answer, so repeats go.
Names without_repeats(const std::string& cell) {
  Names items;
  std::set<std::string> seen;
  for (const std::string& item : split_text(cell, ";")) {
    if (seen.insert(item.substr(0, item.rfind('='))).second) items.push_back(item);
  }
  return items;
}

std::string names_only(const Names& items) {
  Names names;
  for (const std::string& item : items) names.push_back(item.substr(0, item.rfind('=')));
  return names.empty() ? "." : join_text(names, ";");
}

/// Distinct values of a cell without those that say nothing; "Indeterminate" is its `n/a`.
std::string stated(const std::string& cell) {
  static const std::set<std::string> nothing{"", ".", "null", "None", "n/a", "No Result", "Indeterminate"};
  Names values;
  for (const std::string& value : split_text(cell, ";")) {
    const bool is_new = std::ranges::find(values, value) == values.end();
    if (!nothing.contains(value) && is_new) values.push_back(value);
  }
  return join_text(values, ";");
}

std::map<std::string, Answer> answers(const std::string& gene, const std::string& input, bool combinations) {
  const TempFolder folder;
  Names args{"run", "--input", input,   "--genes",       gene,       "--from-small-variants",
             gene,  "--write", "calls", "--all-matches", "--output", folder / "out"};
  if (combinations) args.emplace_back("--find-combinations");
  const ProgramResult run = run_program(args);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  std::map<std::string, Answer> found;
  for (TableRow& row : read_table(folder / "out/calls.tsv")) found[row.at("sample")].call = row;
  for (const TableRow& row : read_table(folder / "out/matches.tsv")) {
    Answer& answer = found.at(row.at("sample"));
    answer.matches.push_back(row.at("diplotype") + "=" + row.at("score"));
    if (row.at("called") == "yes") answer.called.push_back(answer.matches.back());
  }
  return found;
}

/// What differs; empty: nothing. `all` is given in some sets only.
std::string difference(const TableRow& row, const Answer& ours, bool combinations) {
  const Names wanted = without_repeats(row.at(combinations ? "combination_mode" : "top"));
  const std::string alleles = row.at(combinations ? "combination_haplotypes" : "haplotypes");
  const std::string names = wanted.empty() && !alleles.empty() ? alleles : names_only(wanted);
  if (ours.call.at("diplotype") != names) return "expected " + names + ", got " + ours.call.at("diplotype");
  if (ours.called != wanted) return "expected " + join_text(wanted, ";") + ", got " + join_text(ours.called, ";");
  const Names all = without_repeats(row.at("all"));
  if (!combinations && !all.empty() && ours.matches != all) {
    return "expected of all " + join_text(all, ";") + ", got " + join_text(ours.matches, ";");
  }
  if ((names == ".") != (ours.call.at("status") == "no_call")) return "status " + ours.call.at("status");
  if (combinations) return {};
  for (const char* column : {"phenotype", "activity_score"}) {
    const std::string stated_there = stated(row.at(column));
    if (stated_there.empty() || stated_there == stated(ours.call.at(column))) continue;
    return std::string{column} + ": expected " + stated_there + ", got " + ours.call.at(column);
  }
  return {};
}

using SampleName = std::tuple<std::string, std::string, std::string>;  // gene, set, sample

std::map<SampleName, TableRow> known_differences() {
  std::map<SampleName, TableRow> rows;
  for (TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/auto_differences.tsv")) {
    rows[{row.at("gene"), row.at("set"), row.at("sample")}] = row;
  }
  return rows;
}

int count_of(const std::string& gene, const std::string& set) {
  for (const TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/auto_counts.tsv")) {
    if (row.at("gene") == gene && row.at("set") == set) return std::stoi(row.at("cases"));
  }
  return -1;
}

void check_set(const std::string& name) {
  const std::string gene = name.substr(0, name.find('.'));
  const std::string set = name.substr(name.find('.') + 1);
  const bool combinations = set == "combinations";
  const std::string stem = shared_path("cases/pharmcat/auto/" + gene + "." + (combinations ? "random" : set));
  const auto ours = answers(gene, stem + ".vcf.gz", combinations);
  const auto known = known_differences();
  int cases = 0;
  for (const TableRow& row : read_table(stem + ".pharmcat.tsv.gz")) {
    ++cases;
    const Answer& answer = ours.at(row.at("sample"));
    const std::string differs = difference(row, answer, combinations);
    const auto at = known.find({gene, set, row.at("sample")});
    INFO(name, " ", row.at("sample"));
    if (at == known.end()) {
      CHECK_EQ(differs, "");
    } else {
      CHECK_MESSAGE(!differs.empty(), "differs no more: take it off auto_differences.tsv");
      CHECK_EQ(join_text(answer.matches, ";"), at->second.at("ours"));
    }
  }
  CHECK_EQ(cases, count_of(gene, set));
}

}  // namespace

TEST_SUITE("shared: auto") {
  TEST_CASE("set") {
    if (!shared_is_there()) return;
    // Without a name all of them are run.
    const char* named = std::getenv("STARDOSE_SET");  // NOLINT(concurrency-mt-unsafe): no thread yet
    if (named != nullptr) return check_set(named);
    for (const std::string& name : lines_of(STARDOSE_AUTO_SETS)) check_set(name);
  }

  TEST_CASE("no set is left out") {
    if (!shared_is_there()) return;
    std::set<std::string> counted;
    int cases = 0;
    for (const TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/auto_counts.tsv")) {
      counted.insert(row.at("gene") + "." + row.at("set"));
      if (row.at("set") != "combinations") cases += std::stoi(row.at("cases"));
    }
    std::set<std::string> listed;
    for (const std::string& name : lines_of(STARDOSE_AUTO_SETS)) listed.insert(name);
    CHECK(counted == listed);
    CHECK_EQ(cases, 12318);
    for (const auto& [name, row] : known_differences()) {
      CHECK(counted.contains(std::get<0>(name) + "." + std::get<1>(name)));
      CHECK_GT(row.at("why").size(), 20);
    }
  }
}

}  // namespace stardose::tests
