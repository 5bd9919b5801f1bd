// Values with their types, as BCF packs them (VCF specification 4.5, section 6.3.3).
#pragma once

#include <htslib/vcf.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "genomics/io/little_endian.h"

namespace stardose::genomics {

/// Walks over the typed values of a packed record; never beyond its end.
class TypedValues {
 public:
  explicit TypedValues(std::span<const std::uint8_t> bytes) : rest_{bytes} {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  /// Reads a type byte, with the count that may follow it.
  [[nodiscard]] bool type(int& type, int& count) {
    if (rest_.empty()) return false;
    type = rest_[0] & 0xF;
    count = rest_[0] >> 4;
    rest_ = rest_.subspan(1);
    return count < 15 || integer(count);
  }
  /// Reads one integer with its type byte.
  [[nodiscard]] bool integer(int& value) {
    int kind = 0;
    if (rest_.empty() || rest_[0] >> 4 != 1) return false;
    kind = rest_[0] & 0xF;
    const std::size_t size = size_of(kind);
    if (kind == BCF_BT_CHAR || kind == BCF_BT_FLOAT || size == 0 || rest_.size() < 1 + size) return false;
    const std::uint8_t* at = rest_.data() + 1;
    value = size == 1 ? static_cast<std::int8_t>(*at) : size == 2 ? little_i16(at) : little_i32(at);
    rest_ = rest_.subspan(1 + size);
    return true;
  }
  [[nodiscard]] bool take(std::size_t size, std::span<const std::uint8_t>& bytes) {
    if (rest_.size() < size) return false;
    bytes = rest_.first(size);
    rest_ = rest_.subspan(size);
    return true;
  }
  [[nodiscard]] static std::size_t size_of(int type) {
    switch (type) {
      case BCF_BT_INT8:
      case BCF_BT_CHAR: return 1;
      case BCF_BT_INT16: return 2;
      case BCF_BT_INT32:
      case BCF_BT_FLOAT: return 4;
      default: return 0;
    }
  }

 private:
  std::span<const std::uint8_t> rest_;
};

}  // namespace stardose::genomics
