// The diplotypes whose reads are simulated: those given, and our own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "haplotype_pieces.h"
#include "made_chromosome.h"

namespace stardose::tests {

struct SimulatedCase {
  std::string name;
  std::string truth;
  std::vector<std::string> molecules;  ///< each read to the same depth
};

/// Sample names: those of the truth that is given, and those of plain_diplotypes.tsv.
[[nodiscard]] std::vector<std::string> given_samples();

/// Requires: the shared folder.
[[nodiscard]] SimulatedCase given_case(const std::string& sample, const Window& window, HaplotypeMode mode,
                                       const Flanks& flanks);

/// What is simulated of our own: `number` decides everything. Up to 999 they are for tuning; from 1000 on they are held
/// out, and nobody tunes on them. A third are plain, the others deletions, copies and hybrids in equal parts; alleles
/// are half those met often or hard to read (insertions, deletions), half any that the catalogue defines.
[[nodiscard]] SimulatedCase own_case(int number, const ChromosomeMaker& maker, const pharmaco::Gene& gene,
                                     const Flanks& flanks);

/// The window of GRCh38 that haplotypes and references are cut from.
[[nodiscard]] std::string window_path();
/// The haplotypes of the CYP2D6 algorithm comparison.
[[nodiscard]] std::string archive_path();

}  // namespace stardose::tests
