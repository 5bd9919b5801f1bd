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
  /// Fills one entry for each column in `columns`. Returns false when the record has no GT at all.
  /// Throws InputError for an allele number that the record does not have.
  [[nodiscard]] virtual bool read_genotypes(std::span<const int> columns, std::vector<RecordGenotype>& into) = 0;
  /// Marks those of the genotypes just read that fall short of a threshold.
  virtual void judge_genotypes(GenotypeJudge& judge, std::span<const int> columns,
                               std::vector<RecordGenotype>& genotypes) = 0;
  /// Fills PS values (0: none); leaves `into` empty when the record has no PS.
  virtual void read_phase_sets(std::span<const int> columns, std::vector<std::int32_t>& into) = 0;
};

/// A stretch of the genome, and whether any record lies in it.
struct WatchedRegion {
  std::string contig;  ///< canonical name
  Interval interval;
  bool seen = false;  ///< a record starts in it
};

/// How many records passed by, and how.
struct ReadCounts {
  std::uint64_t records = 0;  ///< seen (streaming) or touched (index)
  std::uint64_t matched = 0;  ///< that spoke about a site
  bool used_index = false;
};

/// Throws InputError for a file that is missing, of no known format, truncated, unsorted, of no known assembly, without
/// a sample, or damaged in what is read of it. Owns its HTSlib handles. One thread at a time.
class VariantFile {
 public:
  /// `path` may be `-` (standard input). With `use_index`, an index beside the file is used when it is not older than
  /// the file.
  VariantFile(const std::string& path, bool use_index);
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
  /// See has_rcrs() of variant_header.h. Contigs that no header line declares are known once a record names them.
  [[nodiscard]] bool is_mitochondrion_rcrs(Assembly assembly) const;
  /// What a reader should know though it stops nothing; a sentence each.
  [[nodiscard]] const std::vector<std::string>& warnings() const;

  /// Calls `use` for each record near a site, in file order, once each, and marks the watched regions that have a
  /// record. Jumps by the index where there is one, else reads the whole file. Call once.
  ReadCounts for_each_near(const SiteIndex& sites, std::vector<WatchedRegion>& watched,
                           const std::function<void(VariantRecord&)>& use);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace stardose::genomics
