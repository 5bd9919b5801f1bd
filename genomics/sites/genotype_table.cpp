// Filling the table: records to cells, and cells joined where a variant is spelled over several records.
#include "genomics/sites/genotype_table.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace stardose::genomics {

namespace {

std::uint8_t code_of(const SiteMatch& match, std::int16_t allele) {
  if (allele == RecordGenotype::no_copy) return allele_code::no_copy;
  if (allele == RecordGenotype::missing) return allele_code::missing;
  return match.codes[static_cast<std::size_t>(allele)];
}

SiteGenotype translate(const SiteMatch& match, const RecordGenotype& genotype) {
  if (genotype.polyploid) return SiteGenotype{Missing::ploidy};
  const std::uint8_t first = code_of(match, genotype.first);
  const std::uint8_t second = code_of(match, genotype.second);
  const auto either = [&](std::uint8_t code) { return first == code || second == code; };
  if (either(match_code::shifted)) return SiteGenotype{Missing::not_left_aligned};
  if (either(match_code::symbolic)) return SiteGenotype{Missing::symbolic};
  const bool one_copy = second == allele_code::no_copy;
  if (first == allele_code::missing && (one_copy || second == allele_code::missing)) {
    return SiteGenotype{Missing::no_genotype};
  }
  return {first, second, genotype.phased};
}

// Two records that list different alternatives of one site: each calls the other's alternative "reference".
std::optional<std::uint8_t> join_slot(std::uint8_t a, std::uint8_t b) {
  if (a == b || b == 0 || b == allele_code::missing) return a;
  if (a == 0 || a == allele_code::missing) return b;
  return std::nullopt;
}

SiteGenotype join_split(SiteGenotype a, SiteGenotype b) {
  if (a.is_haploid() != b.is_haploid()) return SiteGenotype{Missing::conflict};
  const bool phased = (a.is_phased() || !a.is_het()) && (b.is_phased() || !b.is_het());
  const auto first = join_slot(a.first(), b.first());
  const auto second = join_slot(a.second(), b.second());
  if (first && second) return {*first, *second, phased};
  // Unphased 0/1 and 0/1 of two alternatives are one of each.
  const bool free_to_swap = !a.is_haploid() && !(a.is_phased() && b.is_phased());
  const auto swapped_first = join_slot(a.first(), b.second());
  const auto swapped_second = join_slot(a.second(), b.first());
  if (free_to_swap && swapped_first && swapped_second) return {*swapped_first, *swapped_second, false};
  return SiteGenotype{Missing::conflict};
}

SiteGenotype join(SiteGenotype a, SiteGenotype b, bool same_alleles) {
  for (const Missing sticky : {Missing::not_left_aligned, Missing::conflict, Missing::ploidy}) {
    if (a == SiteGenotype{sticky} || b == SiteGenotype{sticky}) return SiteGenotype{sticky};
  }
  if (a.is_missing()) return b.is_missing() ? a : b;
  if (b.is_missing()) return a;
  if (!same_alleles) return join_split(a, b);
  const bool same = (a.first() == b.first() && a.second() == b.second()) ||
                    (a.first() == b.second() && a.second() == b.first());
  return same ? a : SiteGenotype{Missing::conflict};
}

std::uint64_t listed_alleles(const SiteMatch& match) {
  std::uint64_t bits = 0;
  for (std::size_t a = 1; a < match.codes.size(); ++a) bits |= std::uint64_t{1} << match.codes[a];
  return bits;
}

std::uint8_t code_of_haplotype(const Site& site, const std::string& bases) {
  if (bases == site.ref) return 0;
  const auto at = std::find(site.alts.begin(), site.alts.end(), bases);
  return at == site.alts.end() ? allele_code::other : static_cast<std::uint8_t>(at - site.alts.begin() + 1);
}

char base_of(const Site& component, std::uint8_t code) {
  if (code == 0) return component.ref.front();
  return code <= component.alts.size() ? component.alts[code - 1U].front() : 'N';
}

// Reads a site's haplotypes off its single-base components; nullopt: a base is not covered.
std::optional<SiteGenotype> join_bases(const SiteIndex& index, std::size_t site, std::span<const SiteGenotype> bases) {
  std::array<std::string, 2> haplotypes;
  int hets = 0;
  bool phased = true;
  const bool haploid = bases.front().is_haploid();
  for (std::size_t k = 0; k < bases.size(); ++k) {
    const SiteGenotype base = bases[k];
    const bool said = base.is_missing() && base.why_missing() != Missing::not_covered;
    if (said) return base;
    if (base.is_missing() || base.is_partial() || base.is_haploid() != haploid) return std::nullopt;
    if (base.is_het()) ++hets;
    phased = phased && (base.is_phased() || !base.is_het());
    const Site& component = index.site(index.components(site)[k]);
    haplotypes[0] += base_of(component, base.first());
    haplotypes[1] += base_of(component, haploid ? base.first() : base.second());
  }
  if (hets > 1 && !phased) return SiteGenotype{Missing::needs_phase};
  const std::uint8_t second = haploid ? allele_code::no_copy : code_of_haplotype(index.site(site), haplotypes[1]);
  return SiteGenotype{code_of_haplotype(index.site(site), haplotypes[0]), second, phased};
}

}  // namespace

