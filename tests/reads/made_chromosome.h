// Chromosomes with CYP2D6 as the catalogue defines it, made of the assembly.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/knowledge/gene.h"
#include "random.h"
#include "window.h"

namespace stardose::tests {

/// Where the two repeats begin (0-based, GRCh38): comments of paralog_sites.tsv. What lies between them is the unit
/// that deletions lose and duplications repeat.
inline constexpr std::int64_t gene_repeat_begin = 42'123'196;
inline constexpr std::int64_t paralog_repeat_begin = 42'135'348;

/// The gene crossed over with its paralog `offset` bases (under 2,700) into the repeat.
[[nodiscard]] std::string deleted_chromosome(const Window& window, const Flanks& flanks, std::int64_t offset);

/// Makes chromosomes of units, as named from left to right on the chromosome: `*4`, `*68`. Hybrids cross over at a
/// random place of the stretch that defines them; alleles get what the catalogue defines, and the conversion of intron
/// 1 that goes with most of them.
class ChromosomeMaker {
 public:
  /// `gene`: CYP2D6 on GRCh38. `paralog_sites`: path of its paralog_sites.tsv.
  ChromosomeMaker(const Window& window, const pharmaco::Gene& gene, const std::string& paralog_sites);

  /// No units: the gene is deleted. *13 takes the paralog's place and must be the last. Throws for what it cannot make.
  [[nodiscard]] std::string make(const std::vector<std::string>& units, const Flanks& flanks, Random& random) const;

 private:
  struct Change {
    std::int64_t position = 0;
    std::string ref;
    std::string alt;
  };

  [[nodiscard]] std::vector<Change> changes_of(const std::string& allele, Random& random) const;
  [[nodiscard]] std::string planted(std::int64_t begin, std::int64_t end, const std::vector<Change>& changes) const;
  /// A place in [first, last), and its paralog's, left and right of which both sequences are alike.
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> crossover(std::int64_t first, std::int64_t last,
                                                                Random& random) const;

  const Window& window_;
  const pharmaco::Gene& gene_;
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs_;  ///< (gene, paralog) where they differ, 0-based
  std::vector<Change> conversion_;                            ///< of intron 1
};

}  // namespace stardose::tests
