// How well a sample's reads cover the positions of its genes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stardose::pharmaco {

/// Reads at one position of a gene.
struct PositionCoverage {
  std::size_t site = 0;               ///< number in Gene::sites
  std::string position;               ///< `chr10:94761900`, on the input's assembly
  std::uint32_t depth = 0;            ///< whatever their mapping quality
  std::uint32_t usable = 0;           ///< with mapping and base quality enough
  std::uint32_t mapping_quality = 0;  ///< mean
  bool is_callable = false;           ///< enough of them are usable

  friend bool operator==(const PositionCoverage&, const PositionCoverage&) = default;
};

struct GeneCoverage {
  std::string gene;
  bool has_guidance = true;
  std::vector<PositionCoverage> positions;  ///< those with a place on the assembly, by position

  [[nodiscard]] std::size_t callable() const;
  /// Of usable reads; 0 without positions.
  [[nodiscard]] std::uint32_t least_depth() const;
  [[nodiscard]] double mean_depth() const;
  /// Mean over the reads of all positions; 0 without reads.
  [[nodiscard]] double mean_mapping_quality() const;
};

/// Coverage of one sample, and the thresholds that it was held to.
struct CoverageReport {
  int min_depth = 0;
  int min_mapping_quality = 0;
  int min_base_quality = 0;
  double min_callable = 0;          ///< share of a gene's positions
  std::vector<GeneCoverage> genes;  ///< by symbol; only those with positions

  /// Returns whether too few of the gene's positions are callable.
  [[nodiscard]] bool falls_short(const GeneCoverage& gene) const;
};

}  // namespace stardose::pharmaco
