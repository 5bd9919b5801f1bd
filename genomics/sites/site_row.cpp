// Translating genotypes.
#include "genomics/sites/site_row.h"

#include <algorithm>

namespace stardose::genomics {

namespace {

std::uint8_t code_of(const SiteMatch& match, std::int16_t allele) {
  if (allele == RecordGenotype::no_copy) return allele_code::no_copy;
  if (allele == RecordGenotype::missing) return allele_code::missing;
  return match.codes[static_cast<std::size_t>(allele)];
}

// What cannot be read as an allele is no less a variant for having fallen short.
SiteGenotype unreadable(Missing why, Evidence evidence) {
  const bool doubtful = evidence != Evidence::record && hides_a_variant(why);
  return doubtful ? SiteGenotype{why_filtered(evidence), true} : SiteGenotype{why};
}

SiteGenotype translate(const SiteMatch& match, const RecordGenotype& genotype) {
  if (genotype.polyploid) return unreadable(Missing::ploidy, genotype.evidence);
  const std::uint8_t first = code_of(match, genotype.first);
  const std::uint8_t second = code_of(match, genotype.second);
  const auto either = [&](std::uint8_t code) { return first == code || second == code; };
  if (either(match_code::shifted)) return unreadable(Missing::not_left_aligned, genotype.evidence);
  if (either(match_code::structural)) return unreadable(Missing::structural, genotype.evidence);
  if (either(match_code::symbolic)) {
    const auto is_variant = [](std::uint8_t code) {
      return code != 0 && code != allele_code::missing && code != allele_code::no_copy && code != match_code::symbolic;
    };
    return {Missing::symbolic, is_variant(first) || is_variant(second)};
  }
  const bool one_copy = second == allele_code::no_copy;
  if (first == allele_code::missing && (one_copy || second == allele_code::missing)) {
    return SiteGenotype{Missing::no_genotype};
  }
  const bool of_block = match.block && genotype.evidence == Evidence::record;
  return SiteGenotype{first, second, genotype.phased}.with(of_block ? Evidence::block : genotype.evidence);
}

}  // namespace

Missing why_filtered(Evidence evidence) {
  switch (evidence) {
    case Evidence::low_depth: return Missing::low_depth;
    case Evidence::low_quality: return Missing::low_quality;
    case Evidence::low_balance: return Missing::low_balance;
    default: return Missing::failed_filter;
  }
}

SiteRow row_of(const SiteMatch& match, std::span<const RecordGenotype> genotypes,
               std::span<const PhaseSet> phase_sets) {
  SiteRow row{match, std::vector<SiteGenotype>(genotypes.size()), {phase_sets.begin(), phase_sets.end()}};
  if (genotypes.empty()) return row;
  // Most samples show what the one before them shows.
  RecordGenotype before = genotypes.front();
  SiteGenotype translated = translate(match, before);
  std::ranges::transform(genotypes, row.genotypes.begin(), [&](const RecordGenotype& genotype) {
    if (genotype != before) {
      before = genotype;
      translated = translate(match, genotype);
    }
    return translated;
  });
  return row;
}

}  // namespace stardose::genomics
