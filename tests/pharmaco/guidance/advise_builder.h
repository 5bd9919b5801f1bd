// Gene results made for tests of advice.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/guidance/advise.h"

namespace stardose::pharmaco::testing {

inline const KnowledgeBase& catalogue() {
  static const KnowledgeBase knowledge = open_knowledge("");
  return knowledge;
}

inline const Guideline& guideline_named(const KnowledgeBase& knowledge, const std::string& id) {
  const auto at = std::ranges::find(knowledge.guidelines, id, &Guideline::id);
  REQUIRE(at != knowledge.guidelines.end());
  return *at;
}

inline GeneReading phenotype(std::string diplotype, std::string words) {
  return {std::move(diplotype), std::move(words), std::nullopt, {}};
}

inline GeneReading score(std::string diplotype, std::string words, int hundredths, bool at_least = false) {
  return {std::move(diplotype), std::move(words), ActivityScore{hundredths, at_least}, {}};
}

inline GeneReading presence(std::vector<std::string> statuses) { return {"", "", std::nullopt, std::move(statuses)}; }

using Readings = std::map<std::string, std::vector<GeneReading>>;

inline std::vector<Advice> advise_for(const KnowledgeBase& knowledge, const Guideline& guideline,
                                      const Readings& readings) {
  std::vector<GeneResult> results;
  results.reserve(guideline.genes.size());
  std::vector<const GeneResult*> pointers;
  for (const std::string& gene : guideline.genes) {
    const auto at = readings.find(gene);
    if (at == readings.end()) {
      pointers.push_back(nullptr);
      continue;
    }
    results.push_back({gene, CallStatus::called, at->second});
    pointers.push_back(&results.back());
  }
  return advise(knowledge, guideline, pointers);
}

inline std::vector<Advice> advise_for(const std::string& id, const Readings& readings) {
  return advise_for(catalogue(), guideline_named(catalogue(), id), readings);
}

inline Advice only(const std::vector<Advice>& advice) {
  REQUIRE(advice.size() == 1);
  return advice.front();
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// One drug X, one gene read by presence of A and B.
inline KnowledgeBase presence_knowledge() {
  KnowledgeBase knowledge;
  knowledge.phrases = catalogue().phrases;
  Gene gene;
  gene.symbol = "G";
  gene.phenotype.method = PhenotypeMethod::presence;
  knowledge.genes.push_back(gene);
  Guideline guideline{"id", "DPWG", {"x"}, {"G"}, "7", "PA1", {"1"}, "title", {}};
  for (const std::string allele : {"A", "B"}) {
    Recommendation row;
    row.drug = "x";
    row.when = {{"G", {{GeneKey::Kind::phenotype, allele + " positive", {}, {}}}}};
    row.action = "avoid";
    row.level = AdviceLevel::action;
    row.note = "For " + allele + ".";
    guideline.recommendations.push_back(row);
  }
  knowledge.guidelines.push_back(guideline);
  return knowledge;
}

}  // namespace stardose::pharmaco::testing
