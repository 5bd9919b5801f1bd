// A truth in the catalogue's names, in every way that the alias table allows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/concordance/named_diplotype.h"
#include "pharmaco/concordance/truth_text.h"

namespace stardose::pharmaco {

/// A reading of a truth: its diplotype and the aliases that led there.
struct TruthReading {
  NamedDiplotype diplotype;
  std::vector<const Alias*> aliases;  ///< each once; none: the names are the truth's own
  bool one_assay = false;
};

/// Returns every reading: without aliases first, then with. A reading of which no name is known is left out, and so is
/// one with a single haplotype where the gene has two.
[[nodiscard]] std::vector<TruthReading> read_truth(const GeneNames& names, std::string_view text);

/// Returns what the diplotype means by the gene's rules, in the words of calls.tsv; empty: it has no rule, or an allele
/// is not known.
[[nodiscard]] std::vector<std::string> phenotypes_of(const Gene& gene, const NamedDiplotype& diplotype);

}  // namespace stardose::pharmaco
