// Genes of the catalogue with structures.
#include "pipeline/structure_panel.h"

#include <utility>

#include "pharmaco/structure/genome_depth.h"

namespace stardose::pipeline {

StructurePanel::StructurePanel(const GenePanel& panel, const pharmaco::KnowledgeBase& knowledge,
                               genomics::Assembly assembly, genomics::ReadPlan genotypes)
    : plan_{std::move(genotypes)} {
  for (std::size_t number = 0; number < panel.genes.size(); ++number) {
    const pharmaco::Gene& gene = *panel.genes[number].gene;
    if (!gene.structure) continue;
    genes_.push_back(number);
    contigs_.push_back(gene.contig);
    callers_.emplace_back(gene, assembly).plan(plan_);
  }
  if (!genes_.empty()) ask_for_scale(knowledge, assembly);
}

void StructurePanel::ask_for_scale(const pharmaco::KnowledgeBase& knowledge, genomics::Assembly assembly) {
  for (const pharmaco::Gene& gene : knowledge.genes) {
    if (gene.structure_decides || gene.ploidy != pharmaco::Ploidy::diploid) continue;
    const std::size_t first = plan_.depth_regions.size();
    for (const genomics::Site& listed : gene.sites) {
      const genomics::Site site = genomics::placed_on(listed, assembly);
      if (site.placed) plan_.depth_regions.push_back({site.contig, site.position, site.position + 1});
    }
    const std::size_t end = plan_.depth_regions.size();
    if (end - first < pharmaco::fewest_positions_for_scale) {
      plan_.depth_regions.resize(first);
    } else {
      scale_regions_.emplace_back(first, end);
    }
  }
}

std::vector<pharmaco::StructureCall> StructurePanel::call(const genomics::ReadEvidence& evidence,
                                                          const genomics::AlignmentFile& file) const {
  std::vector<pharmaco::StructureCall> calls;
  if (callers_.empty()) return calls;
  const auto genome = scale(evidence);
  for (std::size_t k = 0; k < callers_.size(); ++k) {
    if (file.has_contig(contigs_[k])) {
      calls.push_back(callers_[k].call(evidence, genome));
    } else {
      calls.push_back({.reason = pharmaco::NoStructureReason::no_such_contig});
    }
  }
  return calls;
}

std::optional<pharmaco::DepthScale> StructurePanel::scale(const genomics::ReadEvidence& evidence) const {
  std::vector<double> depths;
  for (const auto& [first, end] : scale_regions_) {
    double bases = 0;
    for (std::size_t region = first; region < end; ++region) {
      bases += static_cast<double>(evidence.regions[region].bases);
    }
    depths.push_back(bases / static_cast<double>(end - first));
  }
  return pharmaco::scale_by_genes(std::move(depths));
}

}  // namespace stardose::pipeline
