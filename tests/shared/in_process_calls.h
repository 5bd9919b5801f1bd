// Calling genes without writing files: what `stardose run` does up to its tables.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "pharmaco/knowledge/gene_place.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/report/sample_report.h"
#include "pipeline/gene_panel.h"
#include "pipeline/stages/call_gene.h"

namespace stardose::tests {

/// (sample, gene) -> finding.
using Findings = std::map<std::pair<std::string, std::string>, pharmaco::GeneFinding>;

inline const pharmaco::KnowledgeBase& embedded_knowledge() {
  static const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge("");
  return knowledge;
}

struct CalledCohort {
  std::vector<std::string> samples;
  std::vector<std::string> warnings;
  Findings findings;
};

/// Throws InputError as a run would. No outside calls.
inline CalledCohort call_in_process(const genomics::VariantInputOptions& input,
                                    const pharmaco::CallingOptions& options) {
  pharmaco::KnowledgeBase knowledge = embedded_knowledge();  // its own: to be placed on the input's assembly
  const pipeline::GenePanel panel = pipeline::choose_genes(knowledge, options);
  genomics::ReadingPlan plan{panel.sites, options.assume_reference, {}};
  for (const pipeline::PanelGene& entry : panel.genes) {
    plan.groups.emplace_back(entry.first_site, entry.first_site + entry.site_count);
  }
  const genomics::Cohort cohort = read_cohort(input, plan);
  for (pharmaco::Gene& gene : knowledge.genes) place_on(gene, cohort.assembly);
  const pharmaco::OutsideCalls none;
  const pipeline::AlignmentResults no_alignments;
  const pipeline::CallGene call_gene{panel, options, cohort, no_alignments, none};
  CalledCohort called{cohort.samples, cohort.warnings, {}};
  for (std::size_t number = 0; number < panel.genes.size(); ++number) {
    const pipeline::GeneOutcomes outcomes = call_gene({number, number + 1});
    for (std::size_t sample = 0; sample < cohort.samples.size(); ++sample) {
      called.findings[{cohort.samples[sample], panel.genes[number].gene->symbol}] =
          outcomes.distinct[outcomes.of_sample[sample]].finding;
    }
  }
  return called;
}

}  // namespace stardose::tests
