// A site at which reads are aligned again: longer alleles, and single bases close to those.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "genomics/reads/aligned_read.h"

namespace stardose::genomics {

/// Bases beside a site that take part in judging which allele a read carries. Beyond the repeats at the catalogue's
/// sites (the longest, UGT1A1's TA, has 16 bases) two dozen remain, in which another allele's shift shows itself.
inline constexpr std::int64_t local_flank = 50;

/// Another site close to one, by the bases that it may have.
struct NearbySite {
  std::int64_t position = 0;
  std::vector<std::string> alleles;
};

/// Its window is the reference between `begin` and `end`.
struct LocalSite {
  std::int64_t position = 0;
  std::uint32_t number = 0;  ///< in the plan
  bool paralogous = false;
  std::vector<std::string> alleles;
  /// What a chromosome may have beside the alleles. Nothing of paralogous sites: what lies beside those may be the
  /// like's.
  std::vector<NearbySite> nearby;

  [[nodiscard]] std::int64_t alleles_end() const {
    return position + static_cast<std::int64_t>(alleles.front().size());
  }
  [[nodiscard]] std::int64_t begin() const { return position - local_flank; }
  [[nodiscard]] std::int64_t end() const { return alleles_end() + local_flank; }
  /// Bases that the longest allele has more than the first.
  [[nodiscard]] std::int64_t longest_gain() const;
};

/// Bases as numbers: A 0, C 1, G 2, T 3, and one for what is not known.
inline constexpr std::uint8_t unknown_base = 4;
[[nodiscard]] std::uint8_t base_number(char base);

/// A haplotype's base that a nearby site lists alternatives of, as numbers and as bits.
[[nodiscard]] constexpr std::uint8_t variable_base(std::uint8_t own, std::uint8_t others) {
  return static_cast<std::uint8_t>(0x80U | (own & 3U) << 4U | (others & 15U));
}
[[nodiscard]] constexpr bool is_variable(std::uint8_t base) { return (base & 0x80U) != 0; }
[[nodiscard]] constexpr std::uint8_t own_base(std::uint8_t base) {
  return is_variable(base) ? static_cast<std::uint8_t>(base >> 4U & 3U) : base;
}
[[nodiscard]] constexpr bool may_be(std::uint8_t variable, std::uint8_t base) { return (variable >> base & 1U) != 0; }
/// By a base as BAM packs it.
inline constexpr std::array<std::uint8_t, 16> bases_of_packed = [] {
  std::array<std::uint8_t, 16> bases{};
  bases.fill(unknown_base);
  bases[packed_a] = 0;
  bases[packed_c] = 1;
  bases[packed_g] = 2;
  bases[packed_t] = 3;
  return bases;
}();

/// Writes the bases of a read in [from, to) as numbers.
void unpack_bases(const AlignedRead& read, std::int64_t from, std::int64_t to, std::uint8_t* into);

/// The sequences that a chromosome may have around a site, one an allele: flank, allele, flank.
struct LocalHaplotypes {
  std::int64_t begin = 0;  ///< reference position of the first base
  std::int64_t end = 0;    ///< reference position behind the last
  std::vector<std::vector<std::uint8_t>> bases;
  std::int64_t allele_begin = 0;  ///< within each: where the alleles start
  /// Bases at either end that all of them share. Between them alleles can be told apart; in a repeat, where an indel
  /// could stand anywhere, that is the whole repeat.
  std::int64_t left_shared = 0;
  std::int64_t right_shared = 0;
  bool same_length = true;
  /// Anchors: reference positions before `left_limit`, or from `right_limit` on, are at the same place of every
  /// haplotype, counted from that end.
  std::int64_t left_limit = 0;
  std::int64_t right_limit = 0;
  /// Phred: how rarely sequencing makes one length of the repeat into another.
  int length_quality = 0;
  /// The alleles are runs of one base that differ by single bases. Instruments that read a run as one event (HiFi) say
  /// by the lowest quality in it how sure its length is.
  bool is_run = false;
};

/// Reference bases that haplotypes have on each side of the alleles.
[[nodiscard]] std::int64_t haplotype_flank(const LocalSite& site);

/// `left` and `right` are the flanks, haplotype_flank() bases each.
[[nodiscard]] LocalHaplotypes local_haplotypes(const LocalSite& site, std::span<const std::uint8_t> left,
                                               std::span<const std::uint8_t> right);

}  // namespace stardose::genomics
