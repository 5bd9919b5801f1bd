// One person's reads around the catalogue's positions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "benchmarks/data/genome.h"

namespace stardose::bench {

/// Writes a BAM and its .bai: pairs of 150 bases, `depth` of them over each base of the genes and 10 kb beside them,
/// tags and binned qualities as a NovaSeq and bwa leave them. The reference is made up, but has each position's bases.
/// The same bytes for the same arguments.
void write_reads(const std::string& path, const std::vector<Position>& positions, std::int64_t depth);

}  // namespace stardose::bench
