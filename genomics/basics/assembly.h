// GRCh37 or GRCh38, told apart by contig lengths, never by file name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stardose::genomics {

enum class Assembly { grch37, grch38 };

[[nodiscard]] constexpr std::string_view to_string(Assembly assembly) {
  return assembly == Assembly::grch37 ? "GRCh37" : "GRCh38";
}

/// Returns the one name StarDose uses for a contig: `chr10` for `10`, `chr10`, `CHR10` and RefSeq's `NC_000010.11`,
/// whatever the version; `chrM` for `M`, `MT`, `chrMT` and `NC_012920.1`. Any other name comes back unchanged.
[[nodiscard]] std::string canonical_contig(std::string_view name);

/// Returns the assembly in which the contig (canonical name) has this many bases; nullopt: neither.
/// Lengths: Genome Reference Consortium, GRCh37 and GRCh38 primary assemblies; chrM is left out, as both may carry
/// rCRS.
[[nodiscard]] std::optional<Assembly> assembly_of(std::string_view contig, std::int64_t length);

/// Bases of the revised Cambridge Reference Sequence (NC_012920), which mitochondrial positions count on. The chrM of
/// hg19 is another sequence (NC_001807) of 16,571 bases.
inline constexpr std::int64_t rcrs_length = 16569;

/// Canonical name of the mitochondrial contig.
inline constexpr std::string_view mitochondrion = "chrM";

/// Returns the contig's place in genome order: chr1-chr22, chrX, chrY, chrM, then all others.
[[nodiscard]] int contig_rank(std::string_view contig);

/// Returns whether the lengths table knows the contig (chr1-chr22, chrX, chrY).
[[nodiscard]] bool is_primary_contig(std::string_view contig);

}  // namespace stardose::genomics
