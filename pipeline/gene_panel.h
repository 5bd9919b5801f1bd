// The genes of a run, and where their sites are in the genotype table.
#pragma once

#include <vector>

#include "genomics/sites/site_index.h"
#include "pharmaco/calling/calling_options.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pipeline {

struct PanelGene {
  const pharmaco::Gene* gene = nullptr;
  std::size_t first_site = 0;
  std::size_t site_count = 0;  ///< the gene's sites, or of an outside_only gene its proxies
};

/// Points into the knowledge base, which must outlive it.
struct GenePanel {
  std::vector<PanelGene> genes;  ///< by symbol
  genomics::SiteIndex sites;     ///< of all genes, one gene after the other; loose sites last
};

/// Throws InputError (usage) for a gene, or a group to rank by, that the catalogue does not have.
[[nodiscard]] GenePanel choose_genes(const pharmaco::KnowledgeBase& knowledge, const pharmaco::CallingOptions& options);

/// Returns the sites of genes that copies and hybrids decide, where reads may belong to the gene's like; not of those
/// that are to be called from small variants all the same.
[[nodiscard]] std::vector<std::size_t> paralogous_sites(const GenePanel& panel,
                                                        const pharmaco::CallingOptions& options);

}  // namespace stardose::pipeline
