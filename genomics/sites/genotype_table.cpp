// Filling the table: records to cells, and cells joined where a variant is spelled over several records.
#include "genomics/sites/genotype_table.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "genomics/expect.h"

namespace stardose::genomics {

namespace {

// A half-call stays one: it is not used for what it says, only for being half.
SiteGenotype without_doubtful(SiteGenotype genotype) {
  if (!genotype.is_doubtful()) return genotype;
  if (genotype.is_partial()) return genotype.with(Evidence::record);
  return {why_filtered(genotype.evidence()), !genotype.is_reference()};
}

// Whether a record that is not about the site but overlaps it leaves it as it is: that nothing was read is news only
// from a record that reaches over the whole site, reference only where it is said of every base.
bool says_nothing_beside(SiteGenotype said, const SiteMatch& match) {
  if (said.is_missing()) return said.why_missing() == Missing::no_genotype && !match.spans;
  return !match.tells_reference() && said.is_reference();
}

// Whether a record that only overlaps the site has something there that no record about the site undoes: it may call
// reference what another one takes away. What falls short of a threshold is not undone either: that would be a variant
// that becomes reference by a higher one.
bool is_variant_beside(SiteGenotype said) { return said.is_missing() ? said.hides_variant() : said.has_other(); }

std::uint8_t code_of_haplotype(const Site& site, const std::string& bases) {
  if (bases == site.ref) return 0;
  const auto at = std::find(site.alts.begin(), site.alts.end(), bases);
  return at == site.alts.end() ? allele_code::other : static_cast<std::uint8_t>(at - site.alts.begin() + 1);
}

bool is_own(std::uint8_t code) { return code >= 1 && code <= allele_code::largest_alt; }

char base_of(const Site& component, std::uint8_t code) {
  if (code == 0) return component.ref.front();
  return code <= component.alts.size() ? component.alts[code - 1U].front() : 'N';
}

// Reads a site's haplotypes off its single-base components. `one_phase`: the bases' phases are of one phase set.
SiteGenotype join_bases(const SiteIndex& index, std::size_t site, std::span<const SiteGenotype> bases, bool one_phase) {
  std::array<std::string, 2> haplotypes;
  int hets = 0;
  bool phased = true;
  Evidence evidence = Evidence::block;
  const bool haploid = bases.front().is_haploid();
  for (const SiteGenotype base : bases) {
    if (base.is_missing()) return base;
    if (base.is_partial()) return SiteGenotype{Missing::no_genotype};
    if (base.is_haploid() != haploid) return SiteGenotype{Missing::conflict};
  }
  for (std::size_t k = 0; k < bases.size(); ++k) {
    const SiteGenotype base = bases[k];
    if (base.is_het()) ++hets;
    evidence = std::min(evidence, base.evidence());
    phased = phased && (base.is_phased() || !base.is_het());
    const Site& component = index.site(index.components(site)[k]);
    haplotypes[0] += base_of(component, base.first());
    haplotypes[1] += base_of(component, haploid ? base.first() : base.second());
  }
  if (hets > 1 && !(phased && one_phase)) return SiteGenotype{Missing::needs_phase};
  const std::uint8_t second = haploid ? allele_code::no_copy : code_of_haplotype(index.site(site), haplotypes[1]);
  return SiteGenotype{code_of_haplotype(index.site(site), haplotypes[0]), second, phased}.with(evidence);
}

}  // namespace

GenotypeTable::GenotypeTable(const SiteIndex& index, std::size_t samples)
    : index_{index},
      samples_{samples},
      rows_(index.total()),
      phase_sets_(index.total()),
      direct_(index.total()),
      taken_(index.total()),
      listed_(index.total()),
      files_(index.total(), 0),
      told_(index.total()),
      file_samples_{samples},
      doubtful_(index.total(), false) {}

SiteGenotype GenotypeTable::at(std::size_t site, std::size_t sample) const {
  return rows_[site].empty() ? SiteGenotype{} : rows_[site][sample];
}

bool GenotypeTable::take_first(SiteRow& said) {
  const std::size_t site = said.match.site;
  if (!said.match.direct || !rows_[site].empty()) return false;
  listed_[site] = listed_alleles(said.match);
  files_[site] = file_;
  rows_[site] = std::move(said.genotypes);
  direct_[site].assign(samples_, true);
  doubtful_[site] = std::ranges::any_of(rows_[site], [](SiteGenotype genotype) { return genotype.is_doubtful(); });
  note_told(said.match, rows_[site]);
  const bool any_set = std::ranges::any_of(said.phase_sets, [](PhaseSet set) { return set != 0; });
  if (any_set) phase_sets_[site] = std::move(said.phase_sets);
  return true;
}

// Phase is a file's own: beside another file's, only one of them can keep theirs.
void GenotypeTable::keep_phases_apart(SiteRow& said) {
  const std::size_t site = said.match.site;
  const auto is_phased_het = [](SiteGenotype genotype) { return genotype.is_het() && genotype.is_phased(); };
  if (files_[site] == file_) return;
  if (rows_[site].empty() || std::ranges::none_of(rows_[site], is_phased_het)) files_[site] = file_;
  if (files_[site] == file_) return;
  for (SiteGenotype& genotype : said.genotypes) {
    if (is_phased_het(genotype)) genotype = genotype.unphased();
  }
  said.phase_sets.clear();
}

// Whoever has the reference by a record without alternatives has it whatever a record of an alternative leaves open.
void GenotypeTable::note_told(const SiteMatch& match, std::span<const SiteGenotype> genotypes) {
  if (!match.direct || match.codes.size() != 1) return;
  std::vector<bool>& told = told_[match.site];
  told.resize(samples_, false);
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    if (genotypes[sample].is_reference() && !genotypes[sample].is_doubtful()) told[sample] = true;
  }
}

