// Numbers as BGZF and BCF write them, at any address.
#pragma once

#include <cstdint>

namespace stardose::genomics {

[[nodiscard]] inline std::uint16_t little_u16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>(at[0] | at[1] << 8);
}

[[nodiscard]] inline std::uint32_t little_u32(const std::uint8_t* at) {
  return std::uint32_t{little_u16(at)} | std::uint32_t{little_u16(at + 2)} << 16U;
}

[[nodiscard]] inline std::int16_t little_i16(const std::uint8_t* at) {
  return static_cast<std::int16_t>(little_u16(at));
}
[[nodiscard]] inline std::int32_t little_i32(const std::uint8_t* at) {
  return static_cast<std::int32_t>(little_u32(at));
}

}  // namespace stardose::genomics
