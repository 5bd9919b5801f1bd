// What a run, or a part of one, has to say beside its tables and reports: enough to put parts together.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "learning/frame/frame.h"
#include "pharmaco/concordance/concordance.h"
#include "pharmaco/report/cohort_report.h"
#include "pharmaco/report/gene_tally.h"
#include "pipeline/cohort_results.h"
#include "pipeline/parts/result_table.h"
#include "pipeline/read_inputs.h"

namespace stardose::pipeline {

/// A file by its contents.
struct WrittenFile {
  std::string name;
  std::string sha256;
};

/// One sample as it was written.
struct PartSample {
  std::string name;
  ByTable<std::uint64_t> bytes{};              ///< of its rows in each table
  std::vector<WrittenFile> reports;            ///< in the report folder
  std::optional<pharmaco::CohortSample> line;  ///< of the cohort's page; nullopt: no page is written
  std::size_t no_doses = 0;                    ///< that could not be worked out
};

/// A sentence about one sample's gene.
struct GeneWarning {
  std::string sample;
  std::string text;
};

/// Documents are arrays as run.json has them.
struct RunPart {
  std::vector<PartSample> samples;  ///< of variant files, then of alignments
  std::size_t of_variants = 0;      ///< how many of them are of variant files
  std::string assembly;             ///< empty: there is no sample
  nlohmann::ordered_json variant_inputs = nlohmann::ordered_json::array();
  nlohmann::ordered_json alignment_inputs = nlohmann::ordered_json::array();
  nlohmann::ordered_json failed = nlohmann::ordered_json::array();  ///< unopened ones first
  std::vector<std::string> variant_warnings;
  std::map<std::size_t, std::string> unaligned;  ///< site -> warning: see genomics::Cohort::unaligned
  std::vector<std::string> alignment_warnings;
  std::vector<pharmaco::GeneTally> genes;               ///< in the order of the run; empty: there is no sample
  std::vector<std::vector<GeneWarning>> gene_warnings;  ///< likewise; of each gene in the order of the samples
  std::map<std::string, pharmaco::GeneCounts> concordance;
  learning::Frame features;  ///< a row a sample; no columns: none are asked for
  /// Columns of it without a value -> a sentence, with the reason by the first sample.
  std::map<std::size_t, std::string> empty_features;

  /// Genes without a call over all samples.
  [[nodiscard]] std::size_t no_calls() const;
  /// Doses that could not be worked out, likewise.
  [[nodiscard]] std::size_t no_doses() const;
};

/// Puts down what reading has found.
[[nodiscard]] RunPart part_of_inputs(const InputResults& read);
/// Nothing but inputs that could not be read.
[[nodiscard]] RunPart part_of_failed(const std::vector<FailedAlignment>& failed);
/// Adds what genes came to.
void add_genes(const CohortResults& results, RunPart& part);

/// Puts parts together in the order in which they are added: samples of variant files first. Parts must be of one run.
class PartJoiner {
 public:
  void add(RunPart part);
  [[nodiscard]] RunPart take();

 private:
  void add_features(RunPart& part);

  RunPart sum_;
  std::vector<PartSample> of_alignments_;
  learning::Frame features_of_alignments_;
  bool has_first_ = false;  // sum_ has the reasons of a sample of variant files, which comes first
  nlohmann::ordered_json failed_later_ = nlohmann::ordered_json::array();  // of those that could be opened
};

/// Columns in which every row's value is missing, ascending.
[[nodiscard]] std::vector<std::size_t> empty_columns(const learning::Frame& frame);
/// Symbols of the genes with guidance, in order.
[[nodiscard]] std::vector<std::string> guided_genes(const RunPart& part);
/// Names of the samples, in order.
[[nodiscard]] std::vector<std::string> sample_names(const RunPart& part);

}  // namespace stardose::pipeline
