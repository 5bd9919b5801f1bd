// Whole words and codes.
#include "pharmaco/report/medication.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace stardose::pharmaco {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

std::string lowered(std::string_view text) {
  std::string word{text};
  std::ranges::transform(word, word.begin(), lower);
  return word;
}

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & '\x80') != 0; }

/// `text` in lower case, `name` as the catalogue has it.
bool has_word(std::string_view text, std::string_view name) {
  const std::string word = lowered(name);
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_letter_or_digit(text[at - 1]);
    const bool ends = end == text.size() || !is_letter_or_digit(text[end]);
    if (begins && ends) return true;
  }
  return false;
}

bool is_named(const Drug& drug, std::string_view text) {
  return has_word(text, drug.name) ||
         std::ranges::any_of(drug.other_names, [text](const std::string& name) { return has_word(text, name); });
}

/// Takes a prefix and the blanks after it away; returns whether it was there.
bool strip(std::string& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.erase(0, std::min(text.size(), text.find_first_not_of(' ', prefix.size())));
  return true;
}

bool has_code(const std::vector<std::string>& codes, std::string_view code) {
  return std::ranges::any_of(codes, [code](const std::string& known) { return lowered(known) == code; });
}

/// One letter more, less or other, or two neighbours swapped. Farther apart two names are those of two medicines.
bool is_slip(std::string_view written, std::string_view name) {
  const std::size_t most = std::max(written.size(), name.size());
  const std::size_t least = std::min(written.size(), name.size());
  if (least < 5 || most - least > 1 || written == name) return false;
  const auto differ = std::ranges::mismatch(written, name);
  const auto same = static_cast<std::size_t>(differ.in1 - written.begin());
  const std::string_view rest_a = written.substr(same);
  const std::string_view rest_b = name.substr(same);
  if (rest_a.size() == rest_b.size()) {
    const bool swapped = rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0];
    return rest_a.substr(1) == rest_b.substr(1) || (swapped && rest_a.substr(2) == rest_b.substr(2));
  }
  return rest_a.size() > rest_b.size() ? rest_a.substr(1) == rest_b : rest_a == rest_b.substr(1);
}

}  // namespace

Medication find_medication(const std::string& given, const std::vector<Drug>& drugs) {
  Medication found{given, {}, {}};
  std::string text = lowered(given);
  for (const Drug& drug : drugs) {
    if (is_named(drug, text)) found.drugs.push_back(drug.name);
  }
  if (!found.drugs.empty()) return found;
  const bool is_atc = strip(text, "atc:");
  const bool is_rxnorm = !is_atc && (strip(text, "rxnorm:") || strip(text, "rxcui:"));
  for (const Drug& drug : drugs) {
    if ((!is_rxnorm && has_code(drug.atc, text)) || (!is_atc && has_code(drug.rxnorm, text))) {
      found.drugs.push_back(drug.name);
    }
    if (found.nearest.empty() && is_slip(text, drug.name)) found.nearest = drug.name;
  }
  if (!found.drugs.empty()) found.nearest.clear();
  return found;
}

std::string_view word_of_denial(const Medication& medication) {
  static constexpr std::array<std::string_view, 17> words = {
      "not",       "no",      "never",    "stop",       "stopped",     "stopping", "discontinued", "ended",   "paused",
      "withdrawn", "allergy", "allergic", "intolerant", "intolerance", "avoid",    "former",       "formerly"};
  if (medication.drugs.empty()) return {};
  const std::string text = lowered(medication.given);
  const auto found = std::ranges::find_if(words, [&](std::string_view word) { return has_word(text, word); });
  return found == words.end() ? std::string_view{} : *found;
}

const std::vector<Medication>* MedicationLists::of(std::size_t sample) const {
  if (sample >= of_sample_.size() || !of_sample_[sample]) return nullptr;
  return &*of_sample_[sample];
}

}  // namespace stardose::pharmaco
