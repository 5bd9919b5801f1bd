// The outcome of calling one gene from genotypes, with what it rests on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "genomics/basics/site_genotype.h"
#include "pharmaco/calling/call_status.h"
#include "pharmaco/calling/reads_behind.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// Why there is no call.
enum class NoCallReason {
  none,                  ///< there is one
  not_covered,           ///< no position of the gene has a genotype
  not_placed,            ///< where a position that it needs is on the input's assembly is not known with certainty
  other_sequence,        ///< the input's mitochondrial sequence is not the one that positions count on
  required_missing,      ///< a position that the gene cannot be called without is missing
  half_call,             ///< one of two alleles is missing at a position (`1/.`)
  hidden_variant,        ///< a variant was seen that cannot be read as any allele of its position
  filtered_variant,      ///< a variant was seen that did not pass its filters or a threshold
  one_allele,            ///< one allele is given where the gene has two copies
  mixed_ploidy,          ///< one copy at some positions and two at others, or a heteroplasmic position
  undocumented_variant,  ///< a variant that no definition knows
  no_match,              ///< known variants in a combination that no named alleles explain
  phase_unknown,         ///< as no_match, and too many ways to phase the variants to look for combinations
  structure_decides,     ///< copies and hybrids decide this gene, and a list of small variants does not show them
  structure_not_known,   ///< they do, and the catalogue does not know what to look for in reads
  low_coverage,          ///< reads cover too few of the gene's positions well enough
  outside_only,          ///< calls of this gene come from elsewhere, and none was given
};

/// How the strands were told apart.
enum class Phasing {
  none,           ///< nothing was seen
  homozygous,     ///< no heterozygous position: phase does not matter
  single_het,     ///< one heterozygous position: phase does not matter
  phased,         ///< by phased genotypes
  phase_sets,     ///< by phased genotypes of one phase set (PS)
  partly_phased,  ///< some heterozygous positions are phased to each other, others not
  unphased,       ///< no heterozygous position has a phase to another
  one_copy,
};

/// An allele of a site on one strand, an allele_code.
struct SiteAllele {
  std::size_t site = 0;  ///< number in Gene::sites
  std::uint8_t allele = 0;

  friend bool operator==(const SiteAllele&, const SiteAllele&) = default;
};

/// What one strand carries: a named allele, or several alleles and variants that only together explain it (`[a + b]`).
struct Haplotype {
  std::vector<std::size_t>
      alleles;  ///< numbers in Gene::alleles, by name; empty: the reference allele but for `variants`
  std::vector<SiteAllele>
      variants;  ///< by site; what none of `alleles` accounts for. Only where combinations are sought

  [[nodiscard]] bool empty() const { return alleles.empty() && variants.empty(); }
  [[nodiscard]] bool is_named_allele() const { return alleles.size() == 1 && variants.empty(); }

  friend bool operator==(const Haplotype&, const Haplotype&) = default;
};

/// An unordered pair, the smaller name first. With one copy there is no second.
struct Diplotype {
  Haplotype first;
  Haplotype second;
  int score = 0;

  [[nodiscard]] bool has_second() const { return !second.empty(); }

  friend bool operator==(const Diplotype&, const Diplotype&) = default;
};

/// What allele frequencies say to an ambiguous call.
struct FrequencyRanking {
  std::string population;            ///< empty: nobody asked
  std::vector<double> posteriors;    ///< of the diplotypes, then of those set aside, falling; empty: cannot be ranked
  std::vector<Diplotype> set_aside;  ///< too improbable beside the one that was called
};

/// The best pair of those that were not chosen, and what stood against it.
struct NextBest {
  enum class Why {
    none,          ///< there is no other, or nobody looked
    lower_score,   ///< explains the data too, but its definitions ask fewer of the positions seen
    preference,    ///< explains the data as well; the catalogue prefers the other for unphased data
    contradicted,  ///< does not explain the data
  };
  Why why = Why::none;
  Diplotype pair;
  std::vector<std::size_t> against;  ///< contradicted: sites that speak against it
};

struct GeneCall {
  CallStatus status = CallStatus::no_call;
  NoCallReason reason = NoCallReason::none;
  std::vector<Diplotype> diplotypes;  ///< best-scoring, by name; of a combination all, best first
  std::vector<Diplotype> matches;     ///< if asked for: every diplotype that explains the genotypes, best first
  std::vector<std::size_t>
      lone_alleles;                   ///< of an unphased lowest-function gene: every allele, twice when on both strands
  std::vector<std::size_t> inferred;  ///< two alleles that a single site says, when there is no call
  Phasing phasing = Phasing::none;
  std::vector<std::size_t> missing;  ///< sites without a usable genotype, numbers in Gene::sites
  /// Sites with a variant that cannot be read or did not pass, and why.
  std::vector<std::pair<std::size_t, genomics::Missing>> hidden;
  std::vector<std::size_t> undocumented;   ///< sites with a variant that no definition knows
  bool undocumented_as_reference = false;  ///< these were read as reference
  std::vector<std::size_t>
      uncounted;                      ///< sites of a lowest-function gene with a variant that no allele of the call has
  std::vector<std::size_t> untested;  ///< alleles not in the call that only a missing site could rule out
  std::size_t assumed = 0;            ///< sites in no record, read as reference because the user said so
  std::size_t in_blocks = 0;          ///< sites that a reference block (gVCF) speaks for
  std::vector<std::pair<std::size_t, genomics::Missing>> filtered;  ///< of the missing sites, those by a threshold
  /// Where alleles are left untested: pairs that the data seen allow, one for each way in which their alleles work.
  std::vector<Diplotype> possible;
  NextBest next_best;
  FrequencyRanking ranking;
  std::optional<ReadsBehind> reads;  ///< of a call whose genotypes were made from reads
};

/// Returns a variant's HGVS name, `g.94761900C>T`; `g.94761900?` for a half-call's missing half; where the source names
/// no such variant, VCF position and alleles in its place.
[[nodiscard]] std::string to_text(const Gene& gene, SiteAllele variant);
/// Returns `*1`, or `[a + b]`.
[[nodiscard]] std::string to_text(const Gene& gene, const Haplotype& haplotype);
/// Returns `*1/*2`, or the one haplotype.
[[nodiscard]] std::string to_text(const Gene& gene, const Diplotype& diplotype);
/// Returns a sentence without its stop, for people; empty for NoCallReason::none.
[[nodiscard]] std::string to_text(NoCallReason reason);
[[nodiscard]] std::string to_text(Phasing phasing);

/// Returns whether the search for the nearest pair has something to tell: variants were seen that no pair explains.
[[nodiscard]] bool has_nearest(const GeneCall& call);

/// Returns whether two alleles mean the same: one function and one activity value. In a gene without phenotypes only an
/// allele and itself do.
[[nodiscard]] bool works_alike(const Gene& gene, std::size_t a, std::size_t b);

/// The order of haplotypes in a diplotype and of diplotypes in a list: single names naturally, then combinations by how
/// many parts they have; alleles before variants.
[[nodiscard]] bool name_less(const Gene& gene, const Haplotype& a, const Haplotype& b);

}  // namespace stardose::pharmaco
