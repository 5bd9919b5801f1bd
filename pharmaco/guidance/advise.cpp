// Giving a guideline's advice.
#include "pharmaco/guidance/advise.h"

#include <algorithm>
#include <optional>

#include "pharmaco/guidance/outcome.h"
#include "pharmaco/guidance/sentence.h"

namespace stardose::pharmaco {

namespace {

/// The recommendations on one drug and population.
struct Scope {
  std::string drug;
  std::string population;
  Rows rows;
};

std::vector<Scope> scopes_of(const Guideline& guideline) {
  std::vector<Scope> scopes;
  for (const std::string& drug : guideline.drugs) {
    const std::size_t first = scopes.size();
    for (const Recommendation& row : guideline.recommendations) {
      if (row.drug != drug) continue;
      const auto begin = scopes.begin() + static_cast<std::ptrdiff_t>(first);
      auto scope = std::find_if(begin, scopes.end(), [&](const Scope& s) { return s.population == row.population; });
      if (scope == scopes.end()) scope = scopes.insert(scopes.end(), Scope{drug, row.population, {}});
      scope->rows.push_back(&row);
    }
    if (scopes.size() == first) scopes.push_back({drug, {}, {}});
  }
  return scopes;
}

void add_once(std::vector<std::string>& list, const std::string& item) {
  if (!item.empty() && std::ranges::find(list, item) == list.end()) list.push_back(item);
}

void keep_common(std::vector<std::string>& list, const std::vector<std::string>& others) {
  std::erase_if(list, [&](const std::string& item) { return std::ranges::find(others, item) == others.end(); });
}

bool is_agreed(const Recommendation& a, const Recommendation& b) {
  return a.action == b.action && a.level == b.level && a.dose_percent == b.dose_percent && a.dose_limit == b.dose_limit;
}

class ScopeAdviser {
 public:
  ScopeAdviser(const KnowledgeBase& knowledge, const Guideline& guideline, const Scope& scope,
               std::span<const GeneResult* const> results)
      : guideline_{guideline}, scope_{scope}, sentences_{knowledge.phrases, guideline.source, scope.drug} {
    asked_.reserve(guideline.genes.size());  // the views point into it
    for (std::size_t i = 0; i < guideline.genes.size(); ++i) {
      const Gene* gene = knowledge.find_gene(guideline.genes[i]);
      const GeneResult* result = i < results.size() ? results[i] : nullptr;
      asked_.push_back(what_is_asked(guideline.genes[i], gene, scope.rows));
      choices_.push_back(views_of(asked_.back(), gene, result));
      basis_.push_back(basis_of(asked_.back(), result));
    }
  }

  std::vector<Advice> advise() {
    const std::vector<Case> cases = cases_of(scope_.rows, choices_);
    if (cases.empty()) return {made(AdviceLevel::unknown, "undetermined", sentences_.too_many_readings())};
    if (cases.size() == 1) return settled(cases.front().outcome);
    if (const auto row = common_row(cases)) return {made(*row, cases.front().outcome.all_known)};
    return {undetermined(cases)};
  }

 private:
  [[nodiscard]] Advice made(AdviceLevel level, const std::string& action, std::string sentence) const {
    Advice advice;
    advice.drug = scope_.drug;
    advice.source = guideline_.source;
    advice.guideline = guideline_.id;
    advice.population = sentences_.population(scope_.population);
    advice.level = level;
    advice.action = action;
    advice.sentence = std::move(sentence);
    if (!guideline_.version.empty()) advice.version = sentences_.from_template("version", "text", guideline_.version);
    advice.pmids = guideline_.pmids;
    advice.basis = basis_;
    return advice;
  }

  [[nodiscard]] Advice made(const Recommendation& row, bool all_known) const {
    Advice advice = made(row.level, row.action, sentences_.instruction(row, all_known));
    advice.consequence = sentences_.consequence(row);
    advice.dose_percent = row.dose_percent;
    advice.dose_limit = row.dose_limit;
    advice.alternatives = row.alternatives;
    if (row.strength != "no recommendation") advice.strength = row.strength;
    return advice;
  }

  [[nodiscard]] std::vector<Advice> settled(const Outcome& outcome) const {
    switch (outcome.kind) {
      case Outcome::Kind::no_result: return {made(outcome.level(), "no_result", sentences_.no_result(outcome.text))};
      case Outcome::Kind::carriers_only:
        return {made(outcome.level(), "no_advice", sentences_.carriers_only(outcome.text))};
      case Outcome::Kind::no_advice: return {made(outcome.level(), "no_advice", sentences_.no_advice())};
      case Outcome::Kind::rows: break;
    }
    std::vector<Advice> all;
    for (const Recommendation* row : outcome.rows) all.push_back(made(*row, outcome.all_known));
    return all;
  }

