// One person's genome as GATK writes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "benchmarks/data/genome.h"

namespace stardose::bench {

/// Writes a VCF.gz and its .tbi: about `records` records over all contigs with INFO and GT:AD:DP:GQ:PL, every position
/// of the catalogue among them. The same bytes for the same arguments.
void write_genome(const std::string& path, const std::vector<Position>& positions, std::int64_t records);

}  // namespace stardose::bench
