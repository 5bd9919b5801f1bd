// Names that moved: what a truth calls one thing and the catalogue another.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// One row of aliases.tsv.
struct Alias {
  std::string gene;
  std::string truth;   ///< an allele (`*1B`), or a whole diplotype (`GA`)
  std::string ours;    ///< an allele of the catalogue, or a diplotype of them
  std::string reason;  ///< why they are the same, a clause
  std::string source;
};

class AliasTable {
 public:
  /// The catalogue's own aliases.tsv; empty when it has none. Faults: a gene or an allele that is not there, no reason.
  [[nodiscard]] static AliasTable of_catalogue(const CatalogueFiles& files, const KnowledgeBase& knowledge,
                                               CatalogueFaults& faults);
  /// A user's table with the same columns: gene, truth, ours, reason and optionally source. Throws InputError.
  [[nodiscard]] static AliasTable of_file(const std::string& path, const KnowledgeBase& knowledge);

  [[nodiscard]] std::span<const Alias> of_gene(std::string_view gene) const;

 private:
  explicit AliasTable(std::vector<Alias> aliases);

  std::vector<Alias> aliases_;  ///< by gene, in the file's order
};

/// Returns the aliases of the embedded catalogue, or of the folder's when one is named. Throws InputError (catalogue).
[[nodiscard]] AliasTable open_aliases(const std::string& folder, const KnowledgeBase& knowledge);

}  // namespace stardose::pharmaco
