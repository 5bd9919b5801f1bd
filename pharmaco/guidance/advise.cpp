// Giving a guideline's advice.
#include "pharmaco/guidance/advise.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "pharmaco/guidance/conditions.h"
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

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : std::string{separator}) + item;
  return text;
}

std::vector<std::string> sentences_in(const std::string& note) {
  std::vector<std::string> sentences;
  for (std::size_t at = 0; at < note.size();) {
    const std::size_t stop = std::min(note.find(". ", at), note.size() - 1);
    sentences.push_back(note.substr(at, stop + 1 - at));
    at = stop + 2;
  }
  return sentences;
}

bool is_agreed(const Recommendation& a, const Recommendation& b) {
  return a.action == b.action && a.level == b.level && a.dose_percent == b.dose_percent && a.dose_limit == b.dose_limit;
}

bool does_without(const Recommendation& row, std::string_view gene) {
  return std::ranges::any_of(row.when, [gene](const GeneCondition& condition) {
    const auto is_no_result = [](const GeneKey& key) { return key.kind == GeneKey::Kind::no_result; };
    return condition.gene == gene && std::ranges::any_of(condition.keys, is_no_result);
  });
}

class ScopeAdviser {
 public:
  ScopeAdviser(const KnowledgeBase& knowledge, const Guideline& guideline, const Scope& scope,
               std::span<const GeneResult* const> results)
      : knowledge_{knowledge},
        guideline_{guideline},
        scope_{scope},
        sentences_{knowledge.phrases, guideline.source, scope.drug} {
    asked_.reserve(guideline.genes.size());  // the views point into it
    for (std::size_t i = 0; i < guideline.genes.size(); ++i) {
      const Gene* gene = knowledge.find_gene(guideline.genes[i]);
      const GeneResult* result = i < results.size() ? results[i] : nullptr;
      asked_.push_back(what_is_asked(guideline.genes[i], gene, scope.rows));
      choices_.push_back(views_of(asked_.back(), gene, result));
      basis_.push_back(basis_of(asked_.back(), result));
      if (result != nullptr && !result->caveat.empty()) note_ += (note_.empty() ? "" : " ") + result->caveat;
    }
  }

  std::vector<Advice> advise() {
    const std::vector<Case> cases = cases_of(scope_.rows, choices_);
    if (cases.empty()) return {made(AdviceLevel::unknown, "undetermined", sentences_.too_many_readings())};
    if (cases.size() == 1) return settled(cases.front());
    if (const auto row = common_row(cases)) return {made(*row, cases.front())};
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
    advice.note = note_;
    return advice;
  }

  /// `at`: the case, or any of the cases, that the row is for.
  [[nodiscard]] Advice made(const Recommendation& source, const Case& at) const {
    const Recommendation row = as_far_as_known(source, at.combinations.front());
    Advice advice = made(row.level, row.action, sentences_.instruction(row, at.outcome.all_known));
    advice.consequence = sentences_.consequence(row);
    advice.dose_percent = row.dose_percent;
    advice.dose_limit = row.dose_limit;
    advice.alternatives = row.alternatives;
    if (row.strength != "no recommendation") advice.strength = row.strength;
    return advice;
  }

  /// Names the genes without a result that the row does without. Such advice has no strength, and is never "as usual".
  [[nodiscard]] Recommendation as_far_as_known(Recommendation row, const std::vector<GeneView>& views) const {
    if (row.level == AdviceLevel::unknown) return row;
    for (const GeneView& view : views) {
      if (has_result(view) || !does_without(row, view.asked->gene)) continue;
      row.note = with_missing(std::move(row.note), view);
      row.strength.clear();
      std::erase(row.consequences, "normal");
      if (row.level == AdviceLevel::none) row.level = AdviceLevel::caution;
    }
    return row;
  }

  /// The text with what is missing said after it, unless it says so already.
  [[nodiscard]] std::string with_missing(std::string text, const GeneView& view) const {
    const std::string sentence = phrase("missing_gene", view, "");
    const bool is_said = text.find(sentence.substr(0, sentence.find(':'))) != std::string::npos;
    if (!is_said) text += (text.empty() ? "" : " ") + sentence;
    if (view.asked->alleles.empty()) return text;
    const std::vector<std::string> alleles(view.asked->alleles.begin(), view.asked->alleles.end());
    return text + " " + phrase("missing_allele", view, join_words(alleles, "and"));
  }

  [[nodiscard]] std::string phrase(const std::string& action, const GeneView& view, const std::string& text) const {
    const auto found = knowledge_.phrases.actions.find(action);
    if (found == knowledge_.phrases.actions.end()) return action;
    return fill(found->second, {{"gene", std::string{view.asked->gene}}, {"text", text}});
  }

