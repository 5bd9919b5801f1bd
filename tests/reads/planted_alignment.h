// A planted genome read by a sequencer and aligned by bwa.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/builders/planted_genome.h"

namespace stardose::tests {

struct PlantedReads {
  double depth = 30;  ///< of both copies together
  int read_length = 150;
  std::uint64_t seed = 1;
};

/// Reads stretches of GRCh38 from a FASTA whose titles are `chr10:94000001-94001000`, as `samtools faidx` writes them.
/// Throws for another title.
[[nodiscard]] std::vector<test::PlantedWindow> read_known_bases(const std::string& path);

/// Simulates pairs as measured (see ReadProfile), aligns them with bwa to the genome's own windows and to what else of
/// the assembly is known, and writes them where that lies on GRCh38: FOLDER/reads.bam with its index. Returns its path.
[[nodiscard]] std::string align_planted(const test::PlantedGenome& genome, const PlantedReads& reads,
                                        const std::string& folder, const std::vector<test::PlantedWindow>& known = {});

}  // namespace stardose::tests
