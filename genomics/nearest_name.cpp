// Edit distance with swaps (optimal string alignment).
#include "genomics/nearest_name.h"

#include <algorithm>
#include <cctype>

namespace stardose::genomics {

namespace {

constexpr std::size_t longest_name = 64;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// Or, where they are `enough` or more, some number of at least that.
std::size_t edits_between(const std::string& a, const std::string& b, std::size_t enough) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> table((a.size() + 1) * width);
  const auto edits = [&](std::size_t i, std::size_t j) -> std::size_t& { return table[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) edits(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) edits(0, j) = j;
  std::size_t fewest_before = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t fewest = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      edits(i, j) = std::min({edits(i - 1, j) + 1, edits(i, j - 1) + 1, edits(i - 1, j - 1) + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) edits(i, j) = std::min(edits(i, j), edits(i - 2, j - 2) + 1);
      fewest = std::min(fewest, edits(i, j));
    }
    // Every way to the end goes through this row, or by a swap through the one before.
    if (fewest >= enough && fewest_before >= enough) return enough;
    fewest_before = fewest;
  }
  return edits(a.size(), b.size());
}

}  // namespace

std::string nearest_name(const std::string& written, const std::vector<std::string>& candidates) {
  if (written.empty() || written.size() > longest_name) return {};
  const std::string word = lower(written);
  std::string nearest;
  std::size_t fewest = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t apart = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    const bool may_begin = word.size() >= 3 && candidate.size() >= word.size();
    if (apart >= fewest && !may_begin) continue;
    const std::string name = lower(candidate);
    const bool beginning = may_begin && name.starts_with(word);
    if (apart >= fewest && !beginning) continue;
    const std::size_t edits =
        beginning ? std::min<std::size_t>(1, name.size() - word.size()) : edits_between(word, name, fewest);
    if (edits >= fewest || edits >= name.size()) continue;
    fewest = edits;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace stardose::genomics
