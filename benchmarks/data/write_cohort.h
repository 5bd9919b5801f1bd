// Cohorts of phased genotypes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "benchmarks/data/panel.h"

namespace stardose::bench {

/// Writes GT-only files and their indexes, all of one content: `.bcf` or `.vcf.gz` by name. A sample's haplotypes are
/// mosaics of donors', about 500 records a piece; one copy on chrM, two elsewhere. The same bytes for the same
/// arguments.
void write_cohort(const std::vector<std::string>& paths, const std::vector<Position>& positions, const PanelPlan& plan,
                  std::size_t samples);

}  // namespace stardose::bench
