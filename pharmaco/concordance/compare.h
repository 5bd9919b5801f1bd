// One truth beside one call: how far they agree, and why not further.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/concordance/named_diplotype.h"

namespace stardose::pharmaco {

enum class Agreement {
  equal,           ///< the same diplotype: order of alleles, suballeles and spelling of copies do not count
  alias,           ///< equal, once a name is read as the alias table says
  among,           ///< ambiguous, and one of the diplotypes called is the truth
  same_phenotype,  ///< another diplotype that means the same, by our own phenotype rules on the truth's diplotype
  different,
  no_call,
  not_comparable,  ///< the truth states no diplotype, or names no allele that we know
};
inline constexpr int agreements = 7;

/// Returns `equal`, `alias`, `among`, `same_phenotype`, `different`, `no_call` or `not_comparable`.
[[nodiscard]] std::string_view to_string(Agreement agreement);

/// What calls.tsv says of a gene in a sample.
struct OurCall {
  std::vector<std::string> diplotypes;  ///< best-scoring; or lone alleles of an unphased lowest-function gene
  std::vector<std::string> phenotypes;
  std::string reason;  ///< of a no call
};

struct Comparison {
  Agreement agreement = Agreement::not_comparable;
  bool one_assay = false;       ///< of the reading compared: it rests on one assay only
  bool several_truths = false;  ///< the truth states more than one diplotype
  std::string reason;           ///< empty for `equal`
};

/// Compares every reading of the truth and keeps the one that agrees best, the earlier of two.
[[nodiscard]] Comparison compare(const GeneNames& names, std::string_view truth, const OurCall& call);

}  // namespace stardose::pharmaco