GenotypeTable::GenotypeTable(const SiteIndex& index, std::size_t samples)
    : index_{index},
      samples_{samples},
      rows_(index.total()),
      phase_sets_(index.total()),
      direct_(index.total()),
      listed_(index.total(), 0) {}

SiteGenotype GenotypeTable::at(std::size_t site, std::size_t sample) const {
  return rows_[site].empty() ? SiteGenotype{} : rows_[site][sample];
}

void GenotypeTable::add(const SiteMatch& match, std::span<const RecordGenotype> genotypes,
                        std::span<const std::int32_t> phase_sets) {
  std::vector<SiteGenotype>& row = rows_[match.site];
  std::vector<bool>& direct = direct_[match.site];
  if (row.empty()) {
    row.resize(samples_);
    direct.resize(samples_, false);
  }
  const std::uint64_t listed = match.direct ? listed_alleles(match) : 0;
  const bool same_alleles = (listed & listed_[match.site]) != 0;
  listed_[match.site] |= listed;
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    const SiteGenotype said = translate(match, genotypes[sample]);
    const bool reference = !said.is_missing() && said.first() == 0 && (said.second() == 0 || said.is_haploid());
    if (!match.direct) {
      if (direct[sample] || (!match.spans && reference) || said == SiteGenotype{Missing::no_genotype}) continue;
      row[sample] = row[sample].is_missing() ? said : join(row[sample], said, false);
    } else if (!direct[sample]) {
      row[sample] = said;
      direct[sample] = true;
    } else {
      row[sample] = join(row[sample], said, same_alleles);
    }
  }
  if (phase_sets.empty()) return;
  std::vector<std::int32_t>& sets = phase_sets_[match.site];
  if (sets.empty()) sets.resize(samples_, 0);
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    if (phase_sets[sample] != 0) sets[sample] = phase_sets[sample];
  }
}

void GenotypeTable::finish(bool assume_reference) {
  for (std::size_t site = 0; site < index_.size(); ++site) {
    const auto& parts = index_.components(site);
    if (std::any_of(parts.begin(), parts.end(), [&](std::size_t part) { return has_row(part); })) {
      join_components(site, assume_reference);
    }
  }
}

void GenotypeTable::join_components(std::size_t site, bool assume_reference) {
  const auto& parts = index_.components(site);
  std::vector<SiteGenotype>& row = rows_[site];
  if (row.empty()) row.resize(samples_);
  std::vector<SiteGenotype> bases(parts.size());
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    if (!row[sample].is_missing()) continue;
    for (std::size_t k = 0; k < parts.size(); ++k) {
      bases[k] = at(parts[k], sample);
      if (assume_reference && bases[k] == SiteGenotype{}) bases[k] = {0, 0, true};
    }
    row[sample] = join_bases(index_, site, bases).value_or(row[sample]);
  }
}

}  // namespace stardose::genomics
