// Which symbols a copy of the gene is expected to show.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pharmaco/knowledge/gene.h"
#include "pharmaco/structure/fragment_patterns.h"

namespace stardose::pharmaco {

/// What one copy has at one column. `other` may be there instead, at a cost of `cost` nats: silent variation, a base
/// that the allele leaves open, or, dearly, a variant that no definition knows.
struct ExpectedSymbol {
  std::uint8_t symbol = no_symbol;  ///< no_symbol: such a copy lacks the place
  std::uint8_t other = no_symbol;
  float cost = 0;
  bool of_paralog = false;  ///< the paralog's sequence, so that what is silent there is kin to the paralog's own
};

/// A change that costs so much is a variant outside all definitions.
inline constexpr float undocumented_cost = 9;

class CopyModel {
 public:
  /// Takes what it needs of both; `gene` has a structure and must live as long.
  CopyModel(const Gene& gene, const FragmentPatterns& patterns);

  /// `content`: number in Gene::alleles; nullopt: its variants are not known (a kind with one name for all).
  [[nodiscard]] std::vector<ExpectedSymbol> expected(std::size_t kind, std::optional<std::size_t> content) const;
  [[nodiscard]] ExpectedSymbol expected_at(std::size_t column, std::size_t kind,
                                           std::optional<std::size_t> content) const;

  /// The site's alleles that a copy with the named allele may show: those of its definition, those that another of its
  /// variants makes of a site that reaches over it, and the reference where an indel beside it is in the reads' way.
  [[nodiscard]] std::uint64_t allowed(std::size_t allele, std::size_t site) const { return allowed_[allele][site]; }

  [[nodiscard]] const Gene& gene() const { return *gene_; }
  [[nodiscard]] const GeneStructure& structure() const { return *gene_->structure; }

 private:
  void add_implied(const NamedAllele& allele, std::vector<std::uint64_t>& bits) const;
  void find_blocks();
  [[nodiscard]] ExpectedSymbol of_gene(std::size_t column, std::optional<std::size_t> content) const;
  [[nodiscard]] ExpectedSymbol of_paralog(std::size_t column) const;
  /// The symbol that most fragments show, of all but `symbol`.
  [[nodiscard]] std::uint8_t most_seen_but(std::size_t column, std::uint8_t symbol) const;

  const Gene* gene_;
  std::vector<std::vector<std::uint8_t>> by_frequency_;  ///< by column: symbols, most seen first
  std::vector<std::vector<double>> symbol_shares_;       ///< by site and allele of it: share of gene copies
  std::vector<std::vector<std::uint64_t>> allowed_;      ///< by allele and site: bits of its alleles
  std::vector<std::vector<std::uint8_t>> usual_;         ///< by allele and site: where it is open; else no_symbol
  std::vector<std::size_t> column_of_;                   ///< by site
  /// By column: columns that are inherited together with it in the gene, and in the paralog, itself among them.
  std::vector<int> gene_block_;
  std::vector<int> paralog_block_;
};

}  // namespace stardose::pharmaco
