// The outcome of calling one gene from genotypes, with what it rests on.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "genomics/basics/site_genotype.h"
#include "pharmaco/calling/call_status.h"
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
  structure_decides,     ///< copies and hybrids decide this gene, and a list of small variants does not show them
  outside_only,          ///< calls of this gene come from elsewhere, and none was given
};

/// How the strands were told apart.
enum class Phasing {
  none,        ///< nothing was seen
  homozygous,  ///< no heterozygous position: phase does not matter
  single_het,  ///< one heterozygous position: phase does not matter
  phased,
  unphased,  ///< at least one heterozygous position has no phase to the others
  one_copy,
};

/// The named alleles on one strand: one, or several that only together explain it (`[a + b]`).
struct Haplotype {
  std::vector<std::size_t> alleles;  ///< numbers in Gene::alleles, by name

  friend bool operator==(const Haplotype&, const Haplotype&) = default;
};

/// An unordered pair, the smaller name first. With one copy there is no second.
struct Diplotype {
  Haplotype first;
  Haplotype second;
  int score = 0;

  [[nodiscard]] bool has_second() const { return !second.alleles.empty(); }
};

struct GeneCall {
  CallStatus status = CallStatus::no_call;
  NoCallReason reason = NoCallReason::none;
  std::vector<Diplotype> diplotypes;  ///< best-scoring, by name
  std::vector<std::size_t>
      lone_alleles;                   ///< of an unphased lowest-function gene: every allele, twice when on both strands
  std::vector<std::size_t> inferred;  ///< two alleles that a single site says, when there is no call
  Phasing phasing = Phasing::none;
  std::vector<std::size_t> missing;  ///< sites without a usable genotype, numbers in Gene::sites
  /// Sites with a variant that cannot be read or did not pass, and why.
  std::vector<std::pair<std::size_t, genomics::Missing>> hidden;
  std::vector<std::size_t> undocumented;  ///< sites with a variant that no definition knows
  std::vector<std::size_t> untested;      ///< alleles not in the call that only a missing site could rule out
  std::size_t assumed = 0;                ///< sites in no record, read as reference because the user said so
  std::size_t in_blocks = 0;              ///< sites that a reference block (gVCF) speaks for
  std::vector<std::pair<std::size_t, genomics::Missing>> filtered;  ///< of the missing sites, those by a threshold
};

/// Returns `*1`, or `[a + b]`.
[[nodiscard]] std::string to_text(const Gene& gene, const Haplotype& haplotype);
/// Returns `*1/*2`, or the one haplotype.
[[nodiscard]] std::string to_text(const Gene& gene, const Diplotype& diplotype);
/// Returns a sentence without its stop, for people; empty for NoCallReason::none.
[[nodiscard]] std::string to_text(NoCallReason reason);
[[nodiscard]] std::string to_text(Phasing phasing);

/// The order of haplotypes in a diplotype and of diplotypes in a list: single names naturally, then combinations.
[[nodiscard]] bool name_less(const Gene& gene, const Haplotype& a, const Haplotype& b);

}  // namespace stardose::pharmaco
