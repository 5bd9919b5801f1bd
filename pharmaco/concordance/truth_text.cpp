// The grammar of truths.
#include "pharmaco/concordance/truth_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

/// A haplotype and whether only one assay shows it.
struct Alternative {
  std::string text;
  bool one_assay = false;
};

/// Splits at the separator outside of parentheses and brackets.
std::vector<std::string_view> split_outside(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (depth != 0 || text.substr(i, separator.size()) != separator) continue;
    parts.push_back(trimmed(text.substr(begin, i - begin)));
    begin = i + separator.size();
    i = begin - 1;
  }
  parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

bool has_slash(std::string_view text) { return text.find('/') != std::string_view::npos; }

/// Place of the parenthesis that the closing one at `close` belongs to; npos: none.
std::size_t opening_of(std::string_view text, std::size_t close) {
  int depth = 0;
  for (std::size_t i = close + 1; i-- > 0;) {
    if (text[i] == ')') ++depth;
    if (text[i] == '(' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

bool leaves_open(std::string_view haplotype) {
  static constexpr std::array<std::string_view, 8> words = {"",        "?",       "*?", "undefined",
                                                            "unknown", "no call", "nd", "."};
  return std::ranges::find(words, folded(haplotype)) != words.end();
}

std::vector<std::string_view> listed(std::string_view text) {
  std::vector<std::string_view> items;
  for (const std::string_view part : split(text, ";")) {
    for (const std::string_view item : split(part, ",")) items.push_back(trimmed(item));
  }
  return items;
}

std::vector<Alternative> alternatives_of(std::string_view text, const IsName& is_name) {
  text = trimmed(text);
  if (is_name(text)) return {{std::string{text}, false}};
  bool doubt = false;
  while (text.size() > 1 && (text.ends_with('?') || text.ends_with('*'))) {
    doubt = doubt || text.ends_with('?');
    text = trimmed(text.substr(0, text.size() - 1));
  }
  const std::size_t open = text.find('(');
  const std::size_t close = open == std::string_view::npos ? open : text.find(')', open);
  if (close == std::string_view::npos) return {{std::string{text}, doubt}};
  const std::string_view before = trimmed(text.substr(0, open));
  const std::string_view inside = trimmed(text.substr(open + 1, close - open - 1));
  const std::string_view after = trimmed(text.substr(close + 1));
  std::vector<Alternative> found;
  if (before.empty() && after.empty() && inside.find('+') != std::string_view::npos)
    return {{std::string{inside}, doubt}};
  if (after.starts_with('+')) {
    found.push_back({std::string{inside} + std::string{after}, true});
    found.push_back({std::string{trimmed(after.substr(1))}, doubt});
    return found;
  }
  if (!after.empty()) return {{std::string{text}, doubt}};
  if (!before.empty()) found.push_back({std::string{before}, doubt});
  for (const std::string_view item : listed(inside)) found.push_back({std::string{item}, true});
  return found;
}

class TruthReader {
 public:
  explicit TruthReader(const IsName& is_name) : is_name_{is_name} {}

  std::vector<TruthCandidate> read(std::string_view text) {
    text = trimmed(text);
    if (folded(text).starts_with("no consensus")) return {};
    for (const std::string_view piece : split_outside(text, " or ")) {
      for (const std::string_view part : split_outside(piece, ";")) read_either(part);
    }
    return std::move(candidates_);
  }

 private:
  void read_either(std::string_view text) {
    const auto parts = split_outside(text, ",");
    if (parts.size() > 1 && std::ranges::all_of(parts, has_slash)) {
      for (const std::string_view part : parts) read_one(part, false);
    } else {
      read_one(text, false);
    }
  }

  /// A list such as `a het, b hom`; false: it is none.
  bool read_list(std::string_view text) {
    TruthCandidate candidate{{}, true, false};
    for (const std::string_view item : split_outside(text, ",")) {
      const bool twice = item.ends_with(" hom");
      if (!twice && !item.ends_with(" het")) return false;
      const std::string name{trimmed(item.substr(0, item.size() - 4))};
      candidate.haplotypes.insert(candidate.haplotypes.end(), twice ? 2 : 1, name);
    }
    candidates_.push_back(std::move(candidate));
    return true;
  }

  void read_one(std::string_view text, bool one_assay) {
    text = trimmed(text);
    if (text.empty() || read_list(text)) return;
    if (!is_name_(text) && text.ends_with(')') && !std::ranges::all_of(split(text, "/"), is_name_)) {
      const std::size_t open = opening_of(text, text.size() - 1);
      const std::string_view inside =
          open == std::string_view::npos ? std::string_view{} : text.substr(open + 1, text.size() - open - 2);
      if (has_slash(inside)) {
        read_one(text.substr(0, open), one_assay);
        read_one(inside, true);
        return;
      }
    }
    add(split_outside(text, "/"), one_assay);
  }

  void add(std::vector<std::string_view> parts, bool one_assay) {
    if (parts.size() == 1 && !candidates_.empty() && candidates_.back().haplotypes.size() == 2) {
      first_of_last_ = candidates_.back().haplotypes.front();
      parts.insert(parts.begin(), first_of_last_);
    }
    std::vector<TruthCandidate> readings{{{}, false, one_assay}};
    for (const std::string_view part : parts) {
      std::vector<TruthCandidate> longer;
      for (const TruthCandidate& begun : readings) {
        for (const Alternative& alternative : alternatives_of(part, is_name_)) {
          TruthCandidate next = begun;
          next.haplotypes.push_back(alternative.text);
          next.one_assay = next.one_assay || alternative.one_assay;
          longer.push_back(std::move(next));
        }
      }
      readings = std::move(longer);
    }
    std::erase_if(readings, [](const TruthCandidate& one) { return std::ranges::any_of(one.haplotypes, leaves_open); });
    candidates_.insert(candidates_.end(), readings.begin(), readings.end());
  }

  const IsName& is_name_;
  std::string first_of_last_;
  std::vector<TruthCandidate> candidates_;
};

}  // namespace

std::vector<TruthCandidate> read_truth(std::string_view text, const IsName& is_name) {
  return TruthReader{is_name}.read(text);
}

}  // namespace stardose::pharmaco
