// What one sample shows at one site, in two bytes.
#pragma once

#include <cstdint>

namespace stardose::genomics {

/// An allele of a site as a small number: 0 is the reference, k the site's k-th alternative, or one of these.
namespace allele_code {
inline constexpr std::uint8_t largest_alt = 55;
/// `*` in a record about the site: an allele that another record of the site tells (`bcftools norm -a`), or else gone.
inline constexpr std::uint8_t elsewhere = 56;
inline constexpr std::uint8_t other_base =
    57;  ///< 57, 58: the first and second base that a one-base site does not list
/// Not the reference, and no base of the site's either: the site is deleted or in a change of another length, or nobody
/// says what is there.
inline constexpr std::uint8_t displaced = 59;
inline constexpr std::uint8_t other = 60;    ///< a variant that the site does not list
inline constexpr std::uint8_t no_copy = 61;  ///< haploid: there is no second copy
inline constexpr std::uint8_t missing = 62;  ///< `.` in a half-call

/// Returns whether the code stands for a variant that the site does not list.
[[nodiscard]] constexpr bool is_other(std::uint8_t code) {
  return code == other || code == other_base || code == other_base + 1 || code == displaced || code == elsewhere;
}
}  // namespace allele_code

/// Why nothing can be said about a sample at a site. Clinically different things, so kept apart.
enum class Missing : std::uint8_t {
  not_covered,       ///< no record speaks about the site
  no_genotype,       ///< `./.`
  ploidy,            ///< more than two alleles
  symbolic,          ///< `*` or `N`: another record's deletion, or bases that were not read
  structural,        ///< `<DEL>`, `<DUP>` or another large change that reaches the site
  not_left_aligned,  ///< an indel here may be the site's, spelled further right
  needs_phase,       ///< neighbouring variants whose phase decides
  conflict,          ///< records at the site contradict each other, or the assembly
  not_placed,        ///< where the site is on the input's assembly is not known with certainty
  other_sequence,    ///< the input's chrM is not the sequence that the site's position counts on
  failed_filter,     ///< FILTER or FORMAT/FT of the record; these and the next: GenotypeThresholds
  low_depth,         ///< too few reads
  low_quality,       ///< too low a genotype quality
  low_balance,       ///< too small a share of the reads for one of two alleles
};

/// Returns whether there was a genotype, but one that falls short of a threshold.
[[nodiscard]] constexpr bool is_filtered(Missing why) { return why >= Missing::failed_filter; }

/// Returns whether the whole site has no place in the input.
[[nodiscard]] constexpr bool is_unplaced(Missing why) {
  return why == Missing::not_placed || why == Missing::other_sequence;
}

/// Returns whether a variant was seen of which it cannot be said which it is: more than silence, and no reference.
/// For a filtered genotype SiteGenotype::hides_variant() knows.
[[nodiscard]] constexpr bool hides_a_variant(Missing why) {
  return why != Missing::not_covered && why != Missing::no_genotype && why != Missing::symbolic && !is_unplaced(why) &&
         !is_filtered(why);
}

/// What a genotype rests on, and from failed_filter on in what it falls short.
enum class Evidence : std::uint8_t {
  record,  ///< a record of its own
  block,   ///< a stretch of reference (gVCF)
  failed_filter,
  low_depth,
  low_quality,
  low_balance,
};

/// Two allele codes and their phase, or why there are none. Missing is not reference.
class SiteGenotype {
 public:
  /// Not covered.
  constexpr SiteGenotype() : SiteGenotype{Missing::not_covered} {}
  constexpr explicit SiteGenotype(Missing why)
      : bits_{static_cast<std::uint16_t>(missing_mark | (static_cast<unsigned>(why) << 6U))} {}
  /// Missing by a threshold; `variant`: what was filtered away is not plain reference.
  constexpr SiteGenotype(Missing why, bool variant)
      : bits_{static_cast<std::uint16_t>(missing_mark | (static_cast<unsigned>(why) << 6U) |
                                         (variant ? variant_bit : 0U))} {}
  constexpr SiteGenotype(std::uint8_t first, std::uint8_t second, bool phased)
      : bits_{static_cast<std::uint16_t>(first | (static_cast<unsigned>(second) << 6U) | (phased ? phased_bit : 0U))} {}
  [[nodiscard]] static constexpr SiteGenotype from_bits(std::uint16_t bits) {
    SiteGenotype genotype;
    genotype.bits_ = bits;
    return genotype;
  }

