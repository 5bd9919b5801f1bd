// Trimming and shifting of edits.
#include "genomics/basics/edit.h"

#include <algorithm>
#include <cstdlib>

namespace stardose::genomics {

namespace {

bool is_rotation(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (std::string{a} + std::string{a}).find(b) != std::string::npos;
}

}  // namespace

Edit trim(std::int64_t position, std::string_view ref, std::string_view alt) {
  while (!ref.empty() && !alt.empty() && ref.back() == alt.back()) {
    ref.remove_suffix(1);
    alt.remove_suffix(1);
  }
  while (!ref.empty() && !alt.empty() && ref.front() == alt.front()) {
    ref.remove_prefix(1);
    alt.remove_prefix(1);
    ++position;
  }
  return {position, std::string{ref}, std::string{alt}};
}

Edit left_align(Edit edit, const BaseAt& base_at) {
  const bool pure = edit.removed.empty() != edit.inserted.empty();
  if (!pure) return edit;
  std::string& bases = edit.removed.empty() ? edit.inserted : edit.removed;
  while (edit.start > 0) {
    const char before = base_at(edit.start - 1);
    if (before == 'N' || before != bases.back()) break;
    std::rotate(bases.begin(), bases.end() - 1, bases.end());
    --edit.start;
  }
  return edit;
}

bool may_be_shifted(const Edit& a, const Edit& b, std::int64_t reach) {
  if (!a.is_indel() || !b.is_indel() || std::abs(a.start - b.start) > reach) return false;
  if (a.removed.empty() != b.removed.empty() || a.inserted.empty() != b.inserted.empty()) return false;
  return is_rotation(a.removed, b.removed) && is_rotation(a.inserted, b.inserted);
}

}  // namespace stardose::genomics
