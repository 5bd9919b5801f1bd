// Pairs of haplotype forms, ranked by depth and by the columns where gene and paralog differ.
#pragma once

#include <vector>

#include "pharmaco/knowledge/gene_structure.h"
#include "pharmaco/structure/depth_model.h"
#include "pharmaco/structure/fragment_patterns.h"
#include "pharmaco/structure/haplotype_forms.h"

namespace stardose::pharmaco {

struct FormPair {
  std::size_t first = 0;  ///< numbers in the list of forms, first <= second
  std::size_t second = 0;
  double depth = 0;  ///< log likelihood, depth and deletion link
  double score = 0;  ///< log posterior up to a constant, alleles left out
};

/// Counts of the columns of one stretch that tell gene from paralog, whatever the allele.
class StretchCounts {
 public:
  StretchCounts(const GeneStructure& structure, const FragmentPatterns& patterns, bool uneven);

  /// How well so many copies explain the stretch; log likelihood up to a constant.
  [[nodiscard]] double log_likelihood(std::size_t stretch, int gene, int paralog);
  /// Share of the fragments that show the gene; nullopt: no column of the stretch tells.
  [[nodiscard]] double gene_share(std::size_t stretch) const;
  [[nodiscard]] int columns(std::size_t stretch) const { return static_cast<int>(seen_[stretch].size()); }

 private:
  struct Seen {
    double gene = 0;
    double paralog = 0;
  };
  std::vector<std::vector<Seen>> seen_;     ///< by stretch
  std::vector<double> shared_;              ///< by stretch: columns that one fragment shows at a time
  std::vector<std::vector<double>> known_;  ///< by stretch and pair of numbers; NaN: not asked for yet
  bool uneven_ = false;
};

/// Returns the pairs within reach of the best, best first.
[[nodiscard]] std::vector<FormPair> rank_forms(const GeneStructure& structure, const std::vector<HaplotypeForm>& forms,
                                               StretchCounts& counts, DepthModel& depth,
                                               const FragmentPatterns& patterns);

}  // namespace stardose::pharmaco
