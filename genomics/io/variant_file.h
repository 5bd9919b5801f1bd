// One VCF or BCF file: checked when opened, read where it matters.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/record_walk.h"
#include "genomics/io/shard.h"
#include "genomics/matrix/bed_row.h"
#include "genomics/sites/genotype_table.h"
#include "genomics/sites/site_index.h"
#include "genomics/sites/site_matcher.h"

namespace stardose::genomics {

class GenotypeJudge;

/// One record as a VariantFile hands it out; valid only inside the callback.
class VariantRecord {
 public:
  VariantRecord() = default;
  virtual ~VariantRecord() = default;
  VariantRecord(const VariantRecord&) = delete;
  VariantRecord& operator=(const VariantRecord&) = delete;
  VariantRecord(VariantRecord&&) = delete;
  VariantRecord& operator=(VariantRecord&&) = delete;
  [[nodiscard]] virtual RecordAlleles alleles() const = 0;
  /// As VariantFile::is_mitochondrion_rcrs(), of the very contig that the record names. Requires: it is chrM.
  [[nodiscard]] virtual bool is_on_rcrs(Assembly assembly) const = 0;
  /// Fills one entry for each column in `columns`. Returns false when the record has no GT at all.
  /// Throws InputError for an allele number that the record does not have.
  [[nodiscard]] virtual bool read_genotypes(std::span<const int> columns, std::vector<RecordGenotype>& into) = 0;
  /// Marks those of the genotypes just read that fall short of a threshold.
  virtual void judge_genotypes(GenotypeJudge& judge, std::span<const int> columns,
                               std::vector<RecordGenotype>& genotypes) = 0;
  /// Fills a row of bed_row.h for all samples of the file. Returns false, and leaves the row unspecified, unless the
  /// record has genotypes and nothing else, each of a plain shape, and its FILTER passes: read_genotypes() and
  /// judge_genotypes() know the others.
  [[nodiscard]] virtual bool fill_plain_row(GenotypeJudge& judge, CountedAllele allele,
                                            std::span<std::uint8_t> row) = 0;
  /// Replaces `into` by FORMAT/DS: for each of `columns` an expected number of copies of each of the `alternatives`,
  /// of two (who has one allele in GT has DS from 0 to 1, which is doubled), NaN where it is not known. Returns false
  /// when the record has none. Throws InputError for a DS that cannot be one.
  [[nodiscard]] virtual bool read_dosages(std::span<const int> columns, std::size_t alternatives,
                                          std::vector<float>& into) = 0;
  /// The record's own name, `.` for none.
  [[nodiscard]] virtual std::string_view id() const = 0;
  /// Fills phase sets: of PS, or of PID (GATK's older name) where there is no PS. Those of PSL, which are of strands,
  /// cannot be compared: a record that has them alone is a set of its own. Leaves `into` empty when it has none.
  virtual void read_phase_sets(std::span<const int> columns, std::vector<PhaseSet>& into) = 0;
};

/// Which records of a file are handed out.
enum class Records { near_sites, all };

/// How many records passed by, and how.
struct ReadCounts {
  std::uint64_t records = 0;  ///< seen (streaming) or touched (index)
  std::uint64_t matched = 0;  ///< that spoke about a site
  bool used_index = false;
};

/// What the reading of a shard passed.
struct Passage {
  FileOrder order;                  ///< at its end
  std::string first_contig;         ///< of its first record; empty: it has none
  std::int64_t first_position = 0;  ///< of its first record
  std::uint64_t end = 0;            ///< virtual offset at which it stopped
  std::uint64_t commented_out = 0;  ///< lines of it that begin with #, which are no records
};

/// Returns whether a file can be read in several places at a time: a regular file in blocks (BGZF).
[[nodiscard]] bool can_be_cut(const std::string& path);

/// Throws InputError for a file that is missing, of no known format, truncated, unsorted, of no known assembly, without
/// a sample, or damaged in what is read of it. Owns its HTSlib handles. One thread at a time.
class VariantFile {
 public:
  /// `path` may be `-` (standard input). With `use_index`, an index beside the file is used when it is not older than
  /// the file. With `check_format`, the header of a VCF and all of each line that is read are checked.
  VariantFile(const std::string& path, bool use_index, bool check_format = true);
  ~VariantFile();
  VariantFile(VariantFile&&) noexcept;
  VariantFile& operator=(VariantFile&&) = delete;
  VariantFile(const VariantFile&) = delete;
  VariantFile& operator=(const VariantFile&) = delete;

  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] const std::vector<std::string>& samples() const;
  /// Returns whether the header declares the FILTER value.
  [[nodiscard]] bool declares_filter(const std::string& name) const;
  /// The assembly by the contig lengths of the header; nullopt: it gives none.
  [[nodiscard]] std::optional<Assembly> assembly() const;
  /// What of the header says so: `contig chr10 has 135534747 bases`.
  [[nodiscard]] const std::string& assembly_evidence() const;
  /// Returns whether the mitochondrial contig that the header or the index names, if any, is rCRS; see is_rcrs() of
  /// variant_header.h.
  [[nodiscard]] bool is_mitochondrion_rcrs(Assembly assembly) const;
  /// What a reader should know though it stops nothing; a sentence each.
  [[nodiscard]] const std::vector<std::string>& warnings() const;

  /// Decides what to read: all when all `records` are wanted; else stretches around the sites where there is an index
  /// and jumping takes less work than reading the file from end to end, else all of it; dealt out to shards where the
  /// file can be read in several places.
  [[nodiscard]] std::vector<Shard> plan(const SiteIndex& sites, const Cutting& cutting, Records records);
  /// true: the plan jumps by the index.
  [[nodiscard]] bool uses_index() const;

  /// Calls `use` for each record of a shard, or each that is near a site, in file order, and marks the watched regions
  /// in which a record starts. `from` is how far the reading came before this shard; by default it begins without past,
  /// and then the caller sees to it that shards follow on each other. A shard that was planned here can be read by
  /// another VariantFile of the same path.
  Passage read(const Shard& shard, const FileOrder& from, const SiteIndex& sites, std::vector<WatchedRegion>& watched,
               Records records, const std::function<void(VariantRecord&)>& use);
  /// Looks a region up in the index. Requires: uses_index().
  [[nodiscard]] bool has_record(const WatchedRegion& region);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace stardose::genomics
