// Contigs of no assembly that we know (assembly.cpp has the lengths).
#pragma once

#include <cstdint>
#include <string_view>

namespace stardose::genomics {

/// Returns whether a contig is as long as in neither assembly, and too long for a cut-out of either: more than nine
/// tenths of it. Other genomes differ by a few per cent (hg18 and T2T-CHM13 have a chr10 of 135,374,737 and 134,758,134
/// bases).
[[nodiscard]] bool is_of_unknown_assembly(std::string_view contig, std::int64_t length);

}  // namespace stardose::genomics
