// Figures of a gene from those of its positions.
#include "pharmaco/report/coverage_report.h"

#include <algorithm>

#include "pharmaco/calling/reads_behind.h"

namespace stardose::pharmaco {

std::size_t GeneCoverage::callable() const {
  return static_cast<std::size_t>(std::ranges::count_if(positions, &PositionCoverage::is_callable));
}

std::uint32_t GeneCoverage::least_depth() const {
  const auto least = std::ranges::min_element(positions, {}, &PositionCoverage::usable);
  return least == positions.end() ? 0 : least->usable;
}

double GeneCoverage::mean_depth() const {
  if (positions.empty()) return 0;
  double sum = 0;
  for (const PositionCoverage& position : positions) sum += position.usable;
  return sum / static_cast<double>(positions.size());
}

double GeneCoverage::mean_mapping_quality() const {
  double sum = 0;
  double reads = 0;
  for (const PositionCoverage& position : positions) {
    sum += static_cast<double>(position.mapping_quality) * position.depth;
    reads += position.depth;
  }
  return reads == 0 ? 0 : sum / reads;
}

bool CoverageReport::falls_short(const GeneCoverage& gene) const {
  return !ReadsBehind{gene.callable(), gene.positions.size(), min_callable}.suffice();
}

}  // namespace stardose::pharmaco
