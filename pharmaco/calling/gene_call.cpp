// A gene's call in words.
#include "pharmaco/calling/gene_call.h"

namespace stardose::pharmaco {

std::string to_text(const Gene& gene, const Haplotype& haplotype) {
  std::string text;
  for (const std::size_t allele : haplotype.alleles) {
    text += (text.empty() ? "" : " + ") + gene.alleles[allele].reported_name();
  }
  return haplotype.alleles.size() > 1 ? "[" + text + "]" : text;
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
    case NoCallReason::structure_decides:
      return "gene copies and hybrids decide, which a list of small variants does not show; bring a call made from "
             "reads";
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
    case Phasing::unphased: return "unphased";
    case Phasing::one_copy: return "one copy";
  }
  return "";
}

bool name_less(const Gene& gene, const Haplotype& a, const Haplotype& b) {
  if (a.alleles.size() != b.alleles.size()) return a.alleles.size() < b.alleles.size();
  for (std::size_t k = 0; k < a.alleles.size(); ++k) {
    const std::size_t left = gene.alleles[a.alleles[k]].rank;
    const std::size_t right = gene.alleles[b.alleles[k]].rank;
    if (left != right) return left < right;
  }
  return false;
}

}  // namespace stardose::pharmaco