void GenotypeTable::add(SiteRow said) {
  if (take_first(said)) return;
  keep_phases_apart(said);
  const SiteMatch& match = said.match;
  std::vector<SiteGenotype>& row = rows_[match.site];
  std::vector<bool>& direct = direct_[match.site];
  std::vector<bool>& taken = taken_[match.site];
  if (row.empty()) {
    row.resize(samples_);
    direct.resize(samples_, false);
  }
  const std::vector<ListedAllele> listed = listed_alleles(match);
  const Listing listing = compare(match, listed, listed_[match.site]);
  Listing of_told = listing;
  of_told.elsewhere = false;
  note_told(match, said.genotypes);
  const std::vector<bool>& told = told_[match.site];
  listed_[match.site].insert(listed_[match.site].end(), listed.begin(), listed.end());
  bool doubtful = false;
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    const SiteGenotype genotype = said.genotypes[sample];
    const PhaseSet set = said.phase_sets.empty() ? 0 : said.phase_sets[sample];
    const bool takes = !match.direct && match.takes_away && is_variant_beside(genotype);
    const bool yields = direct[sample] ? !takes : says_nothing_beside(genotype, match);
    if (!match.direct && yields) continue;
    if (takes && taken.empty()) taken.resize(samples_, false);
    if (takes) taken[sample] = true;
    const bool is_taken = !taken.empty() && taken[sample];
    doubtful = doubtful || genotype.is_doubtful();
    const bool is_first = match.direct ? !direct[sample] && !is_taken : row[sample] == SiteGenotype{};
    if (match.direct) direct[sample] = true;
    if (is_first) {
      row[sample] = genotype;
      set_phase_set(match.site, sample, set);
    } else {
      join_cell(match.site, sample, genotype, set, !told.empty() && told[sample] ? of_told : listing);
    }
  }
  if (doubtful) doubtful_[match.site] = true;
}

void GenotypeTable::join_cell(std::size_t site, std::size_t sample, SiteGenotype said, PhaseSet set,
                              const Listing& listing) {
  SiteGenotype& cell = rows_[site][sample];
  const SiteGenotype before = cell;
  const PhaseSet set_before = phase_set(site, sample);
  cell = join(before, said, listing, set == set_before);
  const bool several_sets =
      before.is_het() && said.is_het() && set != set_before && before.is_phased() && said.is_phased();
  if (several_sets && cell.is_het()) cell = cell.unphased();
  if (set != 0 && (set_before == 0 || !before.is_het())) set_phase_set(site, sample, set);
}

PhaseSet GenotypeTable::phase_set(std::size_t site, std::size_t sample) const {
  return phase_sets_[site].empty() ? 0 : phase_sets_[site][sample];
}

void GenotypeTable::set_phase_set(std::size_t site, std::size_t sample, PhaseSet set) {
  std::vector<PhaseSet>& sets = phase_sets_[site];
  if (sets.empty() && set == 0) return;
  if (sets.empty()) sets.resize(samples_, 0);
  sets[sample] = set;
}

void GenotypeTable::mark_conflict(std::size_t site) {
  rows_[site].resize(samples_);
  direct_[site].resize(samples_, false);
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    if (!direct_[site][sample]) rows_[site][sample] = SiteGenotype{Missing::conflict};
  }
}

void GenotypeTable::take_away_doubtful(std::size_t site) {
  std::ranges::transform(rows_[site], rows_[site].begin(), without_doubtful);
}

