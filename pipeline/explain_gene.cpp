// The steps of a run for one gene.
#include "pipeline/explain_gene.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "genomics/io/cohort_reader.h"
#include "pharmaco/calling/gene_patterns.h"
#include "pharmaco/explain/explain.h"
#include "pharmaco/knowledge/gene_place.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/describe_structure.h"
#include "pipeline/gene_panel.h"
#include "pipeline/open_inputs.h"
#include "pipeline/read_alignments.h"
#include "pipeline/stages/sample_coverage.h"

namespace stardose::pipeline {

namespace {

std::optional<pharmaco::GeneResult> outside_result(const ExplainJob& job, const pharmaco::Gene& gene) {
  // Its warnings are of other samples and genes, which nobody asked about.
  const auto calls = read_outside_calls(job.calling.outside_calls, {job.sample}, job.knowledge);
  const auto of_gene = calls.by_gene.find(gene.symbol);
  if (of_gene == calls.by_gene.end() || of_gene->second.empty()) return std::nullopt;
  return read_outside_calls(gene, of_gene->second.front().calls).result;
}

/// What the inputs show of the gene.
struct Shown {
  pharmaco::GenePattern pattern;
  genomics::Assembly assembly = genomics::Assembly::grch38;
  bool assume = false;         ///< a position in no record counts as reference
  AlignmentResults alignment;  ///< of a sample that was read from one
  std::optional<pharmaco::CoverageReport> coverage;

  [[nodiscard]] const pharmaco::GeneCoverage* gene_coverage() const {
    return coverage && !coverage->genes.empty() ? &coverage->genes.front() : nullptr;
  }
};

Shown read_variants_of(const ExplainJob& job, const genomics::VariantInputOptions& input, const GenePanel& panel) {
  const PanelGene& entry = panel.genes.front();
  if (entry.gene->calling == pharmaco::CallingMethod::outside_only) return {};
  const bool assume_reference = job.calling.assume_reference;
  const genomics::Cohort cohort =
      read_cohort(input, {panel.sites, assume_reference, {{entry.first_site, entry.first_site + entry.site_count}}});
  for (const std::string& warning : cohort.warnings) job.warn(warning);
  auto patterns = pharmaco::find_patterns(cohort.genotypes, entry.first_site, entry.site_count);
  const bool assume = assume_reference && cohort.covered[entry.first_site];
  return {std::move(patterns.distinct.front()), cohort.assembly, assume, {}, {}};
}

Shown read_alignment_of(const ExplainJob& job, const SortedInputs& inputs, OpenedInputs opened,
                        const GenePanel& panel) {
  const PanelGene& entry = panel.genes.front();
  Shown shown{.assembly = opened.assembly.known().value()};
  genomics::Cohort cohort = empty_cohort(panel, shown.assembly);
  const ReadingJob reading{job.knowledge, panel, job.calling, job.limits};
  static_cast<void>(read_alignments(std::move(opened.alignments), inputs, reading, {}, cohort, shown.alignment));
  if (!shown.alignment.failed.empty()) throw shown.alignment.failed.front().error;
  for (const std::string& warning : shown.alignment.warnings()) job.warn(warning);
  auto patterns = pharmaco::find_patterns(cohort.genotypes, entry.first_site, entry.site_count);
  shown.pattern = std::move(patterns.distinct.front());
  const genomics::ReadFilter& filter = inputs.alignments.filter;
  shown.coverage = SampleCoverage{
      panel,
      *cohort.sites,
      shown.alignment,
      {inputs.variants.thresholds.min_depth,
       filter.min_mapping_quality,
       filter.min_base_quality,
       job.calling.min_callable,
       {}}}.of(0);
  return shown;
}

/// Only the sample's own inputs are read.
Shown read_gene(const ExplainJob& job, const GenePanel& panel) {
  SortedInputs inputs = job.inputs;
  inputs.variants.samples = {job.sample};
  inputs.variants.samples_file.clear();
  if (inputs.alignments.files.empty()) return read_variants_of(job, inputs.variants, panel);
  auto opened = open_inputs(inputs, job.limits, {});
  const bool in_alignment = !opened->alignments.empty();
  return in_alignment ? read_alignment_of(job, inputs, *std::move(opened), panel)
                      : read_variants_of(job, inputs.variants, panel);
}

}  // namespace

std::string explain_gene(const ExplainJob& job) {
  pharmaco::CallingOptions calling = job.calling;
  calling.genes = {job.gene};
  const GenePanel panel = choose_genes(job.knowledge, calling);
  const Shown shown = read_gene(job, panel);
  pharmaco::Gene& gene = *std::ranges::find(job.knowledge.genes, job.gene, &pharmaco::Gene::symbol);
  place_on(gene, shown.assembly);
  const auto& asked = calling.from_small_variants;
  const pharmaco::GeneCaller caller{gene,
                                    {.assume_reference = shown.assume,
                                     .from_small_variants = std::ranges::find(asked, gene.symbol) != asked.end(),
                                     .find_combinations = calling.find_combinations}};
  const auto& [genotypes, phase_sets] = shown.pattern;
  pharmaco::GeneCall call = caller.call(genotypes, phase_sets);
  if (const pharmaco::GeneCoverage* coverage = shown.gene_coverage()) {
    hold_to_reads({coverage->callable(), coverage->positions.size(), calling.min_callable}, call);
  }
  rank_by_frequency(gene, calling.ranking, call);
  if (has_nearest(call)) call.next_best = caller.nearest(genotypes, phase_sets);
  const pharmaco::StructureCall* structure = shown.alignment.structure_of(0, 0);
  const pharmaco::GeneResult result =
      structure != nullptr && decides(gene, *structure)
          ? describe_structure(gene, *structure, call.reads.value_or(pharmaco::ReadsBehind{})).result
          : read_phenotype(gene, call);
  const auto outside = outside_result(job, gene);
  return pharmaco::explain({job.knowledge, gene, caller, genotypes, phase_sets, call, result,
                            outside ? &*outside : nullptr, job.sample, structure, shown.gene_coverage(), shown.assume,
                            job.all_positions});
}

}  // namespace stardose::pipeline
