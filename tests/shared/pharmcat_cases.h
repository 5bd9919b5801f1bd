// The cases of PharmCAT 3.1.1 and its answers (cases/pharmcat/README.md), compared with ours.
#pragma once

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "tests/program/temp_folder.h"
#include "tests/shared/in_process_calls.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

inline const std::vector<TableRow>& pharmcat_rows() {
  static const std::vector<TableRow> rows = read_table(shared_path("cases/pharmcat/expected.tsv"));
  return rows;
}

/// Default definitions, no combinations, no outside calls: what our catalogue and options can answer.
inline bool has_default_definitions(const TableRow& row) {
  const std::string& outside = row.at("outside_calls");
  return row.at("definitions").starts_with("default") && row.at("find_combinations") == "n" &&
         (outside.empty() || outside == ".");
}

inline bool is_plain(const TableRow& row) {
  static const std::vector<std::string> others{"DPYD", "RYR1", "NAT2", "CYP2D6", "HLA-A", "HLA-B", "MT-RNR1"};
  return has_default_definitions(row) && row.at("n_missing") == "0" && row.at("assertion_level") != "observed-only" &&
         std::ranges::find(others, row.at("gene")) == others.end();
}

struct ExpectedCall {
  std::vector<std::string> diplotypes;  ///< best-scoring; or lone alleles
  std::vector<std::string> phenotypes;  ///< distinct; empty: not stated
  std::vector<std::string> scores;      ///< distinct activity scores; empty: not stated
};

namespace pharmcat_detail {

/// Distinct values that say something, of the entries kept.
inline std::vector<std::string> stated(const std::string& cell, const std::vector<bool>& kept) {
  static const std::vector<std::string> nothing{"", "None", "n/a", "No Result", "null"};
  const std::vector<std::string> all = split_text(cell, " ; ");
  std::vector<std::string> values;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.size() == kept.size() && !kept[i]) continue;
    if (std::ranges::find(nothing, all[i]) != nothing.end()) continue;
    if (std::ranges::find(values, all[i]) == values.end()) values.push_back(all[i]);
  }
  return values;
}

}  // namespace pharmcat_detail

/// What it answered, cut to the best score where it lists worse ones too (`top_only` n).
inline ExpectedCall expected_call(const TableRow& row) {
  const std::vector<std::string> all = split_text(row.at("pharmcat311_diplotypes"), " ; ");
  const std::vector<std::string> scores = split_text(row.at("pharmcat311_scores"), " ; ");
  std::vector<bool> kept(all.size(), true);
  // Of DPYD, whose worst allele decides, it reports every layout of the phase sets, whatever the score.
  if (scores.size() == all.size() && !all.empty() && row.at("gene") != "DPYD") {
    const auto number = [](const std::string& text) { return std::stod(text); };
    const double best = number(*std::ranges::max_element(scores, {}, number));
    for (std::size_t i = 0; i < all.size(); ++i) kept[i] = number(scores[i]) == best;
  }
  ExpectedCall expected;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (kept[i]) expected.diplotypes.push_back(all[i]);
  }
  if (all.empty()) expected.diplotypes = split_text(row.at("pharmcat311_haplotypes"), " ; ");
  expected.phenotypes = pharmcat_detail::stated(row.at("pharmcat311_phenotype"), kept);
  expected.scores = pharmcat_detail::stated(row.at("pharmcat311_activity_score"), kept);
  return expected;
}

struct Difference {
  std::string diplotypes;   ///< `expected X, got Y`; empty: none
  std::string consequence;  ///< of phenotype or activity score, where stated; empty: none

  [[nodiscard]] std::string text() const { return diplotypes + (consequence.empty() ? "" : " " + consequence); }
};

inline Difference difference(const ExpectedCall& expected, const pharmaco::GeneFinding& finding) {
  const auto compare = [](const std::vector<std::string>& wanted, const std::vector<std::string>& got) {
    return wanted == got ? "" : "expected " + join_text(wanted, "; ") + ", got " + join_text(got, "; ");
  };
  Difference found{compare(expected.diplotypes, finding.diplotypes), {}};
  if (!expected.phenotypes.empty()) found.consequence = compare(expected.phenotypes, finding.phenotypes);
  if (found.consequence.empty() && !expected.scores.empty()) {
    found.consequence = compare(expected.scores, finding.activity_scores);
  }
  return found;
}

/// CallsOnlyFormatTest.withDebugInfo and seven TPMT files have records out of order, which the program refuses: a file
/// out of order hides truncation and faulty merges. Their content is sound, so the test sorts them.
inline std::string sorted_copy(const std::string& path, const TempFolder& folder) {
  std::string header;
  std::vector<std::tuple<std::string, long, std::string>> records;
  for (const std::string& line : lines_of(path)) {
    if (line.starts_with("#")) {
      header += line + "\n";
      continue;
    }
    const std::vector<std::string> cells = split_text(line, "\t");
    records.emplace_back(cells.at(0), std::stol(cells.at(1)), line);
  }
  std::ranges::stable_sort(records, {}, [](const auto& r) { return std::pair{std::get<0>(r), std::get<1>(r)}; });
  for (const auto& [contig, position, line] : records) header += line + "\n";
  return folder.write(std::filesystem::path{path}.filename().string(), header);
}

/// Our answers on one of the files, each file called once.
inline const CalledCohort& pharmcat_calls(const std::string& vcf) {
  static std::map<std::string, CalledCohort> known;
  const auto at = known.find(vcf);
  if (at != known.end()) return at->second;
  const TempFolder folder;
  genomics::VariantInputOptions input{.files = {shared_path("cases/pharmcat/vcf/" + vcf)}};
  const pharmaco::CallingOptions options{.from_small_variants = {"CYP2D6"}};
  if (vcf.starts_with("CallsOnlyFormatTest.withDebugInfo") || vcf.starts_with("NamedAlleleMatcherTpmtTest")) {
    input.files = {sorted_copy(input.files.front(), folder)};
  }
  return known.emplace(vcf, call_in_process(input, options)).first->second;
}

/// How our answer differs from the row's.
inline Difference difference_in(const TableRow& row) {
  const CalledCohort& ours = pharmcat_calls(row.at("vcf"));
  const std::string& named = row.at("sample");
  const auto finding = ours.findings.find({named == "." ? ours.samples.front() : named, row.at("gene")});
  return finding == ours.findings.end() ? Difference{"no finding", {}}
                                        : difference(expected_call(row), finding->second);
}

}  // namespace stardose::tests
