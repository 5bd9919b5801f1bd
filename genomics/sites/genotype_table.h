// Genotypes of all samples at all sites: what a cohort's files say, decoded once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "genomics/basics/phase_set.h"
#include "genomics/basics/site_genotype.h"
#include "genomics/sites/genotype_join.h"
#include "genomics/sites/site_index.h"
#include "genomics/sites/site_matcher.h"
#include "genomics/sites/site_row.h"

namespace stardose::genomics {

/// Rows are sites (hidden ones too), columns samples. A site in no record has no row, which keeps memory to what the
/// input speaks about: 2 bytes a sample and row, 6 where phase sets are given.
class GenotypeTable {
 public:
  GenotypeTable(const SiteIndex& index, std::size_t samples);

  /// What is added from now on is of another file, whose phase sets are its own.
  void begin_file() { ++file_; }

  /// Adds what one record says. Records of one site may come in any order; alleles split over records are joined,
  /// contradictions become Missing::conflict. A genotype that falls short counts only where one that does not says the
  /// same.
  void add(SiteRow said);
  void add(const SiteMatch& match, std::span<const RecordGenotype> genotypes, std::span<const PhaseSet> phase_sets) {
    add(row_of(match, genotypes, phase_sets));
  }

  /// Makes what no record has told of a site a conflict: for a record there that could not be used. Call before
  /// finish().
  void mark_conflict(std::size_t site);

  /// Makes a site that no record has told of missing for everyone. Call before finish().
  void mark_unplaced(std::size_t site, Missing why);

  /// Takes away genotypes that no threshold lets pass, joins base-by-base spellings of sites that replace several
  /// bases; with `assume_reference`, a base in no record counts as reference there.
  /// Until then alleles have the numbers of files of the index's assembly; from then on they have the catalogue's. Call
  /// once, after the last add().
  void finish(bool assume_reference);

  /// Adds a sample that was read elsewhere, in a column behind the others: one genotype and one phase set (0: none) for
  /// each listed site, alleles in the catalogue's numbers. Call after finish().
  void append(std::span<const SiteGenotype> genotypes, std::span<const PhaseSet> phase_sets);

  [[nodiscard]] std::size_t samples() const { return samples_; }
  [[nodiscard]] bool has_row(std::size_t site) const { return !rows_[site].empty(); }
  [[nodiscard]] SiteGenotype at(std::size_t site, std::size_t sample) const;
  /// Returns the site's row, one entry a sample; empty: no record spoke about the site.
  [[nodiscard]] std::span<const SiteGenotype> row(std::size_t site) const { return rows_[site]; }
  /// Returns PS values of the site's row, 0 for none; empty: no record gave any.
  [[nodiscard]] std::span<const PhaseSet> phase_sets(std::size_t site) const { return phase_sets_[site]; }
  /// Returns which file a cell's phase is of: a sample's phase sets at two sites can be compared where it is the same.
  /// A sample that was read elsewhere has one file.
  [[nodiscard]] std::uint32_t file_of(std::size_t site, std::size_t sample) const {
    return sample < file_samples_ ? files_[site] : 0;
  }

 private:
  /// Takes the first record of a site as it is. Returns false for one that leaves some cells alone.
  bool take_first(SiteRow& said);
  /// Joins a further record into a cell that has one.
  void join_cell(std::size_t site, std::size_t sample, SiteGenotype said, PhaseSet set, const Listing& listing);
  void keep_phases_apart(SiteRow& said);
  void note_told(const SiteMatch& match, std::span<const SiteGenotype> genotypes);
  void join_components(std::size_t site, bool assume_reference);
  void doubt_gaps(std::size_t site);
  void take_away_doubtful(std::size_t site);
  void renumber(std::size_t site);
  [[nodiscard]] PhaseSet phase_set(std::size_t site, std::size_t sample) const;
  void set_phase_set(std::size_t site, std::size_t sample, PhaseSet set);

  const SiteIndex& index_;
  std::size_t samples_;
  std::vector<std::vector<SiteGenotype>> rows_;
  std::vector<std::vector<PhaseSet>> phase_sets_;
  std::vector<std::vector<bool>> direct_;          // row by row: the cell comes from a record about this very site
  std::vector<std::vector<bool>> taken_;           // row by row, or empty: another record takes the site's bases away
  std::vector<std::vector<ListedAllele>> listed_;  // row by row: what direct records have listed
  std::vector<std::uint32_t> files_;               // row by row: whose phase it is
  std::vector<std::vector<bool>> told_;  // row by row, or empty: a record without alternatives has told the base
  std::size_t file_samples_;             // samples behind these were appended
  std::uint32_t file_ = 0;
  std::vector<bool> doubtful_;  // row by row: some genotype fell short of a threshold
};

}  // namespace stardose::genomics
