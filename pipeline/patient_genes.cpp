// Genes of a cohort, as far as doses need them.
#include "pipeline/patient_genes.h"

#include <algorithm>
#include <utility>

#include "genomics/sites/site.h"
#include "pharmaco/knowledge/gene_place.h"
#include "pipeline/dosage_output.h"
#include "pipeline/read_inputs.h"
#include "pipeline/sinks/output_options.h"
#include "pipeline/stages/call_gene.h"

namespace stardose::pipeline {

PatientGenes::PatientGenes(const GenePanel& panel, const genomics::Cohort& cohort,
                           const pharmaco::OutsideCalls& outside, const std::vector<GeneOutcomes>& outcomes,
                           const AskedGenes& asked)
    : panel_{panel}, cohort_{cohort}, outcomes_{outcomes} {
  const auto is_asked = [&](std::size_t site) {
    const std::string& rsid = panel.sites.site(site).rsid;
    return asked.variants == nullptr ? !rsid.empty() : asked.variants->contains(rsid);
  };
  for (std::size_t gene = 0; gene < panel.genes.size(); ++gene) {
    const std::string& symbol = panel.genes[gene].gene->symbol;
    if (std::ranges::find(asked.genes, symbol) == asked.genes.end()) continue;
    AskedGene entry{gene, {}, {}};
    const PanelGene& place = panel.genes[gene];
    for (std::size_t site = place.first_site; site < place.first_site + place.site_count; ++site) {
      if (is_asked(site)) entry.sites.push_back(site);
    }
    if (const auto brought = outside.by_gene.find(symbol); brought != outside.by_gene.end()) {
      for (const pharmaco::SampleOutsideCalls& calls : brought->second) entry.outside.insert(calls.sample);
    }
    genes_.push_back(std::move(entry));
  }
  for (std::size_t site = 0; site < panel.sites.size(); ++site) {
    if (is_asked(site) && cohort.genotypes.has_row(site)) sites_.push_back(site);
  }
}

pharmaco::PatientGenetics PatientGenes::of(std::size_t sample) const {
  pharmaco::PatientGenetics genetics;
  for (const AskedGene& asked : genes_) {
    const PanelGene& entry = panel_.genes[asked.number];
    const GeneOutcomes& outcomes = outcomes_[asked.number];
    pharmaco::KnownGene known{.result = outcomes.distinct[outcomes.of_sample[sample]].result, .source = "variants"};
    if (asked.outside.contains(sample)) {
      known.source = "outside calls";
    } else {
      known.tested = tested_alleles(entry, sample);
      const GeneOutcome& outcome = outcomes.distinct[outcomes.of_sample[sample]];
      known.copies = outcome.copies;
      for (const std::size_t site : asked.sites) {
        const genomics::SiteGenotype genotype = cohort_.genotypes.at(site, sample);
        const bool is_assumed = genotype == genomics::SiteGenotype{} && outcome.finding.sites_assumed > 0;
        if ((genotype.is_missing() && !is_assumed) || genotype.is_partial()) {
          known.unread.insert(panel_.sites.site(site).rsid);
        }
      }
    }
    genetics.genes.emplace(entry.gene->symbol, std::move(known));
  }
  // Letters are those of the catalogue whatever the input's assembly: the panel was made before its genes were placed.
  for (const std::size_t site : sites_) {
    const genomics::Site& about = panel_.sites.site(site);
    const genomics::SiteGenotype genotype = cohort_.genotypes.at(site, sample);
    if (genotype.is_missing() || genotype.is_partial() || genotype.is_haploid()) continue;
    std::string first = bases_of(about, genotype.first());
    std::string second = bases_of(about, genotype.second());
    if (first.empty() || second.empty()) continue;
    if (second < first) std::swap(first, second);
    genetics.genotypes[about.rsid] = {std::move(first), std::move(second), "variants"};
  }
  return genetics;
}

std::set<std::string> PatientGenes::tested_alleles(const PanelGene& entry, std::size_t sample) const {
  std::set<std::string> names;
  for (const pharmaco::NamedAllele& allele : entry.gene->alleles) {
    const bool seen = allele.is_defined && std::ranges::all_of(allele.definition, [&](const auto& asked) {
                        return !cohort_.genotypes.at(entry.first_site + asked.site, sample).is_missing();
                      });
    if (seen) names.insert(allele.reported_name());
  }
  return names;
}

CohortGenes read_patient_genes(const PatientGenesJob& job, const std::stop_token& stop) {
  pharmaco::KnowledgeBase knowledge = job.knowledge;  // its genes are put on the input's assembly
  pharmaco::CallingOptions calling = job.calling;
  calling.genes = job.asked.genes;
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
  const CallGene call_gene{panel, calling, cohort, alignments, outside};
  std::vector<GeneOutcomes> outcomes;
  for (std::size_t gene = 0; gene < panel.genes.size(); ++gene) {
    outcomes.push_back(call_gene({gene, gene + 1}));
    for (const SampleWarning& warning : outcomes.back().warnings) job.warn(warning.text);
  }
  result.samples = cohort.samples;
  const PatientGenes genes{panel, cohort, outside, outcomes, job.asked};
  for (std::size_t sample = 0; sample < cohort.samples.size(); ++sample) result.of_sample.push_back(genes.of(sample));
  return result;
}

}  // namespace stardose::pipeline
