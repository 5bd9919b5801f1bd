// A change of the reference with nothing superfluous in it.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace stardose::genomics {

/// `removed` (reference bases at the 0-based half-open interval [start, start + removed.size())) gives way to
/// `inserted`. Trimmed: the two share no first and no last base. Equal edits are the same variant only when both are
/// left-aligned. An insertion has an empty `removed`; no change at all has both empty.
struct Edit {
  std::int64_t start = 0;
  std::string removed;
  std::string inserted;

  friend auto operator<=>(const Edit&, const Edit&) = default;

  [[nodiscard]] std::int64_t end() const { return start + static_cast<std::int64_t>(removed.size()); }
  [[nodiscard]] bool is_indel() const { return removed.size() != inserted.size(); }
};

/// Returns the trimmed edit of VCF alleles at a 0-based position: common last bases go first, then common first bases,
/// which is how an anchored, left-aligned record is read. Upper-case ACGTN expected.
[[nodiscard]] Edit trim(std::int64_t position, std::string_view ref, std::string_view alt);

/// Gives the reference base at a 0-based position of the edit's contig, upper case; 'N' where there is none.
using BaseAt = std::function<char(std::int64_t)>;

/// Returns the same variant shifted as far left as the reference allows (Tan, Abecasis and Kang 2015,
/// Bioinformatics 31:2202). Only pure insertions and deletions move.
[[nodiscard]] Edit left_align(Edit edit, const BaseAt& base_at);

/// Returns whether one indel could be a shifted spelling of the other: the same length gained or lost, at most
/// `reach` bases apart, and the bases of one are a rotation of the other's. What left_align would settle.
[[nodiscard]] bool may_be_shifted(const Edit& a, const Edit& b, std::int64_t reach);

}  // namespace stardose::genomics
