// The steps of a run for one gene.
#include "pipeline/explain_gene.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "genomics/io/cohort_reader.h"
#include "pharmaco/calling/gene_patterns.h"
#include "pharmaco/explain/explain.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pharmaco/phenotype/phenotyper.h"
#include "pipeline/gene_panel.h"

namespace stardose::pipeline {

namespace {

std::optional<pharmaco::GeneResult> outside_result(const ExplainJob& job, const pharmaco::Gene& gene) {
  // Its warnings are of other samples and genes, which nobody asked about.
  const auto calls = read_outside_calls(job.calling.outside_calls, {job.sample}, job.knowledge);
  const auto of_gene = calls.by_gene.find(gene.symbol);
  if (of_gene == calls.by_gene.end() || of_gene->second.empty()) return std::nullopt;
  return read_outside_calls(gene, of_gene->second.front().calls).result;
}

/// What the files show of the gene.
struct Shown {
  pharmaco::GenePattern pattern;
  bool assume = false;  ///< a position in no record counts as reference
};

Shown read_gene(const ExplainJob& job, const GenePanel& panel, bool assume_reference) {
  const PanelGene& entry = panel.genes.front();
  if (entry.gene->calling == pharmaco::CallingMethod::outside_only) return {};
  genomics::VariantInputOptions input = job.input;
  input.samples = {job.sample};
  input.samples_file.clear();
  const genomics::Cohort cohort =
      read_cohort(input, {panel.sites, assume_reference, {{entry.first_site, entry.first_site + entry.site_count}}});
  for (const std::string& warning : cohort.warnings) job.warn(warning);
  auto patterns = pharmaco::find_patterns(cohort.genotypes, entry.first_site, entry.site_count);
  return {std::move(patterns.distinct.front()), assume_reference && cohort.covered[entry.first_site]};
}

}  // namespace

std::string explain_gene(const ExplainJob& job) {
  pharmaco::CallingOptions calling = job.calling;
  calling.genes = {job.gene};
  const GenePanel panel = choose_genes(job.knowledge, calling);
  const pharmaco::Gene& gene = *panel.genes.front().gene;
  const Shown shown = read_gene(job, panel, calling.assume_reference);
  const auto& asked = calling.from_small_variants;
  const pharmaco::GeneCaller caller{gene,
                                    {.assume_reference = shown.assume,
                                     .from_small_variants = std::ranges::find(asked, gene.symbol) != asked.end(),
                                     .find_combinations = calling.find_combinations}};
  const auto& [genotypes, phase_sets] = shown.pattern;
  pharmaco::GeneCall call = caller.call(genotypes, phase_sets);
  rank_by_frequency(gene, calling.ranking, call);
  if (has_nearest(call)) call.next_best = caller.nearest(genotypes, phase_sets);
  const pharmaco::GeneResult result = read_phenotype(gene, call);
  const auto outside = outside_result(job, gene);
  return pharmaco::explain({job.knowledge, gene, caller, genotypes, phase_sets, call, result,
                            outside ? &*outside : nullptr, job.sample, shown.assume, job.all_positions});
}

}  // namespace stardose::pipeline
