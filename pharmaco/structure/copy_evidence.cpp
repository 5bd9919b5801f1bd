// Copies by depth and by counts.
#include "pharmaco/structure/copy_evidence.h"

namespace stardose::pharmaco {

std::vector<CopyEvidence> copy_evidence(const GeneStructure& structure, const HaplotypeForm& first,
                                        const HaplotypeForm& second, const DepthModel& depth,
                                        const StretchCounts& counts, double depth_per_copy) {
  std::vector<CopyEvidence> found;
  const std::vector<double> copies = copies_by_region(structure, first, second);
  for (std::size_t region = 0; region < structure.depth.size(); ++region) {
    if (structure.depth[region].counts == DepthCounts::flank) continue;
    found.push_back({structure.depth[region].name, depth.measured(region, depth_per_copy), copies[region], 0});
  }
  for (std::size_t stretch = 0; stretch < structure.stretches.size(); ++stretch) {
    if (counts.columns(stretch) == 0) continue;
    const double either = (first.either[stretch] + second.either[stretch]) / 2.0;
    const double gene = first.gene[stretch] + second.gene[stretch] + either;
    const double all = gene + first.paralog[stretch] + second.paralog[stretch] + either;
    found.push_back({structure.stretches[stretch], counts.gene_share(stretch) * all, gene, counts.columns(stretch)});
  }
  return found;
}

}  // namespace stardose::pharmaco
