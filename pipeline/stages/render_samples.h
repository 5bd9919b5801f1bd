// Stage: results of a few samples as the bytes of their files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "learning/frame/frame.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/report/cohort_report.h"
#include "pharmaco/report/medication.h"
#include "pipeline/cohort_results.h"
#include "pipeline/parts/run_part.h"
#include "pipeline/patient_genes.h"
#include "pipeline/patient_plan.h"
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
  ByTable<std::string> tables;
  learning::Frame features;  ///< no columns: none are asked for
  std::vector<RenderedFile> reports;
  std::vector<PartSample> samples;
};

/// Which outputs are wanted; see OutputOptions::write, and CallingOptions::all_matches for the matches.
struct Wanted {
  bool matches = false;
  bool calls = false;
  bool guidance = false;
  bool coverage = false;
  bool dosing = false;
  bool features = false;
  bool html = false;
  bool pdf = false;  ///< of the HTML
  bool json = false;
  bool fhir = false;
  bool multiqc = false;
  bool digests = false;  ///< PartSample::reports are told

  /// By table.
  [[nodiscard]] ByTable<bool> tables() const {
    return {calls, guidance, matches, coverage, dosing, multiqc, multiqc, multiqc};
  }

  /// Whether a file is written for each sample.
  [[nodiscard]] bool reports() const { return html || json || fhir; }
};

/// Throws InputError (usage) for an output that does not exist.
[[nodiscard]] Wanted wanted_outputs(const OutputOptions& options);

/// Who gets which dose and features, and what is known of their genes and medicines. `plan` is empty where neither is
/// asked for.
struct PatientSource {
  const PatientPlan& plan;
  const PatientGenes& genes;
  const pharmaco::MedicationLists& medications;
};

/// Holds its arguments, which must outlive it; safe to call from many threads.
class RenderSamples {
 public:
  static constexpr std::string_view name = "render";

  /// `blank` has what all reports share: versions, assembly, options, attributions.
  RenderSamples(const CohortResults& results, const SampleCoverage& coverage, PatientSource patients,
                const pharmaco::KnowledgeBase& knowledge, pharmaco::SampleReport blank, Wanted wanted)
      : results_{results},
        coverage_{coverage},
        patients_{patients},
        knowledge_{knowledge},
        blank_{std::move(blank)},
        wanted_{wanted} {}

  RenderedSamples operator()(Batch samples) const;

 private:
  [[nodiscard]] pharmaco::SampleReport report_of(std::size_t sample,
                                                 std::optional<pharmaco::CoverageReport> coverage) const;
  /// Doses are returned for the page, too.
  [[nodiscard]] std::vector<pharmaco::DoseReport> render_patient(std::size_t sample, RenderedSamples& into) const;
  void render_tables(std::size_t sample, RenderedSamples& into) const;
  void render_multiqc(std::size_t sample, const std::optional<pharmaco::CoverageReport>& coverage,
                      RenderedSamples& into) const;
  void render_reports(std::size_t sample, std::vector<pharmaco::DoseReport> doses, RenderedSamples& into) const;

  const CohortResults& results_;
  const SampleCoverage& coverage_;
  PatientSource patients_;
  const pharmaco::KnowledgeBase& knowledge_;
  pharmaco::SampleReport blank_;
  Wanted wanted_;
};

}  // namespace stardose::pipeline
