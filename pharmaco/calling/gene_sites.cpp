// From genotypes to homozygous and heterozygous sites and their phase groups.
#include "pharmaco/calling/gene_sites.h"

#include <algorithm>
#include <map>

namespace stardose::pharmaco {

using genomics::Missing;
using genomics::SiteGenotype;
namespace allele_code = genomics::allele_code;

namespace {

class Preparation {
 public:
  Preparation(const Gene& gene, std::span<const SiteGenotype> genotypes, SiteReading reading)
      : gene_{gene}, genotypes_{genotypes.begin(), genotypes.end()}, reading_{reading} {
    result_.is_missing.assign(gene.sites.size(), false);
    result_.call.undocumented_as_reference = gene.undocumented_as_reference && !reading.for_combinations;
  }

  GeneSites run(std::span<const std::int32_t> phase_sets) {
    drop_half_reference();
    note_displaced();
    result_.one_copy = gene_.ploidy == Ploidy::mitochondrial ||
                       std::ranges::any_of(genotypes_, [](SiteGenotype g) { return g.is_haploid(); });
    for (std::size_t site = 0; site < genotypes_.size(); ++site) {
      read(site, phase_sets.empty() ? 0 : phase_sets[site]);
    }
    finish();
    return std::move(result_);
  }

 private:
  // `0/.` says that one strand has the assembly's base and nothing of the other: nothing to go by. On X it stays a
  // half-call.
  void drop_half_reference() {
    for (std::size_t site = 0; site < genotypes_.size(); ++site) {
      SiteGenotype& genotype = genotypes_[site];
      if (!genotype.is_partial() || gene_.ploidy == Ploidy::x_linked) continue;
      const std::uint8_t base = gene_.sites[site].base;
      if (genotype.first() == base || genotype.second() == base) genotype = SiteGenotype{Missing::no_genotype};
    }
  }

  // What replaces a base by another is read as reference where the gene does so; that the position is gone, or what is
  // there is not told, is no such variant.
  void note_displaced() {
    const bool any = std::ranges::any_of(genotypes_, [](SiteGenotype genotype) { return genotype.is_displaced(); });
    if (any) result_.call.undocumented_as_reference = false;
  }

  // Of variants that nearly always come together (a lowest-function gene names them so), one that was seen speaks
  // against reference at the others' positions in no record.
  [[nodiscard]] bool can_be_assumed(std::size_t site) const {
    if (gene_.calling != CallingMethod::lowest_function) return true;
    return std::ranges::none_of(gene_.alleles, [&](const NamedAllele& allele) {
      const bool asks = std::ranges::any_of(
          allele.definition, [&](const DefinedSite& at) { return at.site == site && (at.allowed & 1U) == 0; });
      return asks && std::ranges::any_of(allele.definition, [&](const DefinedSite& at) { return shows(at); });
    });
  }

  [[nodiscard]] bool shows(const DefinedSite& asked) const {
    const SiteGenotype genotype = genotypes_[asked.site];
    const auto fits = [&](std::uint8_t allele) {
      return allele >= 1 && allele <= allele_code::largest_alt && ((asked.allowed >> allele) & 1U) != 0;
    };
    return !genotype.is_missing() && (fits(genotype.first()) || fits(genotype.second()));
  }

  void fail(NoCallReason reason) {
    if (result_.call.reason == NoCallReason::none) result_.call.reason = reason;
  }

  void read(std::size_t site, std::int32_t phase_set) {
    const SiteGenotype genotype = genotypes_[site];
    if (genotype.is_missing()) return read_missing(site, genotype);
    if (genotype.evidence() == genomics::Evidence::block) ++result_.call.in_blocks;
    if (genotype.is_partial() && !reading_.for_combinations) {
      fail(NoCallReason::half_call);
      return;
    }
    if (genotype.is_haploid() && gene_.ploidy == Ploidy::diploid) fail(NoCallReason::one_allele);
    if (genotype.has_other()) result_.call.undocumented.push_back(site);
    const std::uint8_t first = documented(genotype.first());
    const std::uint8_t second = genotype.is_haploid() ? first : documented(genotype.second());
    if (first != second) {
      // Two alleles where there is one molecule or one chromosome: a mixture, or a wrong genotype.
      if (result_.one_copy) fail(NoCallReason::mixed_ploidy);
      result_.hets.push_back({site, first, second, group_of(genotype, phase_set)});
    } else if (first != 0) {
      result_.homs.push_back({site, first});
    }
  }