  [[nodiscard]] std::vector<Advice> settled(const Case& only) const {
    const Outcome& outcome = only.outcome;
    switch (outcome.kind) {
      case Outcome::Kind::no_result: return {made(outcome.level(), "no_result", sentences_.no_result(outcome.text))};
      case Outcome::Kind::carriers_only:
        return {made(outcome.level(), "no_advice", sentences_.carriers_only(outcome.text))};
      case Outcome::Kind::no_advice: return {made(outcome.level(), "no_advice", sentences_.no_advice())};
      case Outcome::Kind::rows: break;
    }
    std::vector<Advice> all;
    for (const Recommendation* row : outcome.rows) all.push_back(made(*row, only));
    return all;
  }

  /// One row for all cases when they ask the same, with what else they say kept as far as it holds for each.
  [[nodiscard]] std::optional<Recommendation> common_row(const std::vector<Case>& cases) const {
    const Outcome& first = cases.front().outcome;
    if (first.rows.empty()) return std::nullopt;
    Recommendation common = *first.rows.front();
    std::vector<std::string> shared = sentences_in(common.note);
    for (const Case& item : cases) {
      const Outcome& outcome = item.outcome;
      if (outcome.rows.size() != 1 || outcome.all_known != first.all_known) return std::nullopt;
      const Recommendation& row = *outcome.rows.front();
      if (!is_agreed(common, row)) return std::nullopt;
      keep_common(common.alternatives, row.alternatives);
      keep_common(common.consequences, row.consequences);
      keep_common(shared, sentences_in(row.note));
      for (const std::string& key : row.monitor) add_once(common.monitor, key);
    }
    common.note = common_note(cases, shared);
    return common;
  }

  /// The sentences that all share, then for each case those of its own.
  [[nodiscard]] std::string common_note(const std::vector<Case>& cases, const std::vector<std::string>& shared) const {
    std::vector<std::string> parts = shared;
    for (const Case& item : cases) {
      std::vector<std::string> own = sentences_in(item.outcome.rows.front()->note);
      std::erase_if(own, [&](const std::string& text) { return std::ranges::find(shared, text) != shared.end(); });
      if (own.empty()) continue;
      const auto conditions = conditions_of(item.combinations, choices_, sentences_);
      parts.push_back(as_sentence(sentences_.possibility(conditions, joined(own, " "))));
    }
    return joined(parts, " ");
  }

  // The level holds for every possibility, or it is not known: an action that may be needed is never called milder.
  [[nodiscard]] Advice undetermined(const std::vector<Case>& cases) const {
    std::map<std::string, std::pair<AdviceLevel, Combinations>> by_brief;
    AdviceLevel mildest = AdviceLevel::action;
    bool all_alike = true;
    for (const Case& item : cases) {
      const AdviceLevel level = item.outcome.level();
      mildest = std::max(mildest, level);
      all_alike = all_alike && level == cases.front().outcome.level();
      auto& [worst, combinations] =
          by_brief.try_emplace(sentences_.brief(item.outcome.rows), level, Combinations{}).first->second;
      worst = std::min(worst, level);
      combinations.insert(combinations.end(), item.combinations.begin(), item.combinations.end());
    }
    std::vector<Possibility> possibilities;
    for (const auto& [what, item] : by_brief) {
      possibilities.push_back({what, item.first, conditions_of(item.second, choices_, sentences_)});
    }
    const bool is_settled = all_alike || mildest <= AdviceLevel::caution;
    std::string text = sentences_.undetermined(std::move(possibilities));
    for (const auto& views : choices_) {
      if (views.size() > 1 || has_result(views.front())) continue;
      text = with_missing(std::move(text), views.front());
      if (mildest == AdviceLevel::none) mildest = AdviceLevel::caution;
    }
    return made(is_settled ? mildest : AdviceLevel::unknown, "undetermined", std::move(text));
  }

  [[nodiscard]] AdviceBasis basis_of(const AskedOfGene& asked, const GeneResult* result) const {
    std::vector<std::string> diplotypes;
    std::vector<std::string> phenotypes;
    if (result != nullptr) {
      for (const GeneReading& reading : result->readings) {
        add_once(diplotypes, reading.diplotype.empty() ? sentences_.no_diplotype() : reading.diplotype);
        add_once(phenotypes, keyed_phenotype(asked, reading, sentences_));
      }
    }
    return {std::string{asked.gene}, joined(diplotypes, ";"), joined(phenotypes, ";")};
  }

  const KnowledgeBase& knowledge_;
  const Guideline& guideline_;
  const Scope& scope_;
  Sentences sentences_;
  std::vector<AskedOfGene> asked_;
  std::vector<std::vector<GeneView>> choices_;
  std::vector<AdviceBasis> basis_;
  std::string note_;  // what is uncertain about the genes
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