  /// One row for all cases when they ask the same, with what else they say kept as far as it holds for each.
  [[nodiscard]] std::optional<Recommendation> common_row(const std::vector<Case>& cases) const {
    const Outcome& first = cases.front().outcome;
    if (first.rows.empty()) return std::nullopt;
    Recommendation common = *first.rows.front();
    bool is_same_note = true;
    for (const Case& item : cases) {
      const Outcome& outcome = item.outcome;
      if (outcome.rows.size() != 1 || outcome.all_known != first.all_known) return std::nullopt;
      const Recommendation& row = *outcome.rows.front();
      if (!is_agreed(common, row)) return std::nullopt;
      keep_common(common.alternatives, row.alternatives);
      keep_common(common.consequences, row.consequences);
      for (const std::string& key : row.monitor) add_once(common.monitor, key);
      is_same_note = is_same_note && row.note == common.note;
    }
    if (is_same_note) return common;
    common.note.clear();
    for (const Case& item : cases) {
      const std::string& note = item.outcome.rows.front()->note;
      if (note.empty()) continue;
      common.note += (common.note.empty() ? "" : " ") + join_words(conditions_of(item), "or") + ": " + note;
    }
    return common;
  }

  // The level holds for every possibility, or it is not known: an action that may be needed is never called milder.
  [[nodiscard]] Advice undetermined(const std::vector<Case>& cases) const {
    std::vector<Possibility> possibilities;
    AdviceLevel mildest = AdviceLevel::action;
    bool all_alike = true;
    for (const Case& item : cases) {
      const AdviceLevel level = item.outcome.level();
      mildest = std::max(mildest, level);
      all_alike = all_alike && level == cases.front().outcome.level();
      for (std::string& condition : conditions_of(item)) {
        possibilities.push_back({item.outcome.rows, level, std::move(condition)});
      }
    }
    const bool is_settled = all_alike || mildest <= AdviceLevel::caution;
    return made(is_settled ? mildest : AdviceLevel::unknown, "undetermined",
                sentences_.undetermined(std::move(possibilities)));
  }

  [[nodiscard]] std::string value_of(const GeneView& view) const {
    if (view.asked->diplotype && !view.reading->diplotype.empty()) return view.reading->diplotype;
    if (view.asked->score && view.score) return to_string(*view.score);
    return phenotype_of(*view.asked, view.reading, view.score);
  }

  /// `TPMT is Poor Metabolizer`, `CYP2D6 has activity score 0.25 or 0.5`
  [[nodiscard]] std::string condition(const GeneView& view, const std::vector<std::string>& values) const {
    const bool by_score = view.asked->score && view.score && !view.asked->diplotype;
    return sentences_.condition(std::string{view.asked->gene}, join_words(values, "or"), by_score);
  }

  /// What makes a case: one condition where it can be said gene by gene, else one for each combination.
  [[nodiscard]] std::vector<std::string> conditions_of(const Case& item) const {
    std::vector<std::string> by_gene;
    std::size_t product = 1;
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      std::vector<std::string> values;
      bool alike = true;
      for (const auto& combination : item.combinations) {
        if (combination[i].reading == nullptr) break;
        add_once(values, value_of(combination[i]));
        alike = alike && combination[i].score.has_value() == item.combinations.front()[i].score.has_value();
      }
      product *= alike ? std::max<std::size_t>(values.size(), 1) : 0;
      if (values.size() < choices_[i].size()) by_gene.push_back(condition(item.combinations.front()[i], values));
    }
    if (product == item.combinations.size() && !by_gene.empty()) return {join_words(by_gene, "and")};
    std::vector<std::string> by_combination;
    for (const auto& combination : item.combinations) {
      std::vector<std::string> parts;
      for (std::size_t i = 0; i < combination.size(); ++i) {
        if (choices_[i].size() > 1) parts.push_back(condition(combination[i], {value_of(combination[i])}));
      }
      add_once(by_combination, join_words(parts, "and"));
    }
    return by_combination;
  }

  /// The phenotype or score that the guideline is keyed on.
  [[nodiscard]] std::string phenotype_of(const AskedOfGene& asked, const GeneReading* reading,
                                         const std::optional<ActivityScore>& score) const {
    if (reading == nullptr) return {};
    if (!asked.alleles.empty()) return statuses_of(asked, *reading);
    if (!asked.score) return reading->phenotype;
    if (!score) return reading->phenotype.empty() ? PhenotypeRule::indeterminate : reading->phenotype;
    const std::string text = sentences_.from_template("score", "text", to_string(*score));
    return reading->phenotype.empty() ? text : text + " (" + reading->phenotype + ")";
  }

  [[nodiscard]] AdviceBasis basis_of(const AskedOfGene& asked, const GeneResult* result) const {
    std::vector<std::string> diplotypes;
    std::vector<std::string> phenotypes;
    if (result != nullptr) {
      for (const GeneReading& reading : result->readings) {
        add_once(diplotypes, reading.diplotype.empty() ? sentences_.no_diplotype() : reading.diplotype);
        add_once(phenotypes, phenotype_of(asked, &reading, reading.score));
      }
    }
    return {std::string{asked.gene}, joined(diplotypes), joined(phenotypes)};
  }

  static std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ";") + item;
    return text;
  }

  const Guideline& guideline_;
  const Scope& scope_;
  Sentences sentences_;
  std::vector<AskedOfGene> asked_;
  std::vector<std::vector<GeneView>> choices_;
  std::vector<AdviceBasis> basis_;
};

}  // namespace

std::vector<Advice> advise(const KnowledgeBase& knowledge, const Guideline& guideline,
                           std::span<const GeneResult* const> results) {
  std::vector<Advice> all;
  for (const Scope& scope : scopes_of(guideline)) {
    for (Advice& advice : ScopeAdviser{knowledge, guideline, scope, results}.advise()) {
      all.push_back(std::move(advice));
    }
  }
  return all;
}

}  // namespace stardose::pharmaco