// A `*` under a deletion that a site tells of is that deletion only in who has it; else it is a variant that nobody
// tells.
void GenotypeTable::doubt_gaps(std::size_t site) {
  const std::vector<std::size_t> over = index_.deletions_over(site);
  if (over.empty()) return;
  const SiteGenotype gap{Missing::symbolic};
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    if (rows_[site][sample] != gap) continue;
    const bool is_told = std::ranges::any_of(over, [&](std::size_t deletion) {
      const SiteGenotype there = at(deletion, sample);
      return there.is_missing() ? there.hides_variant() : is_own(there.first()) || is_own(there.second());
    });
    if (!is_told) rows_[site][sample] = {Missing::symbolic, true};
  }
}

void GenotypeTable::mark_unplaced(std::size_t site, Missing why) {
  if (rows_[site].empty()) rows_[site].assign(samples_, SiteGenotype{why});
}

void GenotypeTable::finish(bool assume_reference) {
  for (std::size_t site = 0; site < index_.total(); ++site) {
    if (doubtful_[site]) take_away_doubtful(site);
  }
  for (std::size_t site = 0; site < index_.total(); ++site) {
    if (!rows_[site].empty() && index_.site(site).placed) doubt_gaps(site);
  }
  for (std::size_t site = 0; site < index_.size(); ++site) {
    const auto& parts = index_.components(site);
    if (std::any_of(parts.begin(), parts.end(), [&](std::size_t part) { return has_row(part); })) {
      join_components(site, assume_reference);
    }
    if (!index_.site(site).placed) mark_unplaced(site, Missing::not_placed);
    if (index_.site(site).base != 0) renumber(site);
  }
}

void GenotypeTable::renumber(std::size_t site) {
  const std::uint8_t base = index_.site(site).base;
  for (SiteGenotype& cell : rows_[site]) {
    if (cell.is_missing()) continue;
    cell = cell.with_alleles(written_number(cell.first(), base), written_number(cell.second(), base));
  }
}

void GenotypeTable::append(std::span<const SiteGenotype> genotypes, std::span<const PhaseSet> phase_sets) {
  STARDOSE_EXPECT(genotypes.size() == index_.size() && phase_sets.size() == index_.size());
  for (std::size_t site = 0; site < index_.total(); ++site) {
    const SiteGenotype genotype = site < index_.size() ? genotypes[site] : SiteGenotype{};
    const PhaseSet set = site < index_.size() ? phase_sets[site] : 0;
    std::vector<SiteGenotype>& row = rows_[site];
    if (row.empty() && genotype == SiteGenotype{}) continue;
    row.resize(samples_);
    row.push_back(genotype);
    std::vector<PhaseSet>& sets = phase_sets_[site];
    if (sets.empty() && set == 0) continue;
    sets.resize(samples_, 0);
    sets.push_back(set);
  }
  ++samples_;
}

void GenotypeTable::join_components(std::size_t site, bool assume_reference) {
  const auto& parts = index_.components(site);
  std::vector<SiteGenotype>& row = rows_[site];
  const bool row_is_new = row.empty();
  if (row_is_new) row.resize(samples_);
  std::vector<SiteGenotype> bases(parts.size());
  bool one_file = true;
  std::optional<std::uint32_t> file = row_is_new ? std::nullopt : std::optional{files_[site]};
  for (const std::size_t part : parts) {
    if (!has_row(part)) continue;
    one_file = one_file && file.value_or(files_[part]) == files_[part];
    file = files_[part];
  }
  files_[site] = file.value_or(0);
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    const bool says_reference = row[sample].is_reference();
    if (!row[sample].is_missing() && !says_reference) continue;
    const bool haploid = std::ranges::any_of(parts, [&](std::size_t part) { return at(part, sample).is_haploid(); });
    const SiteGenotype reference{0, haploid ? allele_code::no_copy : std::uint8_t{0}, true};
    std::optional<PhaseSet> set;
    bool one_phase = one_file;
    for (std::size_t k = 0; k < parts.size(); ++k) {
      bases[k] = at(parts[k], sample);
      if (assume_reference && bases[k] == SiteGenotype{}) bases[k] = reference;
      if (!bases[k].is_het()) continue;
      one_phase = one_phase && (!set || *set == phase_set(parts[k], sample));
      set = phase_set(parts[k], sample);
    }
    const SiteGenotype joined = join_bases(index_, site, bases, one_phase);
    if (says_reference) {  // against what its bases say it stands only where they say nothing, or the same
      if (joined.is_reference() || (joined.is_missing() && !joined.hides_variant())) continue;
      const bool has_own = !joined.is_missing() && (is_own(joined.first()) || is_own(joined.second()));
      row[sample] = has_own ? SiteGenotype{Missing::conflict} : joined;
    } else if (!joined.is_missing() || !row[sample].is_filtered() || !row[sample].hides_variant()) {
      row[sample] = joined;
    }
    if (row[sample].is_het() && !one_file) row[sample] = row[sample].unphased();
    set_phase_set(site, sample, row[sample].is_het() ? set.value_or(0) : 0);
  }
}

}  // namespace stardose::genomics
