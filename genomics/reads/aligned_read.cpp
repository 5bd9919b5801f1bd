// Names of reads as numbers, and lengths of CIGARs.
#include "genomics/reads/aligned_read.h"

#include <algorithm>
#include <cstring>

namespace stardose::genomics {

namespace {

// The last step of SplitMix64 (Steele, Lea and Flood 2014), which spreads every bit over all others.
std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

}  // namespace

bool AlignedRead::has_equal_signs() const {
  constexpr std::uint8_t first = 0xF0;
  constexpr std::uint8_t second = 0x0F;
  const std::int64_t whole = length / 2;
  unsigned any = 0;  // without a branch: the compiler looks at many at a time
  for (std::int64_t k = 0; k < whole; ++k) {
    any |= static_cast<unsigned>((bases[k] & first) == 0) | static_cast<unsigned>((bases[k] & second) == 0);
  }
  return any != 0 || (length % 2 != 0 && (bases[whole] & first) == 0);
}

void AlignedRead::copy_qualities(std::int64_t from, std::int64_t to, std::uint8_t* into) const {
  if (qualities[0] == 255) {
    std::fill_n(into, to - from, assumed_quality);
  } else {
    std::transform(qualities + from, qualities + to, into,
                   [](std::uint8_t own) { return std::min(own, largest_quality); });
  }
}

std::uint64_t fragment_of(std::string_view name) {
  if (name.ends_with("/1") || name.ends_with("/2")) name.remove_suffix(2);
  std::uint64_t hash = 0x9E3779B97F4A7C15U ^ name.size();
  while (!name.empty()) {
    std::uint64_t word = 0;
    const std::size_t take = name.size() < sizeof word ? name.size() : sizeof word;
    std::memcpy(&word, name.data(), take);
    hash = mix(hash ^ word) + 0x9E3779B97F4A7C15U;
    name.remove_prefix(take);
  }
  return mix(hash);
}

std::uint64_t piece_of(std::uint64_t fragment, std::int64_t begin) {
  constexpr std::uint64_t low = 0xFFFF;
  return (fragment & ~low) | (mix(static_cast<std::uint64_t>(begin)) & low);
}

std::int64_t reference_length(std::span<const std::uint32_t> cigar) {
  std::int64_t length = 0;
  for (const std::uint32_t piece : cigar) {
    if (takes_reference(op_of(piece))) length += length_of(piece);
  }
  return length;
}

std::int64_t read_length(std::span<const std::uint32_t> cigar) {
  std::int64_t length = 0;
  for (const std::uint32_t piece : cigar) {
    if (takes_read(op_of(piece))) length += length_of(piece);
  }
  return length;
}

}  // namespace stardose::genomics
