// Copies of an allele in every sample, two bits a sample, as a row of a PLINK 1 .bed file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "genomics/sites/genotype_table.h"

namespace stardose::genomics {

/// The two bits of a sample, A1 being the allele that is counted (cog-genomics.org/plink/1.9/formats#bed).
namespace bed_code {
inline constexpr std::uint8_t two_copies = 0;
inline constexpr std::uint8_t missing = 1;
inline constexpr std::uint8_t one_copy = 2;
inline constexpr std::uint8_t no_copy = 3;
}  // namespace bed_code

/// Four samples a byte, the first in the lowest bits.
[[nodiscard]] constexpr std::size_t bed_row_size(std::size_t samples) { return (samples + 3) / 4; }

/// Returns the code of one genotype. Missing are: no genotype, half a genotype, more than two alleles, and what falls
/// short of a threshold. A single copy of the chromosome counts as two alike: the format knows no other.
[[nodiscard]] std::uint8_t bed_code_of(const RecordGenotype& genotype, int allele);

/// Which allele of a record to count, and how many the record has, REF included.
struct CountedAllele {
  int number = 1;
  int of = 2;
};

/// Fill a row of bed_row_size() bytes. Those of plain genotypes return false, and leave the row unspecified, where a
/// genotype is none of the record's alleles: then HTSlib's decoding says what is wrong.
void fill_bed_row(std::span<const RecordGenotype> genotypes, CountedAllele allele, std::span<std::uint8_t> row);
/// `bytes`: GT of a packed record, one byte an allele, `ploidy` (1 or 2) of them a sample.
[[nodiscard]] bool fill_bed_row(std::span<const std::uint8_t> bytes, int ploidy, CountedAllele allele,
                                std::span<std::uint8_t> row);
/// `text`: the sample columns of a VCF line with nothing but GT, each a digit or `.`, `/` or `|`, a digit or `.`.
/// Returns false for text of another shape, too.
[[nodiscard]] bool fill_bed_row(std::string_view text, CountedAllele allele, std::span<std::uint8_t> row);

}  // namespace stardose::genomics
