// The haplotypes of the CYP2D6 algorithm comparison (Twesigomwe 2020): FASTA pieces put together as a chromosome has
// them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "window.h"

namespace stardose::tests {

/// One record of a haplotype's FASTA.
struct Piece {
  std::string accession;     ///< of a GenBank sequence; empty: a stretch of GRCh37 with variants planted
  std::int64_t first37 = 0;  ///< 1-based, as its title says
  std::int64_t last37 = 0;
  bool is_assembly = false;  ///< GRCh37 itself: what a deletion leaves
  std::string bases;
};

enum class HaplotypeMode {
  joined,        ///< as a chromosome has them, with the assembly left and right of them
  concatenated,  ///< as the file has them, one behind the other
  separate,      ///< as the file has them, each a molecule of its own
};

/// Reads NAME.fasta (`SIM103_M`) of the archive.
[[nodiscard]] std::vector<Piece> read_pieces(const std::string& archive, const std::string& name);

/// Pieces from left to right on the chromosome. The files list copies, and the D6 side of a hybrid, behind the rest.
/// What only repeats a flank is left out.
[[nodiscard]] std::vector<Piece> in_genomic_order(std::vector<Piece> pieces);

/// The molecules to be read. A joined deletion is made of the window: crossed over between the two repeats, which the
/// files' own deletion takes away both.
[[nodiscard]] std::vector<std::string> molecules_of(const std::vector<Piece>& pieces, const Window& window,
                                                    HaplotypeMode mode, const Flanks& flanks);

/// The window as GRCh37 has it, for aligning: a haplotype of the archive in the place of GRCh37's own bases, GRCh38
/// around it. Requires: the window of GRCh38 around 42,132,024.
[[nodiscard]] Window window_of_grch37(const Window& window, const std::string& archive);

}  // namespace stardose::tests
