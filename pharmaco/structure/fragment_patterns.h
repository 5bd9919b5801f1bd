// What the fragments of a sample show, gene and paralog folded together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "genomics/reads/read_evidence.h"
#include "pharmaco/structure/structure_columns.h"

namespace stardose::pharmaco {

/// One symbol that a fragment shows.
struct SeenSymbol {
  std::uint16_t column = 0;
  std::uint8_t symbol = 0;
  bool doubtful = false;  ///< of a base quality under 20: one error in a hundred or more

  friend bool operator==(const SeenSymbol&, const SeenSymbol&) = default;
};

/// Fragments that show exactly the same. A pair counts once; the parts of a long read that lie at the gene and at the
/// paralog count for themselves, as they are different copies.
struct Pattern {
  std::uint32_t first = 0;  ///< its symbols: [first, first + count) of FragmentPatterns::seen, by column
  std::uint32_t count = 0;
  std::uint32_t fragments = 0;
};

struct FragmentPatterns {
  std::vector<SeenSymbol> seen;
  std::vector<Pattern> patterns;
  /// Fragments by column and symbol.
  std::vector<std::vector<double>> counts;
  /// The same of the fragments that are the gene's by the columns beside, and of those that are the paralog's.
  std::vector<std::vector<double>> gene_counts;
  std::vector<double> paralog_totals;
  int fragments = 0;
  /// Of what a fragment says, so much counts: of hundreds of long ones each repeats what is odd in others. In all
  /// numbers but `patterns` and `fragments`.
  double weight = 1;
  double last_copies = 0;   ///< fragments at the columns of one copy a haplotype: of that copy
  double other_copies = 0;  ///< and of any other
  /// Long reads that leave one copy by its far end: the next one ends like the gene, or like the paralog.
  double inner_gene_ends = 0;
  double inner_paralog_ends = 0;
  double spanning_deletion = 0;  ///< see both sides of the deletion and nothing of the gene
  double before_deletion = 0;    ///< see the near side and the gene itself

  [[nodiscard]] std::span<const SeenSymbol> of(const Pattern& pattern) const {
    return std::span{seen}.subspan(pattern.first, pattern.count);
  }
  [[nodiscard]] double total(std::size_t column) const;
  [[nodiscard]] double columns_of_fragment() const;  ///< that one shows, on average
};

/// Whether the column tells gene from paralog in nearly all people, whatever the allele.
[[nodiscard]] bool tells_structure(const StructureColumn& column);

/// `evidence` answers a plan that `columns` was planned into.
[[nodiscard]] FragmentPatterns fold(const genomics::ReadEvidence& evidence, const StructureColumns& columns,
                                    const GeneStructure& structure);

}  // namespace stardose::pharmaco
