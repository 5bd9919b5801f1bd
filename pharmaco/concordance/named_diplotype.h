// Diplotypes as names, from whichever text: what two of them must have in common to be one.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/concordance/alias_table.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// Copies of an allele on one haplotype; `*2xN` is at least 2.
struct Copies {
  int number = 1;
  bool at_least = false;

  /// Whether both can mean one number.
  [[nodiscard]] bool agrees_with(const Copies& other) const;
};

/// Allele -> copies: `*36x2+*10`, or the variants of a combination. The order in which they stand says nothing.
using NamedHaplotype = std::map<std::string, Copies>;

struct NamedDiplotype {
  std::vector<NamedHaplotype> haplotypes;
  /// true: a list of what both strands hold together, in `haplotypes.front()`; the strands are not told apart.
  bool is_list = false;
};

[[nodiscard]] bool is_same(const NamedHaplotype& a, const NamedHaplotype& b);
[[nodiscard]] std::string to_text(const NamedHaplotype& haplotype);
[[nodiscard]] std::string to_text(const NamedDiplotype& diplotype);

/// The names of one gene: those of the catalogue, and those that an alias explains.
class GeneNames {
 public:
  GeneNames(const Gene& gene, const AliasTable& aliases) : gene_{gene}, aliases_{aliases.of_gene(gene.symbol)} {}

  [[nodiscard]] const Gene& gene() const { return gene_; }
  [[nodiscard]] std::span<const Alias> aliases() const { return aliases_; }
  /// Returns the name by which the allele is compared: suballeles go by their core, HLA by two fields, a missing star
  /// is put before (`1` -> `*1`), case does not count where nothing else fits. nullopt: neither an allele of ours nor
  /// the truth side of an alias.
  [[nodiscard]] std::optional<std::string> known(std::string_view written) const;
  /// Whether the catalogue itself has the name.
  [[nodiscard]] bool is_ours(const std::string& name) const { return gene_.find_allele(name).has_value(); }
  /// Reads `*36x2+*10`, `[a + b]` or `c.85T>C, c.496A>G`. A name that is not known stays as it is written.
  [[nodiscard]] NamedHaplotype read_haplotype(std::string_view written) const;
  /// Reads one diplotype as our tables write it.
  [[nodiscard]] NamedDiplotype read_diplotype(std::string_view written) const;

 private:
  [[nodiscard]] std::optional<std::pair<std::string, Copies>> known_copies(std::string_view written) const;

  const Gene& gene_;
  std::span<const Alias> aliases_;
};

}  // namespace stardose::pharmaco
