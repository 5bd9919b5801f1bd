// Putting advice into words.
#include "pharmaco/guidance/sentence.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stardose::pharmaco {

namespace {

// With these, dose and monitoring are meant for those who take the drug all the same.
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

bool is_moving_away(const Recommendation& row) {
  return std::ranges::find(moving_away, row.action) != moving_away.end();
}

}  // namespace

std::string as_sentence(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text.ends_with('.') ? text : text + ".";
}

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

std::string Sentences::dose_and_monitor(const Recommendation& row) const {
  std::string dose;
  std::string monitor;
  if (!row.dose_percent.empty()) dose = from_template("dose", "dose", row.dose_percent);
  if (!row.monitor.empty()) {
    monitor = from_template("monitor", "monitor", join_words(phrases_of(row.monitor, phrases_.monitor), "and"));
  }
  if (!is_moving_away(row)) {
    if (!row.dose_limit.empty()) append(dose, from_template("limit", "limit", row.dose_limit));
    append(dose, monitor);
    return dose;
  }
  if (dose.empty() && monitor.empty()) return {};
  const std::string between = dose.empty() || monitor.empty() ? "" : "; ";
  return from_template("if_used", "text", clause(dose) + between + clause(monitor));
}

std::string Sentences::instruction(const Recommendation& row, bool all_known) const {
  const bool is_incomplete = !all_known && row.action == "standard";
  std::string text =
      is_incomplete ? from(phrases_.templates, "standard_incomplete") : from(phrases_.actions, row.action);
  std::string options;
  if (!row.alternatives.empty()) {
    options = from_template("alternatives", "alternatives", join_words(row.alternatives, "or"));
  }
  if (is_moving_away(row)) {
    append(text, options);
    if (!row.dose_limit.empty()) append(text, from_template("limit", "limit", row.dose_limit));
  }
  append(text, dose_and_monitor(row));
  if (!is_moving_away(row)) append(text, options);
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

std::string Sentences::brief(const std::vector<const Recommendation*>& rows) const {
  std::vector<std::string> clauses;
  for (const Recommendation* row : rows) {
    std::string text = clause(from(phrases_.actions, row->action));
    if (!row->dose_percent.empty()) {
      const std::string dose = from_template("dose", "dose", row->dose_percent);
      text += " (" + clause(is_moving_away(*row) ? from_template("if_used", "text", clause(dose)) : dose) + ")";
    }
    if (!row->dose_limit.empty()) text += " (" + clause(from_template("limit", "limit", row->dose_limit)) + ")";
    if (std::ranges::find(clauses, text) == clauses.end()) clauses.push_back(text);
  }
  if (clauses.empty()) return from(phrases_.templates, "possibility_none");
  return join_words(clauses, "and");
}

std::string Sentences::possibility(std::vector<std::string> conditions, const std::string& text) const {
  if (conditions.size() > most_conditions) {
    const std::size_t others = conditions.size() - most_conditions + 1;
    conditions.resize(most_conditions);
    conditions.back() = from_template("other_readings", "text", std::to_string(others));
  }
  return from(phrases_.templates, "possibility", {{"condition", join_words(conditions, "or")}, {"text", text}});
}

std::string Sentences::undetermined(std::vector<Possibility> possibilities) const {
  std::ranges::stable_sort(possibilities, {}, &Possibility::level);
  const bool all_action = possibilities.back().level == AdviceLevel::action;
  const bool any_action = possibilities.front().level == AdviceLevel::action;
  std::string all;
  for (const Possibility& item : possibilities) {
    all += (all.empty() ? "" : "; ") + possibility(item.conditions, item.what);
  }
  std::string text = as_sentence(all);
  append(text, all_action   ? from(phrases_.templates, "all_action")
               : any_action ? from(phrases_.templates, "any_action")
                            : from(phrases_.actions, "undetermined"));
  return text;
}

}  // namespace stardose::pharmaco
