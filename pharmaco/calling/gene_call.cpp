// A gene's call in words.
#include "pharmaco/calling/gene_call.h"

#include <algorithm>

#include "pharmaco/knowledge/natural_order.h"

namespace stardose::pharmaco {

std::string to_text(const Gene& gene, SiteAllele variant) {
  const genomics::Site& site = gene.sites[variant.site];
  const std::size_t alt = variant.allele - std::size_t{1};
  if (variant.site < gene.hgvs.size() && alt < gene.hgvs[variant.site].size() &&
      !gene.hgvs[variant.site][alt].empty()) {
    return gene.hgvs[variant.site][alt];
  }
  const std::string position = "g." + std::to_string(site.position + 1);
  if (variant.allele == genomics::allele_code::missing) return position + "?";
  const std::string bases = genomics::bases_of(site, variant.allele);
  return position + site.ref + ">" + (bases.empty() ? "?" : bases);
}

std::string to_text(const Gene& gene, const Haplotype& haplotype) {
  std::string text;
  for (const std::size_t allele : haplotype.alleles) {
    text += (text.empty() ? "" : " + ") + gene.alleles[allele].reported_name();
  }
  for (const SiteAllele& variant : haplotype.variants) {
    text += (text.empty() ? "" : " + ") + to_text(gene, variant);
  }
  return haplotype.alleles.size() + haplotype.variants.size() > 1 ? "[" + text + "]" : text;
}

std::string to_text(const Gene& gene, const Diplotype& diplotype) {
  const std::string first = to_text(gene, diplotype.first);
  return diplotype.has_second() ? first + "/" + to_text(gene, diplotype.second) : first;
}

std::string to_text(NoCallReason reason) {
  switch (reason) {
    case NoCallReason::none: return "";
    case NoCallReason::not_covered: return "no position of the gene has a genotype in the input";
    case NoCallReason::not_placed:
      return "positions that the call depends on are not placed on GRCh37 with certainty; call the variants on GRCh38";
    case NoCallReason::other_sequence:
      return "the input's chrM is not the revised Cambridge sequence (rCRS, 16,569 bases) that the gene's positions "
             "count on, but that of hg19 or an unknown one";
    case NoCallReason::required_missing: return "a position that the call depends on is missing";
    case NoCallReason::half_call: return "a genotype is half missing";
    case NoCallReason::hidden_variant: return "a variant is present that cannot be read as an allele of its position";
    case NoCallReason::filtered_variant:
      return "a variant is present whose genotype did not pass the filters or thresholds";
    case NoCallReason::one_allele: return "genotypes have one allele where the gene has two copies";
    case NoCallReason::mixed_ploidy: return "the number of copies differs between positions of the gene";
    case NoCallReason::undocumented_variant: return "a variant is present that no named allele accounts for";
    case NoCallReason::no_match: return "no pair of named alleles explains the variants seen";
    case NoCallReason::phase_unknown:
      return "no pair of named alleles explains the variants seen, and too many of them have no phase to combine";
    case NoCallReason::structure_decides:
      return "gene copies and hybrids decide, which a list of small variants does not show; bring a call made from "
             "reads";
    case NoCallReason::structure_not_known:
      return "gene copies and hybrids decide, and the catalogue does not say how to find them in reads; bring a call "
             "made elsewhere";
    case NoCallReason::low_coverage: return "reads cover too few positions of the gene well enough";
    case NoCallReason::outside_only: return "not called from small variants; bring a typing result";
  }
  return "";
}

std::string to_text(Phasing phasing) {
  switch (phasing) {
    case Phasing::none: return "";
    case Phasing::homozygous: return "homozygous";
    case Phasing::single_het: return "one heterozygous position";
    case Phasing::phased: return "phased";
    case Phasing::phase_sets: return "phase set";
    case Phasing::partly_phased: return "partly phased";
    case Phasing::unphased: return "unphased";
    case Phasing::one_copy: return "one copy";
  }
  return "";
}

bool has_nearest(const GeneCall& call) {
  return call.reason == NoCallReason::no_match || call.reason == NoCallReason::undocumented_variant;
}

bool works_alike(const Gene& gene, std::size_t a, std::size_t b) {
  if (a == b) return true;
  const NamedAllele& left = gene.alleles[a];
  const NamedAllele& right = gene.alleles[b];
  const bool has_phenotypes =
      gene.phenotype.method == PhenotypeMethod::functions || gene.phenotype.method == PhenotypeMethod::activity_score;
  return has_phenotypes && left.function == right.function && left.activity == right.activity;
}

bool name_less(const Gene& gene, const Haplotype& a, const Haplotype& b) {
  const std::size_t parts = a.alleles.size() + a.variants.size();
  if (parts != b.alleles.size() + b.variants.size()) return parts < b.alleles.size() + b.variants.size();
  const auto by_rank = [&](std::size_t left, std::size_t right) {
    return gene.alleles[left].rank < gene.alleles[right].rank;
  };
  const std::size_t shared = std::min(a.alleles.size(), b.alleles.size());
  for (std::size_t k = 0; k < shared; ++k) {
    if (a.alleles[k] != b.alleles[k]) return by_rank(a.alleles[k], b.alleles[k]);
  }
  if (a.alleles.size() != b.alleles.size()) return a.alleles.size() > b.alleles.size();
  for (std::size_t k = 0; k < a.variants.size(); ++k) {
    if (a.variants[k] == b.variants[k]) continue;
    if (a.variants[k].site != b.variants[k].site) return a.variants[k].site < b.variants[k].site;
    return natural_less(to_text(gene, a.variants[k]), to_text(gene, b.variants[k]));
  }
  return false;
}

}  // namespace stardose::pharmaco
