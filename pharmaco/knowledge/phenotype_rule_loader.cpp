// From phenotypes.tsv to a PhenotypeRule.
#include "pharmaco/knowledge/phenotype_rule_loader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

void read_function_pairs(const std::string& file, const std::string& text, PhenotypeRule& rule,
                         CatalogueFaults& faults) {
  static constexpr std::array<std::string_view, 3> columns = {"function_1", "function_2", "phenotype"};
  for (const auto& row : read_tsv(file, text, columns, faults).rows) {
    const std::string a{row.cells[0]};
    const std::string b{row.cells[1]};
    const auto key = b.empty() ? std::pair{a, b} : std::pair{std::min(a, b), std::max(a, b)};
    if (a.empty() || row.cells[2].empty()) faults.add(file, row.line, "function_1 and phenotype must be given");
    if (!rule.by_functions.emplace(key, row.cells[2]).second) {
      faults.add(file, row.line, "the pair of functions is there twice");
    }
  }
}

void read_bands(const std::string& file, const std::string& text, PhenotypeRule& rule, CatalogueFaults& faults) {
  static constexpr std::array<std::string_view, 3> columns = {"score_min", "score_max", "phenotype"};
  for (const auto& row : read_tsv(file, text, columns, faults).rows) {
    const auto min = read_activity_score(row.cells[0]);
    const auto max = read_activity_score(row.cells[1]);
    const bool ordered =
        rule.by_score.empty() || (min && rule.by_score.back().has_max && rule.by_score.back().max < *min);
    const bool empty = min && max && *max < *min;
    if (!min || row.cells[2].empty() || (!max && !row.cells[1].empty()) || !ordered || empty) {
      faults.add(file, row.line, "expected ascending bands: score_min, score_max or `.`, phenotype");
      continue;
    }
    rule.by_score.push_back({*min, max.value_or(ActivityScore{}), max.has_value(), std::string{row.cells[2]}});
  }
}

}  // namespace

void load_phenotype_rule(const std::string& file, const std::string& text, PhenotypeRule& rule,
                         CatalogueFaults& faults) {
  if (rule.method == PhenotypeMethod::functions) read_function_pairs(file, text, rule, faults);
  if (rule.method == PhenotypeMethod::activity_score) read_bands(file, text, rule, faults);
}

}  // namespace stardose::pharmaco
