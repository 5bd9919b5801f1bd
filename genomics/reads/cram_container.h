// What lies in one container of a CRAM.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace stardose::genomics {

/// From the first to the last base of a contig under any read of a container; 0-based, half-open.
struct ReadReach {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// By contig, as the header counts. Reads that lie nowhere are in none.
using ContainerReach = std::map<int, ReadReach>;

/// Decodes the places of a container's reads, which needs no reference; nothing else of them. `container` is its first
/// byte in the file, `reads` are its reads. nullopt: it cannot be decoded. Opens the file anew.
[[nodiscard]] std::optional<ContainerReach> reach_of_container(const std::string& path, std::uint64_t container,
                                                               std::uint64_t reads);

}  // namespace stardose::genomics
