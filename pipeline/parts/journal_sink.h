// Sink: finished samples into the journal.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "pipeline/cohort_page.h"
#include "pipeline/cohort_results.h"
#include "pipeline/parts/run_part.h"
#include "pipeline/parts/sample_journal.h"
#include "pipeline/pgx_steps.h"
#include "pipeline/sinks/report_writer.h"
#include "pipeline/stages/render_samples.h"

namespace stardose::pipeline {

/// What the samples at hand come from.
struct JournalledSamples {
  const ReadSamples& samples;
  const CohortResults& results;
  const PatientGenes& genes;
  const RunPart& part;  ///< of all of them
  const std::optional<TruthTable>& truth;
  const std::map<std::string, std::string>& keys;  ///< by sample
};

/// Writes a sample's reports, then its record. Refers to its arguments. Throws InputError.
class JournalSink {
 public:
  JournalSink(const JournalledSamples& samples, const ReportWriter& reports, SampleJournal& journal)
      : samples_{samples}, reports_{reports}, journal_{journal} {}

  void put(RenderedSamples rendered);
  void close() {}

 private:
  [[nodiscard]] RunPart part_of(std::size_t number, const PartSample& sample, learning::Frame features) const;

  JournalledSamples samples_;
  const ReportWriter& reports_;
  SampleJournal& journal_;
  std::size_t next_ = 0;
};

}  // namespace stardose::pipeline
