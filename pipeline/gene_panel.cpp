// Choosing genes by symbol.
#include "pipeline/gene_panel.h"

#include <algorithm>
#include <utility>

#include "genomics/input_error.h"

namespace stardose::pipeline {

using genomics::Fault;
using genomics::InputError;

namespace {

void check_known(const pharmaco::KnowledgeBase& knowledge, const std::vector<std::string>& symbols, const char* key) {
  for (const std::string& symbol : symbols) {
    if (knowledge.find_gene(symbol) != nullptr) continue;
    throw InputError{
        Fault::usage,
        {"", key, "no such gene in the catalogue: " + symbol, "`stardose knowledge list` names the genes"}};
  }
}

}  // namespace

GenePanel choose_genes(const pharmaco::KnowledgeBase& knowledge, const pharmaco::CallingOptions& options) {
  check_known(knowledge, options.genes, "genes");
  check_known(knowledge, options.from_small_variants, "from-small-variants");
  std::vector<PanelGene> genes;
  std::vector<genomics::Site> sites;
  for (const pharmaco::Gene& gene : knowledge.genes) {
    const bool chosen = options.genes.empty() || std::ranges::find(options.genes, gene.symbol) != options.genes.end();
    if (!chosen) continue;
    genes.push_back({&gene, sites.size(), gene.sites.size() + gene.proxies.size()});
    sites.insert(sites.end(), gene.sites.begin(), gene.sites.end());
    for (const pharmaco::Proxy& proxy : gene.proxies) sites.push_back(proxy.site);
  }
  for (const PanelGene& entry : genes) {
    sites.insert(sites.end(), entry.gene->extra_sites.begin(), entry.gene->extra_sites.end());
  }
  return {std::move(genes), genomics::SiteIndex{std::move(sites)}};
}

}  // namespace stardose::pipeline
