// Words that laboratories write for what the catalogue writes otherwise.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// What a word says that is no result.
enum class NoResultWord {
  not_tested,  ///< nobody looked: as if the line were not there
  no_result,   ///< somebody looked and could not tell
};

/// `PM` for `Poor Metabolizer`, `B (wildtype)` for `B (reference)`. Case does not count, nor does `-` or `_` for a
/// blank, nor `metaboliser`.
class Synonyms {
 public:
  /// Returns the phenotype in the words of the gene's table; a gene without a table takes any. nullopt: the gene has no
  /// such phenotype.
  [[nodiscard]] std::optional<std::string> phenotype(const Gene& gene, std::string_view written) const;
  /// Returns the allele's name in the catalogue, or what was written.
  [[nodiscard]] std::string_view allele(const Gene& gene, std::string_view written) const;
  [[nodiscard]] std::optional<NoResultWord> no_result(std::string_view written) const;

 private:
  friend Synonyms load_synonyms(const CatalogueFiles& files, const std::vector<Gene>& genes, CatalogueFaults& faults);

  using Words = std::map<std::string, std::string, std::less<>>;  ///< folded -> meant
  std::map<std::string, Words, std::less<>> phenotypes_;          ///< by gene; "" for every gene
  std::map<std::string, Words, std::less<>> alleles_;             ///< by gene
  std::map<std::string, NoResultWord, std::less<>> no_results_;
};

/// Reads synonyms.tsv, which a catalogue may lack. Faults: a word twice, a phenotype or an allele that no gene has.
[[nodiscard]] Synonyms load_synonyms(const CatalogueFiles& files, const std::vector<Gene>& genes,
                                     CatalogueFaults& faults);

/// Returns the phenotypes that the gene's rule can give, `Indeterminate` among them; none for a gene without a rule.
[[nodiscard]] std::vector<std::string> phenotypes_of(const Gene& gene);

}  // namespace stardose::pharmaco
