// Variant files first, then alignments behind them.
#include "pipeline/read_inputs.h"

#include <utility>

#include "pipeline/open_inputs.h"
#include "pipeline/parts/take_shard.h"
#include "pipeline/read_alignments.h"
#include "pipeline/read_variants.h"

namespace stardose::pipeline {

namespace {

std::optional<genomics::Cohort> read_variants_of(const SortedInputs& inputs, const ReadingJob& job,
                                                 DosageOutput& dosages, const std::stop_token& stop) {
  return read_variants(inputs.variants, job.panel, job.calling, job.limits, dosages, stop);
}

/// What the alignments' samples will stand behind. Returns nullopt when it was stopped.
std::optional<genomics::Cohort> cohort_before(const SortedInputs& inputs, OpenedInputs& opened, const ReadingJob& job,
                                              DosageOutput& dosages, const std::stop_token& stop) {
  // Each header has told the assembly, or the user has.
  if (inputs.variants.files.empty()) return empty_cohort(job.panel, opened.assembly.known().value());
  auto cohort = read_variants_of(inputs, job, dosages, stop);
  if (!cohort) return std::nullopt;
  const std::string& path = inputs.variants.files.front();
  opened.assembly.hear_bases(path, cohort->assembly);
  check_names(opened.alignments, cohort->samples, path);
  return cohort;
}

/// Of a shard to which no sample falls, or none that can be read; the assembly means nothing.
InputResults no_samples(const ReadingJob& job, std::vector<FailedAlignment> failed) {
  return {empty_cohort(job.panel, genomics::Assembly::grch38), {.failed = std::move(failed)}};
}

}  // namespace

std::optional<InputResults> read_inputs(SortedInputs inputs, const ReadingJob& job, DosageOutput& dosages,
                                        const std::stop_token& stop) {
  if (inputs.alignments.files.empty()) {
    take_shard_of_variants(inputs);
    if (inputs.variants.files.empty()) return no_samples(job, {});
    auto cohort = read_variants_of(inputs, job, dosages, stop);
    if (!cohort) return std::nullopt;
    return InputResults{*std::move(cohort), {}};
  }
  dosages.refuse_rows_of_reads();
  auto opened = open_inputs(inputs, job.limits, stop);
  if (!opened) return std::nullopt;
  const bool is_empty = inputs.variants.files.empty() && opened->alignments.empty();
  if (is_empty) return no_samples(job, std::move(opened->failed));
  auto cohort = cohort_before(inputs, *opened, job, dosages, stop);
  if (!cohort) return std::nullopt;
  InputResults results{*std::move(cohort), {.failed = std::move(opened->failed)}};
  const bool stopped =
      read_alignments(std::move(opened->alignments), inputs, job, stop, results.cohort, results.alignments);
  if (stopped) return std::nullopt;
  if (results.cohort.samples.empty() && !inputs.shard.is_asked) throw results.alignments.failed.front().error;
  return results;
}

}  // namespace stardose::pipeline
