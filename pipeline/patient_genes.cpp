// Genes of a cohort, as far as doses need them.
#include "pipeline/patient_genes.h"

#include <algorithm>
#include <utility>

#include "genomics/sites/site.h"
#include "pharmaco/inputs/called_genes.h"
#include "pharmaco/knowledge/gene_place.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pipeline/cohort_results.h"
#include "pipeline/dosage_output.h"
#include "pipeline/gene_panel.h"
#include "pipeline/read_inputs.h"
#include "pipeline/sinks/output_options.h"
#include "pipeline/stages/call_gene.h"

namespace stardose::pipeline {

namespace {

/// One cohort, read once.
class CohortView {
 public:
  CohortView(const GenePanel& panel, const genomics::Cohort& cohort, const pharmaco::OutsideCalls& outside)
      : panel_{panel}, cohort_{cohort}, outside_{outside} {}

  void add_gene(std::size_t number, const GeneOutcomes& outcomes, CohortGenes& into) const {
    const PanelGene& entry = panel_.genes[number];
    for (std::size_t sample = 0; sample < cohort_.samples.size(); ++sample) {
      pharmaco::KnownGene known{.result = outcomes.distinct[outcomes.of_sample[sample]].result, .source = "variants"};
      if (is_outside(entry.gene->symbol, sample)) {
        known.source = "outside calls";
      } else {
        known.tested = tested_alleles(entry, sample);
      }
      into.of_sample[sample].genes.emplace(entry.gene->symbol, std::move(known));
    }
  }

  /// Variants by name: of a gene's own sites and of those that guidance or dosing asks for besides.
  void add_genotypes(CohortGenes& into) const {
    for (std::size_t site = 0; site < panel_.sites.size(); ++site) {
      const genomics::Site& about = panel_.sites.site(site);
      if (about.rsid.empty() || !cohort_.genotypes.has_row(site)) continue;
      for (std::size_t sample = 0; sample < cohort_.samples.size(); ++sample) {
        const genomics::SiteGenotype genotype = cohort_.genotypes.at(site, sample);
        if (genotype.is_missing() || genotype.is_partial() || genotype.is_haploid()) continue;
        std::string first = bases_of(about, genotype.first());
        std::string second = bases_of(about, genotype.second());
        if (first.empty() || second.empty()) continue;
        if (second < first) std::swap(first, second);
        into.of_sample[sample].genotypes[about.rsid] = {std::move(first), std::move(second), "variants"};
      }
    }
  }

 private:
  bool is_outside(const std::string& symbol, std::size_t sample) const {
    const auto gene = outside_.by_gene.find(symbol);
    return gene != outside_.by_gene.end() &&
           std::ranges::any_of(gene->second, [&](const auto& calls) { return calls.sample == sample; });
  }

  std::set<std::string> tested_alleles(const PanelGene& entry, std::size_t sample) const {
    std::set<std::string> names;
    for (const pharmaco::NamedAllele& allele : entry.gene->alleles) {
      const bool seen = allele.is_defined && std::ranges::all_of(allele.definition, [&](const auto& asked) {
                          return !cohort_.genotypes.at(entry.first_site + asked.site, sample).is_missing();
                        });
      if (seen) names.insert(allele.reported_name());
    }
    return names;
  }

  const GenePanel& panel_;
  const genomics::Cohort& cohort_;
  const pharmaco::OutsideCalls& outside_;
};

}  // namespace

CohortGenes read_patient_genes(const PatientGenesJob& job, const std::stop_token& stop) {
  pharmaco::KnowledgeBase knowledge = job.knowledge;  // its genes are put on the input's assembly
  pharmaco::CallingOptions calling = job.calling;
  calling.genes = job.genes;
  const GenePanel panel = choose_genes(knowledge, calling);
  const OutputOptions nothing{.folder = {}, .write = {}};
  DosageOutput dosages{nothing, [] {}};
  CohortGenes result;
  const auto read = read_inputs(sort_inputs(job.input), {job.knowledge, panel, calling, job.limits}, dosages, stop);
  result.stopped = !read;
  if (result.stopped) return result;
  const auto& [cohort, alignments] = *read;
  for (pharmaco::Gene& gene : knowledge.genes) place_on(gene, cohort.assembly);
  for (const std::string& warning : cohort.warnings) job.warn(warning);
  const auto outside = read_outside_calls(calling.outside_calls, cohort.samples, knowledge);
  for (const std::string& warning : outside.warnings) job.warn(warning);
  result.samples = cohort.samples;
  result.of_sample.resize(cohort.samples.size());
  const CallGene call_gene{panel, calling, cohort, alignments, outside};
  const CohortView view{panel, cohort, outside};
  for (std::size_t gene = 0; gene < panel.genes.size(); ++gene) {
    const GeneOutcomes outcomes = call_gene({gene, gene + 1});
    for (const std::string& warning : outcomes.warnings) job.warn(warning);
    view.add_gene(gene, outcomes, result);
  }
  view.add_genotypes(result);
  return result;
}

}  // namespace stardose::pipeline