  /// The same alleles, resting on something else. Requires: !is_missing().
  [[nodiscard]] constexpr SiteGenotype with(Evidence evidence) const {
    return from_bits(
        static_cast<std::uint16_t>((bits_ & below_evidence) | (static_cast<unsigned>(evidence) << evidence_shift)));
  }

  /// The same genotype with these alleles. Requires: !is_missing().
  [[nodiscard]] constexpr SiteGenotype with_alleles(std::uint8_t first, std::uint8_t second) const {
    return from_bits(
        static_cast<std::uint16_t>((bits_ & ~allele_bits) | first | (static_cast<unsigned>(second) << 6U)));
  }

  /// The same genotype without its phase. Requires: !is_missing().
  [[nodiscard]] constexpr SiteGenotype unphased() const {
    return from_bits(static_cast<std::uint16_t>(bits_ & ~phased_bit));
  }

  /// The same genotype, its alleles in the order of two strands. Requires: !is_missing().
  [[nodiscard]] constexpr SiteGenotype phased() const {
    return from_bits(static_cast<std::uint16_t>(bits_ | phased_bit));
  }

  [[nodiscard]] constexpr std::uint16_t bits() const { return bits_; }
  [[nodiscard]] constexpr bool is_missing() const { return (bits_ & 63U) == missing_mark; }
  /// Requires: is_missing().
  [[nodiscard]] constexpr Missing why_missing() const { return static_cast<Missing>((bits_ >> 6U) & 63U); }
  /// Returns whether a variant may be here though it cannot be used.
  [[nodiscard]] constexpr bool hides_variant() const {
    return is_missing() && (hides_a_variant(why_missing()) || (bits_ & variant_bit) != 0);
  }
  /// Returns whether a threshold has taken the genotype away.
  [[nodiscard]] constexpr bool is_filtered() const { return is_missing() && genomics::is_filtered(why_missing()); }
  [[nodiscard]] constexpr Evidence evidence() const { return static_cast<Evidence>(bits_ >> evidence_shift); }
  /// Returns whether it falls short of a threshold and has yet to be taken away.
  [[nodiscard]] constexpr bool is_doubtful() const { return evidence() >= Evidence::failed_filter; }
  [[nodiscard]] constexpr std::uint8_t first() const { return bits_ & 63U; }
  [[nodiscard]] constexpr std::uint8_t second() const { return (bits_ >> 6U) & 63U; }
  [[nodiscard]] constexpr bool is_phased() const { return (bits_ & phased_bit) != 0; }
  [[nodiscard]] constexpr bool is_haploid() const { return !is_missing() && second() == allele_code::no_copy; }
  [[nodiscard]] constexpr bool is_partial() const {
    return !is_missing() && (first() == allele_code::missing || second() == allele_code::missing);
  }
  /// Returns whether every copy has the reference.
  [[nodiscard]] constexpr bool is_reference() const {
    return !is_missing() && first() == 0 && (second() == 0 || is_haploid());
  }
  [[nodiscard]] constexpr bool is_het() const { return !is_missing() && !is_haploid() && first() != second(); }
  [[nodiscard]] constexpr bool has_other() const {
    return !is_missing() && (allele_code::is_other(first()) || allele_code::is_other(second()));
  }
  /// Returns whether a strand has no base of the site's.
  [[nodiscard]] constexpr bool is_displaced() const {
    const auto is_gone = [](std::uint8_t code) {
      return code == allele_code::displaced || code == allele_code::elsewhere;
    };
    return !is_missing() && (is_gone(first()) || is_gone(second()));
  }

  friend constexpr bool operator==(SiteGenotype, SiteGenotype) = default;

 private:
  static constexpr unsigned missing_mark = 63;
  static constexpr unsigned allele_bits = 0xFFF;
  static constexpr unsigned phased_bit = 1U << 12U;
  static constexpr unsigned variant_bit = phased_bit;  // of a missing one, which has no phase
  static constexpr unsigned evidence_shift = 13;
  static constexpr unsigned below_evidence = (1U << evidence_shift) - 1;
  std::uint16_t bits_;
};

}  // namespace stardose::genomics
