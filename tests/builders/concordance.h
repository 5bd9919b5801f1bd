// Small knowledge for comparing calls with a truth.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/concordance/alias_table.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "tests/builders/gene_builder.h"

namespace stardose::test {

/// Genes must come by symbol.
inline pharmaco::KnowledgeBase knowledge_of(const std::vector<GeneBuilder>& genes) {
  pharmaco::KnowledgeBase knowledge;
  for (const GeneBuilder& gene : genes) knowledge.genes.push_back(gene.build());
  return knowledge;
}

/// Rows of aliases.tsv without the header. Throws InputError for faulty ones.
inline pharmaco::AliasTable aliases_for(const pharmaco::KnowledgeBase& knowledge, const std::string& rows) {
  pharmaco::CatalogueFaults faults{"test"};
  pharmaco::AliasTable table = pharmaco::AliasTable::of_catalogue(
      {"test", {{"aliases.tsv", "gene\ttruth\tours\treason\tsource\n" + rows}}}, knowledge, faults);
  faults.raise();
  return table;
}

/// The built-in table.
inline pharmaco::AliasTable embedded_aliases(const pharmaco::KnowledgeBase& knowledge) {
  pharmaco::CatalogueFaults faults{"embedded"};
  pharmaco::AliasTable table = pharmaco::AliasTable::of_catalogue(pharmaco::embedded_files(), knowledge, faults);
  faults.raise();
  return table;
}

}  // namespace stardose::test
