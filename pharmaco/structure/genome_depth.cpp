// Robust middle and spread.
#include "pharmaco/structure/genome_depth.h"

#include <algorithm>
#include <cmath>

namespace stardose::pharmaco {

namespace {

// The median absolute deviation of a normal distribution is its standard deviation by this.
constexpr double deviations = 1.4826;
// Depth of a gene differs by its GC even where reads are many; no sample is more even than this.
constexpr double least_relative_sd = 0.05;

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

}  // namespace

std::optional<DepthScale> scale_by_genes(std::vector<double> depths) {
  if (depths.size() < fewest_genes_for_scale) return std::nullopt;
  const double middle = median(depths);
  if (middle <= 0) return std::nullopt;
  for (double& depth : depths) depth = std::abs(depth - middle);
  const double relative_sd = std::max(deviations * median(depths) / middle, least_relative_sd);
  return DepthScale{middle / 2, relative_sd};
}

}  // namespace stardose::pharmaco
