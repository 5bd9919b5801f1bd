// What a cohort's files say when they are read as files of one assembly.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/ref_votes.h"
#include "genomics/io/shard_findings.h"
#include "genomics/io/variant_file.h"
#include "genomics/io/wanted_sites.h"
#include "genomics/sites/genotype_table.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// The sites on an assembly, and the genotypes there.
struct ReadSites {
  std::shared_ptr<const SiteIndex> sites;  ///< what `genotypes` refers to
  GenotypeTable genotypes;
};

/// Joins the findings of all shards and files, and what REF said of each file. Files are read by one of these, or, if
/// the first one's header does not tell its assembly, by two: one for each.
class AssemblyReading {
 public:
  AssemblyReading(AssemblySites on, std::size_t samples);

  [[nodiscard]] Assembly assembly() const { return on_.assembly; }

  /// From now on findings are of this file.
  void begin(const VariantFile& file);
  /// Takes findings in the order of the file.
  void join(AssemblyFindings& findings);

  /// Votes of the current file at sites that have another place on the other assembly.
  [[nodiscard]] const RefVotes& file_votes() const { return file_votes_; }
  /// Records that spoke about a site, file by file.
  [[nodiscard]] const std::vector<std::uint64_t>& matched() const { return matched_; }

  /// Throws InputError (mismatch) when REF says that the files are on another assembly. `told_by`: what has said that
  /// they are on this one; empty: nothing.
  void check_bases(std::string_view told_by) const;
  /// The same of the current file alone, whose own header tells nothing: what its fellows say must not outvote it.
  void check_file_bases(std::string_view told_by) const;
  /// Sentences about records that could not be used.
  [[nodiscard]] std::vector<std::string> warnings() const;
  /// Sites whose carriers have no genotype because an indel is not left-aligned, ascending, and a sentence of each.
  [[nodiscard]] const std::set<std::size_t>& unaligned() const { return shifted_; }
  [[nodiscard]] std::vector<std::string> unaligned_warnings() const;
  /// Makes the table final and hands it out. Call once, at the end.
  [[nodiscard]] ReadSites finish(bool assume_reference);

 private:
  [[noreturn]] void refuse(const RefVotes& votes, std::size_t site, std::string_view told_by) const;

  AssemblySites on_;
  GenotypeTable table_;
  std::string path_;  // of the current file
  RefVotes votes_;
  RefVotes file_votes_;
  std::map<std::size_t, std::string> file_of_wrong_;  // site -> path of the file whose REF is wrong there
  std::set<std::size_t> shifted_;
  std::vector<std::uint64_t> matched_;
  bool foreign_mitochondrion_ = false;
};

}  // namespace stardose::genomics
