// Calling, then copying.
#include "pipeline/annotate_variants.h"

#include <optional>
#include <utility>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/io/file_state.h"
#include "genomics/io/reference.h"
#include "genomics/io/variant_copy.h"
#include "pharmaco/knowledge/gene_place.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pipeline/dosage_output.h"
#include "pipeline/gene_panel.h"
#include "pipeline/input_files.h"
#include "pipeline/progress.h"
#include "pipeline/read_inputs.h"
#include "pipeline/record_notes.h"
#include "pipeline/run.h"
#include "pipeline/sinks/collector.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/spooled_input.h"
#include "pipeline/stages/call_gene.h"

namespace stardose::pipeline {

namespace {

using genomics::ErrorParts;
using genomics::Fault;
using genomics::InputError;

SortedInputs variants_of(const AnnotateJob& job, const genomics::AlignmentInputOptions& no_alignments) {
  SortedInputs inputs = sort_inputs({job.input, no_alignments, ""});
  if (inputs.alignments.files.empty()) return inputs;
  throw InputError{Fault::usage,
                   {inputs.alignments.files.front(), "", "is an alignment: what is annotated are records of variants",
                    "`stardose genotype` makes a VCF of it"}};
}

std::optional<std::vector<GeneOutcomes>> call_genes(const CallGene& call_gene, std::size_t genes, const Limits& limits,
                                                    const std::stop_token& stop) {
  BatchSource source{genes, 1};
  Collector<GeneOutcomes> collector;
  if (run(source, call_gene, collector, limits, stop).stopped) return std::nullopt;
  return collector.take();
}

AnnotateSummary annotate(AnnotateJob& job, const std::stop_token& stop) {
  AnnotateSummary summary{.stopped = true};
  const genomics::AlignmentInputOptions no_alignments;
  SortedInputs inputs = variants_of(job, no_alignments);
  const std::string path = inputs.variants.files.front();
  const genomics::FileState state{path};
  const GenePanel panel = choose_genes(job.knowledge, job.calling);
  const OutputOptions nothing{.folder = {}, .write = {}};
  DosageOutput dosages{nothing, [] {}};
  const auto read = read_inputs(std::move(inputs), {job.knowledge, panel, job.calling, job.limits}, dosages, stop);
  if (!read) return summary;
  const auto& [cohort, alignments] = *read;
  for (pharmaco::Gene& gene : job.knowledge.genes) place_on(gene, cohort.assembly);
  for (const std::string& warning : cohort.warnings) job.warn(warning);
  const auto outside = read_outside_calls(job.calling.outside_calls, cohort.samples, job.knowledge);
  for (const std::string& warning : outside.warnings) job.warn(warning);
  const CallGene call_gene{panel, job.calling, cohort, alignments, outside};
  const auto outcomes = call_genes(call_gene, panel.genes.size(), job.limits, stop);
  if (!outcomes) return summary;
  for (const GeneOutcomes& gene : *outcomes) {
    for (const SampleWarning& warning : gene.warnings) job.warn(warning.text);
  }
  std::optional<genomics::Reference> reference;
  if (!job.input.reference.empty()) reference.emplace(job.input.reference);
  RecordNotes notes{panel, cohort, *outcomes, reference ? &*reference : nullptr};
  state.refuse_change();
  job.on_writing();
  const auto copied = copy_variants(
      path, job.output, annotation_fields(job.program_version), *cohort.sites,
      [&](const genomics::VariantRecord& record, genomics::AddedValues& values) { return notes.give(record, values); },
      stop);
  return {copied.stopped, cohort.samples.size(), copied.records, copied.annotated};
}

}  // namespace

AnnotateSummary annotate_variants(AnnotateJob job, const std::stop_token& stop) {
  const std::string named = job.input.files.front();
  if (!can_be_read_once_only(named)) return annotate(job, stop);
  const SpooledInput spooled{named};
  genomics::VariantInputOptions input = job.input;
  input.files = {spooled.path()};
  AnnotateJob again{std::move(job.knowledge), input,    job.calling,   job.limits, std::move(job.output),
                    job.program_version,      job.warn, job.on_writing};
  try {
    return annotate(again, stop);
  } catch (const InputError& error) {
    ErrorParts parts = error.parts();
    if (parts.file == spooled.path()) parts.file = named;
    throw InputError{error.fault(), std::move(parts)};
  }
}

}  // namespace stardose::pipeline
