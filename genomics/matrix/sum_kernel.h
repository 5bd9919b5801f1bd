// The inner loops of WeightedSums, once, compiled for each kind of machine that weighted_sums.cpp asks for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

// Vectors wider than the machine at hand go nowhere: everything here is inlined into a function that has them.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"

namespace stardose::genomics::sum_kernel {

inline constexpr std::size_t rows_at_once = 16;
inline constexpr std::size_t groups = rows_at_once / 4;  ///< of rows that share a lookup
inline constexpr std::size_t entries = 256;              ///< of a table: four rows' codes
inline constexpr std::size_t tile = 256;  ///< bytes of a row whose sums are worked out together, to stay in the cache

/// Gathered rows and what they are worth.
struct Block {
  const std::uint8_t* rows;    ///< `stride` bytes each
  std::size_t stride;          ///< a multiple of `tile`
  const std::int64_t* values;  ///< row, code, column
  std::int64_t* tables;        ///< room for groups * entries * columns
  std::int64_t* sums;          ///< tile, sample within a byte, byte, column
};

template <class Lanes>
[[gnu::always_inline]] inline Lanes load(const std::int64_t* at) {
  Lanes lanes;
  std::memcpy(&lanes, at, sizeof lanes);
  return lanes;
}

template <class Lanes>
[[gnu::always_inline]] inline void store(std::int64_t* at, Lanes lanes) {
  std::memcpy(at, &lanes, sizeof lanes);
}

/// Sums of the values of two rows by both their codes.
template <std::size_t columns, class Lanes>
[[gnu::always_inline]] inline void add_pairs(const std::int64_t* values, std::int64_t* pairs) {
  constexpr std::size_t lanes = sizeof(Lanes) / sizeof(std::int64_t);
  for (std::size_t codes = 0; codes < 16; ++codes) {
    for (std::size_t c = 0; c < columns; c += lanes) {
      store(pairs + codes * columns + c,
            load<Lanes>(values + codes % 4 * columns + c) + load<Lanes>(values + (4 + codes / 4) * columns + c));
    }
  }
}

template <std::size_t columns, class Lanes>
[[gnu::always_inline]] inline void fill_tables(const Block& block) {
  constexpr std::size_t lanes = sizeof(Lanes) / sizeof(std::int64_t);
  for (std::size_t group = 0; group < groups; ++group) {
    alignas(64) std::int64_t low[16 * columns];
    alignas(64) std::int64_t high[16 * columns];
    const std::int64_t* values = block.values + group * 16 * columns;
    add_pairs<columns, Lanes>(values, low);
    add_pairs<columns, Lanes>(values + 8 * columns, high);
    std::int64_t* table = block.tables + group * entries * columns;
    for (std::size_t entry = 0; entry < entries; ++entry) {
      for (std::size_t c = 0; c < columns; c += lanes) {
        store(table + entry * columns + c,
              load<Lanes>(low + entry % 16 * columns + c) + load<Lanes>(high + entry / 16 * columns + c));
      }
    }
  }
}

using Indexes = std::uint8_t[groups][4 * tile];

/// From bytes of four samples of a row to bytes of four rows of a sample. The samples of all first places in their
/// bytes come first, then those of the second places.
[[gnu::always_inline]] inline void turn(const std::uint8_t* rows, std::size_t stride, Indexes& indexes) {
  constexpr std::uint64_t lowest = 0x0303030303030303U;
  for (std::size_t group = 0; group < groups; ++group) {
    for (std::size_t byte = 0; byte < tile; byte += 8) {
      std::uint64_t words[4];
      for (std::size_t k = 0; k < 4; ++k) std::memcpy(&words[k], rows + (4 * group + k) * stride + byte, 8);
      for (std::size_t sample = 0; sample < 4; ++sample) {
        const std::size_t shift = 2 * sample;
        const std::uint64_t turned = (words[0] >> shift & lowest) | (words[1] >> shift & lowest) << 2U |
                                     (words[2] >> shift & lowest) << 4U | (words[3] >> shift & lowest) << 6U;
        std::memcpy(&indexes[group][sample * tile + byte], &turned, 8);
      }
    }
  }
}

template <std::size_t columns, class Lanes>
[[gnu::always_inline]] inline void look_up(const std::int64_t* tables, const Indexes& indexes, std::int64_t* sums) {
  constexpr std::size_t lanes = sizeof(Lanes) / sizeof(std::int64_t);
  for (std::size_t place = 0; place < 4 * tile; ++place) {
    const std::int64_t* found[groups];
#pragma GCC unroll 4
    for (std::size_t group = 0; group < groups; ++group) {
      found[group] = tables + (group * entries + indexes[group][place]) * columns;
    }
#pragma GCC unroll 8
    for (std::size_t c = 0; c < columns; c += lanes) {
      Lanes sum = load<Lanes>(sums + place * columns + c);
#pragma GCC unroll 4
      for (std::size_t group = 0; group < groups; ++group) sum += load<Lanes>(found[group] + c);
      store(sums + place * columns + c, sum);
    }
  }
}

template <std::size_t columns, class Lanes>
[[gnu::always_inline]] inline void add_block(const Block& block) {
  fill_tables<columns, Lanes>(block);
  alignas(64) Indexes indexes;
  for (std::size_t byte = 0; byte < block.stride; byte += tile) {
    turn(block.rows + byte, block.stride, indexes);
    look_up<columns, Lanes>(block.tables, indexes, block.sums + 4 * byte * columns);
  }
}

}  // namespace stardose::genomics::sum_kernel

#pragma GCC diagnostic pop
