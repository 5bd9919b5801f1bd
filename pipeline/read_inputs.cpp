// Variant files first, then alignments behind them.
#include "pipeline/read_inputs.h"

#include <utility>

#include "pipeline/open_inputs.h"
#include "pipeline/read_alignments.h"
#include "pipeline/read_variants.h"

namespace stardose::pipeline {

namespace {

/// What the alignments' samples will stand behind. Returns nullopt when it was stopped.
std::optional<genomics::Cohort> read_cohort(const SortedInputs& inputs, OpenedInputs& opened, const GenePanel& panel,
                                            const pharmaco::CallingOptions& calling, const Limits& limits,
                                            DosageOutput& dosages, const std::stop_token& stop) {
  // Each header has told the assembly, or the user has.
  if (inputs.variants.files.empty()) return empty_cohort(panel, opened.assembly.known().value());
  auto cohort = read_variants(inputs.variants, panel, calling, limits, dosages, stop);
  if (!cohort) return std::nullopt;
  const std::string& path = inputs.variants.files.front();
  opened.assembly.hear_bases(path, cohort->assembly);
  check_names(opened.alignments, cohort->samples, path);
  return cohort;
}

}  // namespace

std::optional<InputResults> read_inputs(SortedInputs inputs, const GenePanel& panel,
                                        const pharmaco::CallingOptions& calling, const Limits& limits,
                                        DosageOutput& dosages, const std::stop_token& stop) {
  if (inputs.alignments.files.empty()) {
    auto cohort = read_variants(inputs.variants, panel, calling, limits, dosages, stop);
    if (!cohort) return std::nullopt;
    return InputResults{*std::move(cohort), {}};
  }
  dosages.refuse_rows_of_reads();
  auto opened = open_inputs(inputs, limits, stop);
  if (!opened) return std::nullopt;
  auto cohort = read_cohort(inputs, *opened, panel, calling, limits, dosages, stop);
  if (!cohort) return std::nullopt;
  InputResults results{*std::move(cohort), {}};
  const AlignmentReading how{inputs.alignments, inputs.variants.thresholds, calling, limits};
  const bool stopped =
      read_alignments(std::move(opened->alignments), how, panel, stop, results.cohort, results.alignments);
  if (stopped) return std::nullopt;
  return results;
}

}  // namespace stardose::pipeline
