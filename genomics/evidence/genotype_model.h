// How well each genotype explains what reads show at one place.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stardose::genomics {

/// VCF's order of genotypes: 0/0, 0/1, 1/1, 0/2, ... Requires: a <= b.
[[nodiscard]] constexpr std::size_t genotype_number(std::size_t a, std::size_t b) { return b * (b + 1) / 2 + a; }
/// How many genotypes so many alleles have.
[[nodiscard]] constexpr std::size_t genotype_count(std::size_t alleles) { return genotype_number(0, alleles); }

/// What one fragment shows: an allele's number, and the Phred that it carries another.
struct ShownAllele {
  std::uint8_t allele = 0;
  std::uint8_t quality = 0;
};

/// Alleles of a place by how probable they are before anything was read. The first is the assembly's.
struct AllelePriors {
  /// That one of two copies carries it: a named alternative, one of three single bases that are not named, anything
  /// else. GATK HaplotypeCaller's --heterozygosity and --indel-heterozygosity (defaults 0.001 and 1.25e-4; DePristo et
  /// al. 2011, doi 10.1038/ng.806), a named indel counted like a named base: it is in the catalogue because people have
  /// it.
  static constexpr double named = 1e-3;
  static constexpr double unnamed_base = 1e-3 / 3;
  static constexpr double unnamed = 1.25e-4;
  /// Where there is one copy: carriers of an allele in whom it is mixed with another. Ours: so small that five reads of
  /// one allele, the least depth of one copy, need not fear an unseen second one.
  static constexpr double mixed = 0.01;

  std::size_t alleles = 0;  ///< the last is `other`: none of the known ones
  std::size_t named_up_to = 0;

  [[nodiscard]] double of(std::size_t allele) const {
    if (allele == 0) return 1;
    if (allele < named_up_to) return named;
    return allele + 1 < alleles ? unnamed_base : unnamed;
  }
};

struct LikeliestGenotype {
  std::size_t first = 0;
  std::size_t second = 0;
  std::uint8_t quality = 0;  ///< Phred of the posterior of all others, at most 99
};

/// One number a genotype, by genotype_number(): its log-likelihood in parts of a Phred, on a common scale.
struct GenotypeScores {
  std::vector<std::int64_t> of;
  std::vector<std::int64_t> sums;  ///< working space
};

/// The independent-errors model of diploid callers (Li 2011, doi 10.1093/bioinformatics/btr509, equation 2): a fragment
/// comes from either copy with the same probability; it shows what the copy carries, or, with the probability that its
/// quality states, any other allele, all alike.
/// Where there is one copy, two alleles are a mixture of unknown shares. Less than about one in ten is background: that
/// little is also seen of copies of the mitochondrion in the nucleus (Laricchia et al. 2022, doi
/// 10.1101/gr.276013.121, which reports mixtures from 10 % on).
/// Sums are of whole numbers, so that the order of fragments changes nothing.
class GenotypeModel {
 public:
  static constexpr std::uint8_t highest_quality = 99;
  /// To the Phred, of GenotypeScores.
  static constexpr double parts = 10'000;

  GenotypeModel(std::size_t alleles, bool one_copy);

  void score(std::span<const ShownAllele> shown, GenotypeScores& scores) const;
  [[nodiscard]] LikeliestGenotype likeliest(const GenotypeScores& scores, const AllelePriors& priors) const;

 private:
  void score_mixtures(GenotypeScores& scores) const;

  std::size_t alleles_;
  /// By quality: what a fragment adds that shows an allele of all copies, and one of a part of them, part by part.
  std::array<std::int64_t, 256> whole_{};
  std::vector<std::array<std::int64_t, 256>> part_;
};

/// Phred of each genotype relative to the likeliest.
[[nodiscard]] std::int32_t relative_phred(std::int64_t score, std::int64_t best);

/// Phred of Fisher's exact test, two-sided, that two alleles lie alike on both strands; 0 where one is not seen.
[[nodiscard]] double strand_bias(std::array<std::uint32_t, 2> forward, std::array<std::uint32_t, 2> reverse);

}  // namespace stardose::genomics
