// Phase sets as numbers, whatever a file calls them.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace stardose::genomics {

/// A phase set of one sample: 0 for none; what PS says where that is a number from 1 on; below 0 where a set has a
/// name. Genotypes are phased to each other where their sets are equal and of one file.
using PhaseSet = std::int32_t;

/// Returns the number below 0 that stands for a name: the same for the same name, on every machine (FNV-1a of 64 bits,
/// folded to 31). Two names that meet by chance, 1 in 2,000 million of a pair, would be taken for one set.
[[nodiscard]] constexpr PhaseSet phase_set_of_name(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : name) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  const auto folded = static_cast<std::uint32_t>((hash ^ (hash >> 32U)) & 0x7FFFFFFFU);
  return -static_cast<PhaseSet>(folded % std::numeric_limits<PhaseSet>::max()) - 1;
}

}  // namespace stardose::genomics
