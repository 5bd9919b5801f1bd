// A cohort's variant files, read into one genotype table.
#pragma once

#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "genomics/io/cohort_file.h"
#include "genomics/io/sample_selection.h"
#include "genomics/io/variant_file.h"
#include "genomics/io/variant_input_options.h"
#include "genomics/matrix/matrix_rows.h"
#include "genomics/sites/genotype_table.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// One input as it was read.
struct InputSummary {
  std::string path;
  ReadCounts counts;
};

struct Cohort {
  std::vector<std::string> samples;  ///< those chosen, in file order
  GenotypeTable genotypes;
  std::vector<InputSummary> inputs;
  std::vector<std::string> warnings;  ///< a sentence each; nothing that stops a run
  std::vector<bool> covered;          ///< by site: see ReadingPlan::assume_reference
};

/// What is wanted from a cohort's files.
struct ReadingPlan {
  const SiteIndex& sites;
  /// true: a site in no record counts as reference, but only where the input has any record at all within
  /// `neighbourhood` bases of the site's group. A file that says nothing about a gene says nothing about its sites.
  bool assume_reference = false;
  /// Site numbers that belong together (a gene), as half-open ranges.
  std::vector<std::pair<std::size_t, std::size_t>> groups;
  /// How files are cut for several readers; changes nothing of the answer.
  Cutting cutting = {};
  /// Given: every record is wanted, too. Hears of their rows in file order, a few at a time.
  std::function<void(const MatrixRows&)> use_rows = {};
  /// true: read() and add() take turns and files are not cut, so that rows are handed over as they are read; false: a
  /// shard's rows are kept until it is added.
  bool in_turns = false;

  /// A human genome differs from the reference about once in a thousand bases.
  static constexpr std::int64_t neighbourhood = 25'000;
};

/// A part of a cohort's files, to be read by itself.
struct CohortShard {
  std::shared_ptr<CohortFile> file;
  Shard shard;
  bool is_first = false;  ///< of its file: nothing comes before
  bool is_last = false;
  std::exception_ptr fault;  ///< why there is nothing to read
};

/// What a shard's records say.
struct ShardFindings {
  CohortShard shard;
  Passage passage;
  std::uint64_t matched = 0;
  std::vector<SiteRow> rows;                              ///< in file order
  MatrixRows matrix;                                      ///< of all records, if wanted
  std::set<std::size_t> agreeing;                         ///< sites where REF is the assembly's base
  std::set<std::size_t> disagreeing;                      ///< and where it is not
  std::set<std::size_t> shifted;                          ///< sites that an indel may be at, for someone
  std::map<std::string, std::uint64_t> rejected_filters;  ///< FILTER values that did not pass, and in how many records
  std::vector<WatchedRegion> watched;                     ///< in the order of the plan's groups
  std::exception_ptr fault;
};

/// Reads every input once, in as many places at a time as there are callers of read():
///   while (auto shard = reader.next()) reader.add(reader.read(std::move(*shard)));
///   Cohort cohort = reader.finish();
/// next() is for one caller at a time, and add() too, which wants the findings in the order of next(); read() is for
/// any number. Whatever the shards and callers, the cohort is the same, and so is the error: the first in the order of
/// the files.
class CohortReader {
 public:
  /// Both arguments must outlive the reader, and the plan's sites the cohort.
  CohortReader(const VariantInputOptions& options, const ReadingPlan& plan);

  /// Those of the cohort; none before the first shard.
  [[nodiscard]] const std::vector<std::string>& samples() const { return samples_; }

  using Item = CohortShard;
  [[nodiscard]] std::optional<CohortShard> next();
  /// What goes wrong is among the findings.
  [[nodiscard]] ShardFindings read(CohortShard shard) const;
  /// Throws InputError for what VariantFile refuses, for a chosen sample that is not there, and for files whose samples
  /// differ.
  void add(ShardFindings findings);
  /// Throws InputError when there was no input, and when REF disagrees with the catalogue so often that the assembly
  /// must be another.
  [[nodiscard]] Cohort finish();

 private:
  [[nodiscard]] Records records() const { return plan_.use_rows ? Records::all : Records::near_sites; }
  /// Opens the next file and queues its shards.
  void open_next();
  [[nodiscard]] std::vector<int> columns_of(const std::string& path, const SampleSelection& selection);
  void read_from(const FileOrder& from, ShardFindings& findings) const;
  void begin_file(const CohortFile& file);
  void end_file(CohortFile& file);
  /// true: nothing shows that the shard was read at the wrong place or comes out of order.
  [[nodiscard]] bool follows(const ShardFindings& findings) const;
  void join(ShardFindings& findings);
  [[nodiscard]] std::vector<bool> covered_sites() const;
  void report_ref();
  void report_nothing_matched();
  void report_shifted();
  void report_filters();
  [[nodiscard]] bool is_other_assembly() const;

  const VariantInputOptions& options_;
  const ReadingPlan& plan_;
  const SiteIndex& index_;
  std::vector<WatchedRegion> regions_;
  std::vector<std::pair<std::size_t, std::size_t>> watched_groups_;

  // next() has these
  std::size_t next_file_ = 0;
  std::deque<CohortShard> queue_;  // of the file at hand
  std::vector<std::string> samples_;
  std::vector<std::string> undeclared_filters_;  // asked for, and in no header seen so far

  // and add() these, beside samples_, which stay as they are once there is a shard
  std::optional<Cohort> cohort_;
  FileOrder order_;           // of the file at hand
  std::uint64_t offset_ = 0;  // how far it has been read
  std::vector<bool> seen_;    // by watched region
  std::set<std::size_t> agreeing_;
  std::map<std::size_t, std::string> disagreeing_;  // site -> file
  std::set<std::size_t> shifted_;
  std::map<std::string, std::uint64_t> rejected_filters_;  // FILTER values that did not pass, and in how many records
};

/// Reads every input with one reader.
[[nodiscard]] Cohort read_cohort(const VariantInputOptions& options, const ReadingPlan& plan);

}  // namespace stardose::genomics
