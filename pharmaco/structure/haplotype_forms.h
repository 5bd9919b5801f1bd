// The haplotypes of the grammar with their numbers of copies.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pharmaco/knowledge/gene_structure.h"

namespace stardose::pharmaco {

/// A shape with a number of copies for each of its parts; alleles are still open.
struct HaplotypeForm {
  std::size_t shape = 0;
  std::vector<int> copies;  ///< by part of the shape
  double log_share = 0;
  int gene_copies = 0;                ///< ordinary copies of the paralog left out
  std::vector<std::uint8_t> gene;     ///< by stretch: copies that have the gene's
  std::vector<std::uint8_t> paralog;  ///< by stretch: copies that have the paralog's
  std::vector<std::uint8_t> either;   ///< by stretch: copies whose breakpoint lies there
  /// The copies before the last, by their source in stretch_beyond_ends().
  struct InnerEnds {
    int gene = 0;
    int paralog = 0;
    int either = 0;
  };
  InnerEnds inner_ends;
};

/// The stretch behind the columns of one copy a haplotype; nullopt: there are none.
[[nodiscard]] std::optional<std::size_t> stretch_beyond_ends(const GeneStructure& structure);

/// Returns all forms with up to `most_copies` copies of the gene on a haplotype.
[[nodiscard]] std::vector<HaplotypeForm> haplotype_forms(const GeneStructure& structure, int most_copies);

/// Copies of both haplotypes in each depth region; flanks 0.
[[nodiscard]] std::vector<double> copies_by_region(const GeneStructure& structure, const HaplotypeForm& first,
                                                   const HaplotypeForm& second);

/// Whether the haplotype has one whole gene and no more.
[[nodiscard]] bool is_ordinary(const GeneStructure& structure, const HaplotypeForm& form);

}  // namespace stardose::pharmaco
