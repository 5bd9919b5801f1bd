// Choosing genes by symbol.
#include "pipeline/gene_panel.h"

#include <algorithm>
#include <set>
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

std::set<std::string> populations_of(const pharmaco::KnowledgeBase& knowledge) {
  std::set<std::string> names;
  for (const pharmaco::Gene& gene : knowledge.genes) {
    for (const auto& counts : gene.frequencies.populations) names.insert(counts.population);
  }
  return names;
}

void check_population(const pharmaco::KnowledgeBase& knowledge, const std::string& population) {
  if (population.empty()) return;
  const std::set<std::string> names = populations_of(knowledge);
  if (names.contains(population)) return;
  std::string known;
  for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
  throw InputError{Fault::usage,
                   {"", "rank-by-frequency", "the catalogue has no allele frequencies of the group " + population,
                    known.empty() ? "this catalogue has no frequencies at all" : "it has those of " + known}};
}

}  // namespace

GenePanel choose_genes(const pharmaco::KnowledgeBase& knowledge, const pharmaco::CallingOptions& options) {
  check_known(knowledge, options.genes, "genes");
  check_known(knowledge, options.from_small_variants, "from-small-variants");
  check_population(knowledge, options.ranking.population);
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

std::vector<std::size_t> paralogous_sites(const GenePanel& panel, const pharmaco::CallingOptions& calling) {
  std::vector<std::size_t> sites;
  for (const PanelGene& entry : panel.genes) {
    const auto& asked = calling.from_small_variants;
    const bool as_any_other = std::ranges::find(asked, entry.gene->symbol) != asked.end();
    if (!entry.gene->structure_decides || as_any_other) continue;
    for (std::size_t k = 0; k < entry.site_count; ++k) sites.push_back(entry.first_site + k);
  }
  return sites;
}

}  // namespace stardose::pipeline
