// A stretch of the assembly from which chromosomes are made.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stardose::tests {

struct Window {
  std::string contig;
  std::int64_t start = 0;  ///< 0-based position of the first base
  std::string bases;

  /// Bases of [begin, end), 0-based. Throws where that is not in the window.
  [[nodiscard]] std::string_view cut(std::int64_t begin, std::int64_t end) const;
  [[nodiscard]] std::int64_t end() const { return start + static_cast<std::int64_t>(bases.size()); }
};

/// Reads a gzipped FASTA of one record titled `chr22:42000000-43000000`.
[[nodiscard]] Window read_window(const std::string& path);

/// How much of the assembly is added left and right of what the haplotypes say.
struct Flanks {
  std::int64_t begin = 42'110'000;
  std::int64_t end = 42'164'000;
};

}  // namespace stardose::tests
