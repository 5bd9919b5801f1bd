// Putting advice into words.
#include "pharmaco/guidance/sentence.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stardose::pharmaco {

namespace {

// With these the dose is meant for those who take the drug all the same.
constexpr std::array<std::string_view, 3> moving_away = {"avoid", "alternative", "consider_alternative"};

constexpr std::size_t most_conditions = 4;

bool is_lower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }

/// As part of a sentence: without its stop, and lower-case unless it begins with a name in capitals.
std::string clause(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  if (sentence.size() > 1 && is_lower(sentence[1])) {
    sentence[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(sentence[0])));
  }
  return sentence;
}

std::string as_sentence(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text + ".";
}

void append(std::string& text, const std::string& sentence) {
  if (sentence.empty()) return;
  if (!text.empty()) text += ' ';
  text += sentence;
}

std::vector<std::string> phrases_of(const std::vector<std::string>& keys, const Phrases::Words& words) {
  std::vector<std::string> phrases;
  for (const std::string& key : keys) {
    const auto phrase = words.find(key);
    phrases.push_back(phrase == words.end() ? key : phrase->second);
  }
  return phrases;
}

}  // namespace

std::string join_words(std::span<const std::string> items, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " " + std::string{last} + " " : ", ";
    text += items[i];
  }
  return text;
}

Sentences::Sentences(const Phrases& phrases, const std::string& source, const std::string& drug)
    : phrases_{phrases}, source_{source}, drug_{drug} {}

std::string Sentences::from(const Phrases::Words& words, std::string_view key, Values values) const {
  const auto phrase = words.find(key);
  if (phrase == words.end()) return std::string{key};
  values.emplace("drug", drug_);
  values.emplace("source", source_);
  return fill(phrase->second, values);
}

std::string Sentences::from_template(std::string_view key, std::string_view slot, const std::string& value) const {
  return from(phrases_.templates, key, {{slot, value}});
}

std::string Sentences::dose(const Recommendation& row) const {
  if (row.dose_percent.empty()) return {};
  const bool is_exception = std::ranges::find(moving_away, row.action) != moving_away.end();
  return from_template(is_exception ? "dose_if_used" : "dose", "dose", row.dose_percent);
}

std::string Sentences::instruction(const Recommendation& row, bool all_known) const {
  const bool is_incomplete = !all_known && row.action == "standard";
  std::string text = is_incomplete ? from(phrases_.templates, "standard_incomplete") : from(phrases_.actions, row.action);
  append(text, dose(row));
  if (!row.dose_limit.empty()) append(text, from_template("limit", "limit", row.dose_limit));
  if (!row.alternatives.empty()) {
    append(text, from_template("alternatives", "alternatives", join_words(row.alternatives, "or")));
  }
  if (!row.monitor.empty()) {
    append(text, from_template("monitor", "monitor", join_words(phrases_of(row.monitor, phrases_.monitor), "and")));
  }
  if (!row.note.empty()) append(text, from_template("note", "text", row.note));
  return text;
}

std::string Sentences::consequence(const Recommendation& row) const {
  std::string joined;
  for (const std::string& phrase : phrases_of(row.consequences, phrases_.consequences)) {
    joined += (joined.empty() ? "" : "; ") + phrase;
  }
  return joined.empty() ? joined : from_template("consequence", "consequence", joined);
}

std::string Sentences::population(const std::string& key) const {
  return key.empty() ? key : from(phrases_.populations, key);
}

std::string Sentences::no_result(const std::string& missing) const {
  return from(phrases_.actions, "no_result", {{"text", missing}});
}

std::string Sentences::no_advice() const { return from(phrases_.actions, "no_advice"); }

std::string Sentences::carriers_only(const std::string& alleles) const {
  return from_template("carriers_only", "text", alleles);
}

std::string Sentences::too_many_readings() const { return from(phrases_.templates, "too_many"); }

std::string Sentences::no_diplotype() const { return from(phrases_.templates, "no_diplotype"); }

std::string Sentences::condition(const std::string& gene, const std::string& value, bool is_score) const {
  return from(phrases_.templates, is_score ? "gene_scores" : "gene_is", {{"gene", gene}, {"text", value}});
}

std::string Sentences::brief(const Possibility& possibility) const {
  std::vector<std::string> clauses;
  for (const Recommendation* row : possibility.rows) {
    std::string text = clause(from(phrases_.actions, row->action));
    if (!row->dose_percent.empty()) text += " (" + clause(dose(*row)) + ")";
    if (!row->dose_limit.empty()) text += " (" + clause(from_template("limit", "limit", row->dose_limit)) + ")";
    if (std::ranges::find(clauses, text) == clauses.end()) clauses.push_back(text);
  }
  if (clauses.empty()) return from(phrases_.templates, "possibility_none");
  return join_words(clauses, "and");
}

std::string Sentences::undetermined(std::vector<Possibility> possibilities) const {
  std::ranges::stable_sort(possibilities, {}, &Possibility::level);
  const bool all_action = possibilities.back().level == AdviceLevel::action;
  const bool any_action = possibilities.front().level == AdviceLevel::action;
  std::string text = all_action   ? from(phrases_.templates, "all_action")
                     : any_action ? from(phrases_.templates, "any_action")
                                  : from(phrases_.actions, "undetermined");
  std::vector<std::string> asked;
  std::map<std::string, std::vector<std::string>> conditions;
  for (const Possibility& possibility : possibilities) {
    const std::string what = brief(possibility);
    if (!conditions.contains(what)) asked.push_back(what);
    conditions[what].push_back(possibility.condition);
  }
  std::string all;
  for (const std::string& what : asked) {
    std::vector<std::string>& when = conditions[what];
    if (when.size() > most_conditions) {
      when[most_conditions - 1] =
          from_template("other_readings", "text", std::to_string(when.size() - most_conditions + 1));
      when.resize(most_conditions);
    }
    all += all.empty() ? "" : "; ";
    all += from(phrases_.templates, "possibility", {{"text", what}, {"condition", join_words(when, "or")}});
  }
  append(text, as_sentence(all));
  return text;
}

}  // namespace stardose::pharmaco