  void read_missing(std::size_t site, SiteGenotype genotype) {
    const Missing why = genotype.why_missing();
    if (reading_.assume_reference && why == Missing::not_covered && can_be_assumed(site)) {
      ++result_.call.assumed;
      // Reference is the assembly's base, which may be a variant to the gene's definitions.
      if (gene_.sites[site].base != 0) result_.homs.push_back({site, gene_.sites[site].base});
      return;
    }
    result_.is_missing[site] = true;
    result_.call.missing.push_back(site);
    if (genotype.is_filtered()) result_.call.filtered.emplace_back(site, why);
    if (!genotype.hides_variant()) return;
    result_.call.hidden.emplace_back(site, why);
    fail(genotype.is_filtered() ? NoCallReason::filtered_variant : NoCallReason::hidden_variant);
  }

  [[nodiscard]] std::uint8_t documented(std::uint8_t allele) const {
    return allele_code::is_other(allele) && result_.call.undocumented_as_reference ? std::uint8_t{0} : allele;
  }

  std::size_t group_of(SiteGenotype genotype, std::int32_t phase_set) {
    if (!genotype.is_phased()) {
      result_.has_unphased = true;
      return result_.groups++;
    }
    const auto [at, is_new] = group_of_set_.emplace(phase_set, result_.groups);
    if (is_new) ++result_.groups;
    return at->second;
  }

  void finish() {
    GeneCall& call = result_.call;
    if (call.missing.size() == gene_.sites.size()) fail(why_nothing());
    for (const std::size_t site : gene_.required) {
      if (!result_.is_missing[site]) continue;
      fail(gene_.sites[site].placed ? NoCallReason::required_missing : NoCallReason::not_placed);
    }
    if (call.reason != NoCallReason::none) return;
    if (result_.one_copy) {
      call.phasing = Phasing::one_copy;
    } else if (result_.hets.empty()) {
      call.phasing = Phasing::homozygous;
    } else if (result_.hets.size() == 1) {
      call.phasing = Phasing::single_het;
    } else {
      call.phasing = how_phased();
    }
  }

  [[nodiscard]] Phasing how_phased() const {
    if (result_.groups == result_.hets.size()) return Phasing::unphased;
    if (result_.groups > 1) return Phasing::partly_phased;
    return group_of_set_.begin()->first == 0 ? Phasing::phased : Phasing::phase_sets;
  }

  // Every site is missing: because none has a place in the input, or for want of genotypes.
  [[nodiscard]] NoCallReason why_nothing() const {
    const auto all_missing = [&](Missing why) {
      return std::ranges::all_of(genotypes_, [why](SiteGenotype g) { return g == SiteGenotype{why}; });
    };
    if (genotypes_.empty()) return NoCallReason::not_covered;
    if (all_missing(Missing::not_placed)) return NoCallReason::not_placed;
    return all_missing(Missing::other_sequence) ? NoCallReason::other_sequence : NoCallReason::not_covered;
  }

  const Gene& gene_;
  std::vector<SiteGenotype> genotypes_;
  SiteReading reading_;
  std::map<std::int32_t, std::size_t> group_of_set_;
  GeneSites result_;
};

}  // namespace

GeneSites prepare_sites(const Gene& gene, std::span<const SiteGenotype> genotypes,
                        std::span<const std::int32_t> phase_sets, SiteReading reading) {
  return Preparation{gene, genotypes, reading}.run(phase_sets);
}

}  // namespace stardose::pharmaco
