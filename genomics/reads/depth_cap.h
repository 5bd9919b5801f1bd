// Which fragments stay where the pile is too deep.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace stardose::genomics {

/// Of one site. Keeps the fragments whose hash begins with enough zeros that they are no more than the bound. So the
/// choice knows no allele, strand or place, and who is kept at a deep site is kept at every site no deeper.
class DepthCap {
 public:
  /// How many zeros a hash must begin with.
  [[nodiscard]] std::uint8_t level() const { return level_; }
  /// Returns whether the fragment would be kept as far as is known now.
  [[nodiscard]] bool wants(std::uint64_t fragment) const { return zeros(fragment) >= level_; }
  /// Counts a fragment that is wanted; others may not be wanted any more from now on. `most` 0: no bound.
  void keep(std::uint64_t fragment, std::uint32_t most) {
    ++by_zeros_.at(zeros(fragment));
    ++kept_;
    while (most > 0 && kept_ > most && level_ + 1 < levels) kept_ -= by_zeros_.at(level_++);
  }
  /// Wants no more than a cap of this level does.
  void raise_to(std::uint8_t level) {
    while (level_ < level && level_ + 1 < levels) kept_ -= by_zeros_.at(level_++);
  }

 private:
  static constexpr int levels = 24;  // a pile 2^23 times too deep
  [[nodiscard]] static std::uint8_t zeros(std::uint64_t fragment) {
    return static_cast<std::uint8_t>(std::min(std::countl_zero(fragment), levels - 1));
  }

  std::uint8_t level_ = 0;
  std::uint32_t kept_ = 0;
  std::array<std::uint32_t, levels> by_zeros_{};
};

}  // namespace stardose::genomics
