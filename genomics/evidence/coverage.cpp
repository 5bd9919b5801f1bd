// Sums over sites.
#include "genomics/evidence/coverage.h"

#include <algorithm>

namespace stardose::genomics {

SiteCoverage coverage_of(const SiteDepth& depth, std::uint32_t usable, std::uint32_t least) {
  const double mean = depth.all == 0 ? 0 : static_cast<double>(depth.mapping_quality) / depth.all;
  return {true, depth.all, usable, mean, least};
}

RangeCoverage coverage_of(std::span<const SiteCoverage> sites) {
  RangeCoverage range{.sites = sites.size()};
  double usable = 0;
  double depth = 0;
  double mapping_quality = 0;
  for (const SiteCoverage& site : sites) {
    if (!site.asked) continue;
    range.least_usable = range.asked == 0 ? site.usable : std::min(range.least_usable, site.usable);
    ++range.asked;
    if (site.is_callable()) ++range.callable;
    usable += site.usable;
    depth += site.depth;
    mapping_quality += site.mapping_quality * site.depth;
  }
  if (range.asked == 0) return range;
  range.mean_usable = usable / static_cast<double>(range.asked);
  range.mean_depth = depth / static_cast<double>(range.asked);
  range.mapping_quality = depth == 0 ? 0 : mapping_quality / depth;
  return range;
}

}  // namespace stardose::genomics
