// What was measured of a gene's copies, beside what a reading asks for.
#pragma once

#include <vector>

#include "pharmaco/structure/depth_model.h"
#include "pharmaco/structure/haplotype_forms.h"
#include "pharmaco/structure/structure_call.h"
#include "pharmaco/structure/structure_ranking.h"

namespace stardose::pharmaco {

/// By depth, region for region, then by the columns that tell gene from paralog, stretch for stretch.
[[nodiscard]] std::vector<CopyEvidence> copy_evidence(const GeneStructure& structure, const HaplotypeForm& first,
                                                      const HaplotypeForm& second, const DepthModel& depth,
                                                      const StretchCounts& counts, double depth_per_copy);

}  // namespace stardose::pharmaco
