// A cohort's variant files, read into one genotype table.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/assembly_choice.h"
#include "genomics/io/assembly_reading.h"
#include "genomics/io/cohort_file.h"
#include "genomics/io/reading_plan.h"
#include "genomics/io/sample_selection.h"
#include "genomics/io/shard_findings.h"
#include "genomics/io/variant_input_options.h"
#include "genomics/io/wanted_sites.h"
#include "genomics/sites/genotype_table.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// One input as it was read.
struct InputSummary {
  std::string path;
  ReadCounts counts;
};

struct Cohort {
  std::vector<std::string> samples;        ///< those chosen, in file order
  Assembly assembly = Assembly::grch38;    ///< of all inputs
  std::shared_ptr<const SiteIndex> sites;  ///< the plan's sites on that assembly
  GenotypeTable genotypes;                 ///< alleles have the numbers of the plan's sites, whatever the assembly
  std::vector<InputSummary> inputs;
  std::vector<std::string> warnings;  ///< a sentence each; nothing that stops a run
  std::vector<bool> covered;          ///< by site: see ReadingPlan::assume_reference
  /// The last of the warnings are about these sites, one each, ascending; they hang on the samples that were read.
  std::vector<std::size_t> unaligned = {};
};

/// Reads every input once, in as many places at a time as there are callers of read():
///   while (auto shard = reader.next()) reader.add(reader.read(std::move(*shard)));
///   Cohort cohort = reader.finish();
/// next() is for one caller at a time, and add() too, which wants the findings in the order of next(); read() is for
/// any number. Whatever the shards and callers, the cohort is the same, and so is the error: the first in the order of
/// the files.
/// The assembly is what the headers' contig lengths say, or where they say nothing what REF says at the sites: if the
/// first header says nothing, shards are read for both assemblies, and the verdict on a file falls at its end. What is
/// told is doubted where REF fits next to nothing there: such a file is read once more, for the other assembly.
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
  /// Throws InputError for what VariantFile refuses, for a chosen sample that is not there, for files whose samples or
  /// assemblies differ, and for a reference of another assembly.
  void add(ShardFindings findings);
  /// Throws InputError when there was no input, and when REF disagrees with the catalogue so often that the assembly
  /// must be another.
  [[nodiscard]] Cohort finish();

 private:
  void queue_shards(const std::shared_ptr<CohortFile>& file);
  [[nodiscard]] std::vector<int> columns_of(const std::string& path, const SampleSelection& selection);
  void begin_file(const CohortFile& file);
  void end_file(CohortFile& file);
  /// true: nothing shows that the shard was read at the wrong place or comes out of order.
  [[nodiscard]] bool follows(const ShardFindings& findings) const;
  void join(ShardFindings& findings);
  void judge_bases(const VariantFile& file);
  void doubt_told(const CohortFile& file);
  [[nodiscard]] std::string_view told_by() const;
  void check_reference() const;
  /// Index of the assembly that is chosen so far, among those that files are read for.
  [[nodiscard]] std::size_t chosen() const;
  [[nodiscard]] std::vector<bool> covered_sites() const;
  void report_nothing_matched();
  void report_filters();

  const VariantInputOptions& options_;
  const ReadingPlan& plan_;
  std::optional<Assembly> reference_assembly_;

  // next() has these
  std::size_t next_file_ = 0;
  std::deque<CohortShard> queue_;  // of the file at hand
  std::vector<std::string> samples_;
  std::optional<WantedSites> wanted_;
  std::vector<std::string> undeclared_filters_;  // asked for, and in no header seen so far

  // and add() these, beside samples_ and wanted_, which stay as they are once there is a shard
  AssemblyChoice choice_;
  std::vector<AssemblyReading> readings_;  // as wanted_->assemblies()
  std::vector<InputSummary> inputs_;
  std::vector<std::string> warnings_;
  FileOrder order_;                                        // of the file at hand
  std::uint64_t offset_ = 0;                               // how far it has been read
  std::vector<bool> seen_;                                 // by watched region
  std::uint64_t without_genotypes_ = 0;                    // records of the file at hand at sites, without GT
  std::uint64_t commented_out_ = 0;                        // lines of the file at hand
  std::map<std::string, std::uint64_t> rejected_filters_;  // FILTER values that did not pass, and in how many records
};

/// Reads every input with one reader.
[[nodiscard]] Cohort read_cohort(const VariantInputOptions& options, const ReadingPlan& plan);

}  // namespace stardose::genomics
