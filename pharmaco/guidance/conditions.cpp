// Wording of conditions.
#include "pharmaco/guidance/conditions.h"

#include <algorithm>

namespace stardose::pharmaco {

namespace {

bool is_by_score(const GeneView& view) { return view.asked->score && view.score && !view.asked->diplotype; }

std::string value_of(const GeneView& view, const Sentences& sentences) {
  if (view.asked->diplotype && !view.reading->diplotype.empty()) return view.reading->diplotype;
  if (view.asked->score && view.score) return to_string(*view.score);
  return keyed_phenotype(*view.asked, *view.reading, sentences);
}

/// `CYP2D6 has activity score 0.25 or 0.5`; views of one gene, alike in having a score.
std::string condition(const GeneView& view, const std::vector<std::string>& values, const Sentences& sentences) {
  return sentences.condition(std::string{view.asked->gene}, join_words(values, "or"), is_by_score(view));
}

void add_once(std::vector<std::string>& list, const std::string& item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

}  // namespace

std::string keyed_phenotype(const AskedOfGene& asked, const GeneReading& reading, const Sentences& sentences) {
  if (!asked.alleles.empty()) return statuses_of(asked, reading);
  if (!asked.score) return reading.phenotype;
  if (!reading.score) return reading.phenotype.empty() ? PhenotypeRule::indeterminate : reading.phenotype;
  const std::string text = sentences.from_template("score", "text", to_string(*reading.score));
  return reading.phenotype.empty() ? text : text + " (" + reading.phenotype + ")";
}

std::vector<std::string> conditions_of(const Combinations& combinations,
                                       const std::vector<std::vector<GeneView>>& choices, const Sentences& sentences) {
  std::vector<std::string> by_gene;
  std::size_t product = 1;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i].size() < 2) continue;
    const GeneView& first = combinations.front()[i];
    std::vector<std::string> values;
    bool alike = true;
    for (const auto& combination : combinations) {
      add_once(values, value_of(combination[i], sentences));
      alike = alike && is_by_score(combination[i]) == is_by_score(first);
    }
    product *= alike ? values.size() : 0;
    if (values.size() < choices[i].size()) by_gene.push_back(condition(first, values, sentences));
  }
  if (product == combinations.size() && !by_gene.empty()) return {join_words(by_gene, "and")};
  std::vector<std::string> by_combination;
  for (const auto& combination : combinations) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (choices[i].size() < 2) continue;
      parts.push_back(condition(combination[i], {value_of(combination[i], sentences)}, sentences));
    }
    add_once(by_combination, join_words(parts, "and"));
  }
  return by_combination;
}

}  // namespace stardose::pharmaco
