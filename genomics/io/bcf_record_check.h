// Whether a packed record is one, all of it, also where nobody reads it.
#pragma once

#include <cstdint>
#include <span>

namespace stardose::genomics {

/// What the front of a packed record says, and what its header knows.
struct PackedCounts {
  unsigned alleles = 0;
  unsigned info = 0;     ///< fields
  unsigned formats = 0;  ///< fields
  unsigned samples = 0;
  int names = 0;      ///< FILTER, INFO and FORMAT names in the header
  int genotype = -1;  ///< number of GT among them; -1: none
};

/// Returns what is wrong with a record (VCF specification 4.5, section 6.3): its fields are fewer, more or longer than
/// it says, have no name, or a genotype has an allele that the record lacks. nullptr: nothing. `shared` is what follows
/// the numbers in front, `individual` what is of samples. Any thread.
[[nodiscard]] const char* fault_in_packed(std::span<const std::uint8_t> shared,
                                          std::span<const std::uint8_t> individual, const PackedCounts& counts);

}  // namespace stardose::genomics
