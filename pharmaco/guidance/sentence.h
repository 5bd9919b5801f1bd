// The readable sentences of advice, from the structure of a recommendation and the catalogue's phrases.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/advice_level.h"
#include "pharmaco/knowledge/guideline.h"
#include "pharmaco/knowledge/phrases.h"

namespace stardose::pharmaco {

/// One of the things that an ambiguous result may ask for.
struct Possibility {
  std::string what;  ///< as Sentences::brief() puts it
  AdviceLevel level = AdviceLevel::unknown;
  std::vector<std::string> conditions;  ///< `TPMT is Poor Metabolizer`; any of them
};

/// Sentences on one drug of one guideline. Refers to the phrases, which must outlive it. Pure; thread-safe.
class Sentences {
 public:
  Sentences(const Phrases& phrases, const std::string& source, const std::string& drug);

  /// What to do, verb first. `all_known` false: a gene that the guideline asks for has no result.
  [[nodiscard]] std::string instruction(const Recommendation& row, bool all_known) const;
  /// What follows from usual use; empty when the recommendation names nothing.
  [[nodiscard]] std::string consequence(const Recommendation& row) const;
  [[nodiscard]] std::string population(const std::string& key) const;

  [[nodiscard]] std::string no_result(const std::string& missing) const;
  [[nodiscard]] std::string no_advice() const;
  [[nodiscard]] std::string carriers_only(const std::string& alleles) const;
  [[nodiscard]] std::string too_many_readings() const;
  /// The instructions of an ambiguous result's possibility as part of a sentence; no rows: no advice.
  [[nodiscard]] std::string brief(const std::vector<const Recommendation*>& rows) const;
  /// Says first whether prescribing must or may change, then what each possibility asks, most demanding first.
  [[nodiscard]] std::string undetermined(std::vector<Possibility> possibilities) const;

  /// `if CONDITION: TEXT`; a condition that is too long is cut.
  [[nodiscard]] std::string possibility(std::vector<std::string> conditions, const std::string& text) const;
  /// `GENE is VALUE`, or that its activity score is.
  [[nodiscard]] std::string condition(const std::string& gene, const std::string& value, bool is_score) const;
  [[nodiscard]] std::string no_diplotype() const;

  /// A phrase of the templates, filled with the drug, the source and one slot more.
  [[nodiscard]] std::string from_template(std::string_view key, std::string_view slot, const std::string& value) const;

 private:
  using Values = std::map<std::string_view, std::string>;

  [[nodiscard]] std::string from(const Phrases::Words& words, std::string_view key, Values values = {}) const;
  [[nodiscard]] std::string dose_and_monitor(const Recommendation& row) const;

  const Phrases& phrases_;
  std::string source_;
  std::string drug_;
};

/// With a capital first letter and a stop.
[[nodiscard]] std::string as_sentence(std::string text);

/// Joins as `a, b and c`, the last with `last`.
[[nodiscard]] std::string join_words(std::span<const std::string> items, std::string_view last);

}  // namespace stardose::pharmaco
