// Small numbers of which processors reckon many at once: so many as every processor of the kind does.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace stardose::genomics {

namespace detail {
template <class Number>
struct Vector {
  using Lanes [[gnu::vector_size(16)]] = Number;
};
}  // namespace detail

template <class Number>
using Lanes = typename detail::Vector<Number>::Lanes;
template <class Number>
inline constexpr std::size_t lanes = sizeof(Lanes<Number>) / sizeof(Number);

/// The same bits, those of the first numbers in the first word.
using LaneWords = Lanes<std::uint64_t>;
static_assert(std::endian::native == std::endian::little);

template <class Number>
[[nodiscard]] Lanes<Number> load(const Number* from) {
  Lanes<Number> result;
  std::memcpy(&result, from, sizeof result);
  return result;
}

template <class Number>
void store(Lanes<Number> value, Number* to) {
  std::memcpy(to, &value, sizeof value);
}

template <class Number>
[[nodiscard]] Lanes<Number> all(Number value) {
  return Lanes<Number>{} + value;
}

template <class Values>
[[nodiscard]] Values least(Values one, Values two) {
  return one < two ? one : two;
}
template <class Values>
[[nodiscard]] Values greatest(Values one, Values two) {
  return one > two ? one : two;
}

/// The last number of `before`, and then all of `values` but the last.
template <class Number>
[[nodiscard]] Lanes<Number> up_by_one(Lanes<Number> before, Lanes<Number> values) {
  constexpr int bits = 8 * sizeof(Number);
  const auto own = std::bit_cast<LaneWords>(values);
  const LaneWords left = __builtin_shufflevector(std::bit_cast<LaneWords>(before), own, 1, 2);
  return std::bit_cast<Lanes<Number>>(own << bits | left >> (64 - bits));
}

/// All of `values` but the first, and then the first number of `behind`.
template <class Number>
[[nodiscard]] Lanes<Number> down_by_one(Lanes<Number> values, Lanes<Number> behind) {
  constexpr int bits = 8 * sizeof(Number);
  const auto own = std::bit_cast<LaneWords>(values);
  const LaneWords right = __builtin_shufflevector(own, std::bit_cast<LaneWords>(behind), 1, 2);
  return std::bit_cast<Lanes<Number>>(own >> bits | right << (64 - bits));
}

}  // namespace stardose::genomics
