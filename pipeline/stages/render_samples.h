// Stage: results of a few samples as the bytes of their files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/report/cohort_report.h"
#include "pharmaco/report/medication.h"
#include "pipeline/cohort_results.h"
#include "pipeline/dose_plan.h"
#include "pipeline/patient_genes.h"
#include "pipeline/sinks/output_options.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/sample_coverage.h"

namespace stardose::pipeline {

struct RenderedFile {
  std::string name;  ///< within the report folder
  std::string text;
};

/// A batch of samples, ready to be written.
struct RenderedSamples {
  std::string calls;
  std::string guidance;
  std::string matches;
  std::string coverage;
  std::string dosing;
  std::vector<RenderedFile> reports;
  std::vector<pharmaco::CohortSample> lines;  ///< of the cohort's page
  std::size_t no_calls = 0;                   ///< genes without a call, over the batch
  std::size_t no_doses = 0;                   ///< doses that could not be worked out, likewise
};

/// Which outputs are wanted; see OutputOptions::write, and CallingOptions::all_matches for the matches.
struct Wanted {
  bool matches = false;
  bool calls = false;
  bool guidance = false;
  bool coverage = false;
  bool dosing = false;
  bool html = false;
  bool pdf = false;  ///< of the HTML
  bool json = false;
  bool multiqc = false;
};

/// Throws InputError (usage) for an output that does not exist.
[[nodiscard]] Wanted wanted_outputs(const OutputOptions& options);

/// Who gets which dose, and what is known of their genes and medicines. `plan` is empty where no dose is asked for.
struct PatientSource {
  const DosePlan& plan;
  const PatientGenes& genes;
  const pharmaco::MedicationLists& medications;
};

/// Holds its arguments, which must outlive it; safe to call from many threads.
class RenderSamples {
 public:
  static constexpr std::string_view name = "render";

  /// `blank` has what all reports share: versions, assembly, options, attributions.
  RenderSamples(const CohortResults& results, const SampleCoverage& coverage, PatientSource patients,
                pharmaco::SampleReport blank, Wanted wanted)
      : results_{results}, coverage_{coverage}, patients_{patients}, blank_{std::move(blank)}, wanted_{wanted} {}

  RenderedSamples operator()(Batch samples) const;

 private:
  [[nodiscard]] pharmaco::SampleReport report_of(std::size_t sample,
                                                 std::optional<pharmaco::CoverageReport> coverage) const;
  [[nodiscard]] std::vector<pharmaco::DoseReport> render_doses(std::size_t sample, RenderedSamples& into) const;
  void render_tables(std::size_t sample, RenderedSamples& into) const;

  const CohortResults& results_;
  const SampleCoverage& coverage_;
  PatientSource patients_;
  pharmaco::SampleReport blank_;
  Wanted wanted_;
};

}  // namespace stardose::pipeline
