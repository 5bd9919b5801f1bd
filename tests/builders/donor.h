// Reads of a chromosome that carries one allele, aligned well or badly.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/builders/alignment_builder.h"

namespace stardose::test {

inline std::string random_bases(std::size_t count, unsigned seed) {
  std::mt19937 random{seed};
  std::string bases;
  for (std::size_t k = 0; k < count; ++k) bases += "ACGT"[random() % 4];
  return bases;
}

/// How an aligner writes a read over an indel: with the gap; with the shorter side clipped off; with the shorter side
/// laid on as if there were no gap.
enum class Style { gapped, clipped, plain };

/// `ref` of the contig at `position` (0-based) is replaced by `allele`.
struct Donor {
  std::string contig_bases;
  std::size_t position = 0;
  std::string ref;
  std::string allele;

  [[nodiscard]] std::string bases() const {
    return contig_bases.substr(0, position) + allele + contig_bases.substr(position + ref.size());
  }

  /// A read of the donor's bases [from, from + length) as `position cigar bases`; the gap, if any, comes after the
  /// first base of the alleles. Position is 1-based.
  struct Aligned {
    std::size_t position = 0;
    std::string cigar;
    std::string bases;
  };
  [[nodiscard]] Aligned read(std::size_t from, std::size_t length, Style style) const {
    Aligned result{from + 1, std::to_string(length) + "M", bases().substr(from, length)};
    const std::size_t gap = position + 1;  // both in the donor and in the contig
    const std::size_t inserted = allele.size() > ref.size() ? allele.size() - ref.size() : 0;
    const std::size_t deleted = ref.size() > allele.size() ? ref.size() - allele.size() : 0;
    if (inserted + deleted == 0 || from + length <= gap) return result;
    if (from >= gap + inserted) {
      result.position = from + 1 + deleted - inserted;
      return result;
    }
    const std::size_t left = from < gap ? gap - from : 0;
    const std::size_t end = from + length;
    const std::size_t middle = std::min(end, gap + inserted) - std::max(from, gap);  // inserted bases in the read
    const std::size_t right = end > gap + inserted ? end - gap - inserted : 0;
    const auto piece = [](std::size_t count, char op) { return count == 0 ? "" : std::to_string(count) + op; };
    const bool keeps_left = left >= right;
    if (!keeps_left) result.position = gap + deleted + 1;
    if (style == Style::gapped && left > 0 && right > 0) {
      result.position = from + 1;
      result.cigar = piece(left, 'M') + piece(middle, 'I') + piece(deleted, 'D') + piece(right, 'M');
    } else if (style == Style::plain) {
      if (!keeps_left) result.position -= left + middle;
    } else {
      result.cigar =
          keeps_left ? piece(left, 'M') + piece(middle + right, 'S') : piece(left + middle, 'S') + piece(right, 'M');
    }
    return result;
  }
};

}  // namespace stardose::test
