// Contigs of no assembly that we know (assembly.cpp has the lengths).
#pragma once

#include <cstdint>
#include <string_view>

namespace stardose::genomics {

/// Returns whether a contig is longer than either assembly has it: a cut-out may be shorter, another genome is not the
/// same.
[[nodiscard]] bool is_of_another_assembly(std::string_view contig, std::int64_t length);

}  // namespace stardose::genomics
