// What PharmCAT said on a row, and where our answer is another.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/shared/pharmcat_row.h"

namespace stardose::tests {

namespace expectation_detail {

inline std::vector<std::string> list(const TableRow& row, const char* column) {
  return split_text(row.at(column), " ; ");
}

/// Whether a phenotype or activity score says something.
inline bool is_stated(const std::string& text) {
  static const std::set<std::string> nothing{"", "None", "n/a", "No Result", "null"};
  return !nothing.contains(text);
}

/// Distinct values that say something; of HLA, whose cell holds several, each.
inline std::set<std::string> stated(const std::vector<std::string>& values) {
  std::set<std::string> distinct;
  for (const std::string& value : values) {
    for (const std::string& part : split_text(value, "|")) {
      if (is_stated(part)) distinct.insert(part);
    }
  }
  return distinct;
}

/// `X (heterozygous)` is the reference allele and X; two reference alleles of CFTR are `Reference/Reference`.
inline std::string as_pair(const std::string& label, const std::string& reference) {
  const std::string mark = " (heterozygous)";
  if (label == "Reference/Reference") return reference + "/" + reference;
  if (!label.ends_with(mark)) return label;
  const std::string other = label.substr(0, label.size() - mark.size());
  return reference == "Reference" || reference < other ? reference + "/" + other : other + "/" + reference;
}

class Comparison {
 public:
  Comparison(const TableRow& row, const RowAnswer& answer) : row_{row}, answer_{answer} {}

  std::vector<std::string> differences() {
    if (row_.at("outside_calls") != ".") {
      compare_outside();
    } else {
      compare_call();
      compare_recommended();
      compare_phenotypes();
    }
    compare_asserted();
    return std::move(differences_);
  }

 private:
  void expect(const std::string& what, const std::string& wanted, const std::string& got) {
    if (wanted != got) differences_.push_back(what + ": expected " + wanted + ", got " + got);
  }

  static std::string match_text(const pharmaco::MatchFinding& match) {
    return match.diplotype + " = " + std::to_string(match.score);
  }

  // Without `top_only` it lists what fits less well, too; we do so among the matches.
  void compare_call() {
    const std::vector<std::string> names = list(row_, "pharmcat311_diplotypes");
    const std::vector<std::string> scores = list(row_, "pharmcat311_scores");
    if (names.empty()) {
      expect("alleles", row_.at("pharmcat311_haplotypes"), join_text(answer_.diplotypes, " ; "));
      return;
    }
    std::vector<std::string> wanted;
    for (std::size_t k = 0; k < names.size(); ++k) wanted.push_back(names[k] + " = " + scores.at(k));
    std::vector<std::string> got;
    for (const pharmaco::MatchFinding& match : answer_.matches) {
      if (row_.at("top_only") == "n" || match.is_called) got.push_back(match_text(match));
    }
    expect("matches", join_text(wanted, " ; "), join_text(got, " ; "));
    std::vector<std::string> called;
    for (const pharmaco::MatchFinding& match : answer_.matches) {
      if (match.is_called) called.push_back(match.diplotype);
    }
    expect("diplotypes are those called among the matches", join_text(called, " ; "),
           join_text(answer_.diplotypes, " ; "));
    best_ = std::stoi(*std::ranges::max_element(scores, {}, [](const auto& score) { return std::stoi(score); }));
  }

  [[nodiscard]] std::string reference_name() const {
    const pharmaco::Gene gene = gene_of(row_);
    return gene.alleles.front().reported_name();
  }

  // Of the recommended pairs, those of the best score: the others are no call of ours.
  void compare_recommended() {
    std::vector<std::string> wanted;
    const std::vector<std::string> scores = list(row_, "pharmcat311_scores");
    const std::vector<std::string> labels = list(row_, "pharmcat311_recommendation_diplotype");
    for (std::size_t k = 0; k < labels.size(); ++k) {
      if (labels[k] == "Unknown/Unknown") continue;
      if (labels.size() == scores.size() && labels.size() > 1 && std::stoi(scores[k]) != best_) continue;
      wanted.push_back(as_pair(labels[k], reference_name()));
    }
    if (!labels.empty()) {
      expect("recommended", join_text(wanted, " ; "), join_text(answer_.recommended, " ; "));
    }
  }

  void compare_phenotypes() {
    const std::vector<std::string> phenotypes = list(row_, "pharmcat311_phenotype");
    const std::vector<std::string> activity = list(row_, "pharmcat311_activity_score");
    if (row_.at("top_only") == "n" && phenotypes.size() == answer_.matches.size()) {
      for (std::size_t k = 0; k < phenotypes.size(); ++k) {
        if (is_stated(phenotypes[k])) expect("phenotype", phenotypes[k], answer_.matches[k].phenotype);
        if (k < activity.size() && is_stated(activity[k])) {
          expect("activity score", activity[k], answer_.matches[k].activity_score);
        }
      }
      return;
    }
    compare_stated("phenotype", phenotypes, answer_.phenotypes);
    compare_stated("activity score", activity, answer_.scores);
  }

  void compare_stated(const char* what, const std::vector<std::string>& wanted, const std::vector<std::string>& got) {
    const std::set<std::string> values = stated(wanted);
    const std::set<std::string> ours = stated(got);
    if (values.empty()) return;
    expect(what, join_text({values.begin(), values.end()}, "; "), join_text({ours.begin(), ours.end()}, "; "));
  }

  // The recommended label is its answer, be it a diplotype or what the outside call states.
  void compare_outside() {
    std::vector<std::string> wanted;
    for (const std::string& label : list(row_, "pharmcat311_recommendation_diplotype")) {
      if (label != "Unknown/Unknown") wanted.push_back(as_pair(label, reference_name()));
    }
    std::vector<std::string> got = answer_.diplotypes;
    if (got.empty()) {
      for (const std::string& phenotype : answer_.phenotypes) {
        got.push_back(phenotype + (answer_.scores.empty() ? "" : " (" + answer_.scores.front() + ")"));
      }
    }
    expect("diplotypes", join_text(wanted, " ; "), join_text(got, " ; "));
    compare_stated("phenotype", list(row_, "pharmcat311_phenotype"), answer_.phenotypes);
    compare_stated("activity score", list(row_, "pharmcat311_activity_score"), answer_.scores);
  }

  // What its own test asserts beyond what it output. Whether the matcher calls is no question of an outside call.
  void compare_asserted() {
    const std::string& called = row_.at("asserted_called");
    if (!called.empty() && row_.at("outside_calls") == ".") {
      expect("called", called, answer_.status == "no_call" ? "no" : "yes");
    }
    std::vector<std::string> phenotypes = list(row_, "asserted_phenotype");
    std::ranges::replace(phenotypes, "n/a", "Indeterminate");  // its words for a diplotype that no table has
    compare_stated("asserted phenotype", phenotypes, answer_.phenotypes);
  }

  const TableRow& row_;
  const RowAnswer& answer_;
  int best_ = 0;
  std::vector<std::string> differences_;
};

}  // namespace expectation_detail

/// Diplotypes by name, order and score, what guidance goes by, phenotype and activity score. Empty: we agree.
inline std::vector<std::string> differences_from(const TableRow& row, const RowAnswer& answer) {
  return expectation_detail::Comparison{row, answer}.differences();
}

}  // namespace stardose::tests
