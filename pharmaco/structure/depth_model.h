// How well numbers of copies fit the depth.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "genomics/reads/read_evidence.h"
#include "pharmaco/knowledge/gene_structure.h"
#include "pharmaco/structure/structure_columns.h"

namespace stardose::pharmaco {

/// What the rest of the genome says about one copy's depth.
struct DepthScale {
  double depth_per_copy = 0;  ///< reads over a base
  double relative_sd = 0.1;   ///< of what a single region deviates by
};

/// Depth of a region is negative binomial around copies x scale; the scale is not known but has a prior: from the
/// flanks, from the genome, or, failing both, a wide one around what the region itself has.
class DepthModel {
 public:
  DepthModel(const genomics::ReadEvidence& evidence, const StructureColumns& columns, const GeneStructure& structure,
             const std::optional<DepthScale>& genome);

  /// `copies` by depth region, flanks left out as 0. Up to a constant; the scale is integrated over.
  [[nodiscard]] double log_likelihood(std::span<const double> copies);
  /// Reads over a base for one copy, were these the copies.
  [[nodiscard]] double depth_per_copy(std::span<const double> copies);
  /// Copies by region at that depth; nullopt: nothing was counted there.
  [[nodiscard]] double measured(std::size_t region, double per_copy) const;

  /// The prior's middle, reads over a base for one copy.
  [[nodiscard]] double scale() const { return scales_[scales_.size() / 2]; }
  [[nodiscard]] bool has_scale() const { return has_scale_; }
  /// Depth differs from place to place as that of captured reads does, so that no place tells of another.
  [[nodiscard]] bool is_uneven() const { return uneven_; }
  [[nodiscard]] const std::string& where() const { return where_; }
  /// The gene's surroundings were read before it and behind it, so that no slice ends within the gene.
  [[nodiscard]] bool is_read_on_both_sides() const;
  /// Reads in all regions and flanks.
  [[nodiscard]] double reads() const;
  /// Depth alone may count copies: the flanks were read, evenly, and the rest of the genome does not contradict them.
  /// Without that a gene that was not captured looks deleted.
  [[nodiscard]] bool is_sure() const { return is_sure_; }
  /// `copies` are near what is measured in each region, so that they explain it and are not just the least bad.
  [[nodiscard]] bool fits(std::span<const double> copies);
  /// In some region clearly fewer than `copies` are measured.
  [[nodiscard]] bool shows_fewer(std::span<const double> copies);

 private:
  struct Counted {
    double reads = 0;
    double length = 0;  ///< bases
    double size = 0;    ///< of the negative binomial
    bool used = false;
  };
  /// What is measured in a region beyond the copies that are asked about.
  struct Excess {
    double copies = 0;   ///< negative: fewer
    double allowed = 0;  ///< either way
  };
  [[nodiscard]] std::vector<Excess> excess(std::span<const double> copies);
  void count(const genomics::ReadEvidence& evidence, const StructureColumns& columns, const GeneStructure& structure);
  void set_scale(std::vector<double> flanks, const std::optional<DepthScale>& genome);
  /// Log likelihoods of a region with so many copies, by point of the scale.
  const std::vector<double>& table(std::size_t region, double copies);
  std::vector<double> weights(std::span<const double> copies);

  std::vector<Counted> regions_;
  std::vector<double> flanks_;
  std::array<double, 2> deepest_flank_{};  ///< before the gene and behind it
  std::vector<double> scales_;             ///< points of the grid, depth per copy
  std::vector<double> log_prior_;          ///< of each
  std::map<std::pair<std::size_t, int>, std::vector<double>> tables_;
  double read_length_ = 1;
  double flank_bases_ = 0;
  double flank_length_ = 1;  ///< bases of one window
  double unrest_ = 1;        ///< relative standard deviation of the windows beyond counting; 1: not known
  bool by_depth_alone_ = false;
  bool has_scale_ = false;
  bool uneven_ = false;
  bool is_sure_ = false;
  std::string where_;
};

}  // namespace stardose::pharmaco
