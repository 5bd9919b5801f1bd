// Variant files first, then alignments behind them.
#include "pipeline/read_inputs.h"

#include <utility>

#include "pipeline/open_inputs.h"
#include "pipeline/read_alignments.h"
#include "pipeline/read_variants.h"

namespace stardose::pipeline {

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
  std::optional<genomics::Cohort> cohort;
  if (inputs.variants.files.empty()) {
    // Each header has told, or the user has.
    cohort = empty_cohort(panel, opened->assembly.known().value());
  } else {
    cohort = read_variants(inputs.variants, panel, calling, limits, dosages, stop);
    if (!cohort) return std::nullopt;
    const std::string& path = inputs.variants.files.front();
    opened->assembly.hear_bases(path, cohort->assembly);
    check_names(opened->alignments, cohort->samples, path);
  }
  InputResults results{*std::move(cohort), {}};
  const AlignmentReading how{inputs.alignments, inputs.variants.thresholds, calling, limits};
  const bool stopped =
      read_alignments(std::move(opened->alignments), how, panel, stop, results.cohort, results.alignments);
  if (stopped) return std::nullopt;
  return results;
}

}  // namespace stardose::pipeline
