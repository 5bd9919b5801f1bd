// What a cohort's files say when they are read as files of one assembly.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/basics/reference_bases.h"
#include "genomics/io/variant_file.h"
#include "genomics/sites/genotype_table.h"
#include "genomics/sites/site_index.h"
#include "genomics/sites/site_matcher.h"

namespace stardose::genomics {

/// How REF alleles agreed with the sites' bases.
struct RefVotes {
  std::set<std::size_t> agreeing;
  std::set<std::size_t> disagreeing;

  /// A lone wrong REF is a faulty record; this many are another assembly.
  [[nodiscard]] bool are_another_assembly() const;
};

/// The sites on an assembly, and the genotypes there.
struct ReadSites {
  std::shared_ptr<const SiteIndex> sites;  ///< what `genotypes` refers to
  GenotypeTable genotypes;
};

/// Collects genotypes over all files, and what REF said of each. A file whose header does not tell its assembly is
/// read by two of these, one for each; all others by one.
class AssemblyReading {
 public:
  /// `catalogue`: the sites on GRCh38; must outlive what finish() returns. `reference`: may be null.
  AssemblyReading(Assembly assembly, const SiteIndex& catalogue, std::size_t samples, ReferenceBases* reference);

  [[nodiscard]] Assembly assembly() const { return assembly_; }
  [[nodiscard]] const SiteIndex& sites() const { return *sites_; }

  /// From now on records are of this file, which must live until the next call.
  void begin(const VariantFile& file);
  /// Returns what the record says about sites; hears its REF. Valid until the next call.
  const std::vector<SiteMatch>& match(const VariantRecord& record);
  /// Takes the genotypes of the record that was matched last.
  void add(std::span<const RecordGenotype> genotypes, std::span<const std::int32_t> phase_sets);

  /// Votes of the current file at sites that have another place on the other assembly.
  [[nodiscard]] const RefVotes& file_votes() const { return file_votes_; }
  /// Records of the current file that spoke about a site.
  [[nodiscard]] std::uint64_t file_matched() const { return file_matched_; }

  /// Throws InputError (mismatch) when REF says that the files are on another assembly. `told_by`: what has said that
  /// they are on this one; empty: nothing.
  void check_bases(std::string_view told_by) const;
  /// Sentences about records that could not be used.
  [[nodiscard]] std::vector<std::string> warnings() const;
  /// Makes the table final and hands it out. Call once, at the end.
  [[nodiscard]] ReadSites finish(bool assume_reference);

 private:
  void hear_base(const RecordAlleles& record, const SiteMatch& match);
  void note_shifted(const SiteMatch& match, std::span<const RecordGenotype> genotypes);

  Assembly assembly_;
  std::shared_ptr<const SiteIndex> sites_;
  SiteMatcher matcher_;
  GenotypeTable table_;
  const VariantFile* file_ = nullptr;
  MatchResult matched_;
  RefVotes votes_;
  RefVotes file_votes_;
  std::map<std::size_t, std::string> file_of_wrong_;  // site -> path of the file whose REF is wrong there
  std::set<std::size_t> shifted_;
  std::uint64_t file_matched_ = 0;
  bool foreign_mitochondrion_ = false;
};

}  // namespace stardose::genomics
