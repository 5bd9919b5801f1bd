// What depth one copy has, by the genes of which everybody has two.
#pragma once

#include <optional>
#include <vector>

#include "pharmaco/structure/depth_model.h"

namespace stardose::pharmaco {

/// Genes fewer than this, or with fewer positions, tell nothing of a genome: a slice of one has them, too.
inline constexpr std::size_t fewest_genes_for_scale = 12;
inline constexpr std::size_t fewest_positions_for_scale = 8;

/// `depths`: of each gene the mean number of reads over its positions, whatever their mapping quality. Half their
/// median, and how far genes lie apart by their median deviation; nullopt: too few genes, or half of them without
/// reads.
[[nodiscard]] std::optional<DepthScale> scale_by_genes(std::vector<double> depths);

}  // namespace stardose::pharmaco
