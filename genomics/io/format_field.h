// Reading one sample's value of a FORMAT field, as HTSlib has unpacked it.
#pragma once

#include <htslib/vcf.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace stardose::genomics {

/// One value of a FORMAT vector, widened; `end` for the end-of-vector mark.
struct FormatValue {
  std::int32_t value = 0;
  bool end = false;
  bool missing = false;
};

/// The field must hold whole numbers; others give `end`.
inline FormatValue format_value(const bcf_fmt_t& format, int column, int k) {
  const std::uint8_t* at = format.p + static_cast<std::ptrdiff_t>(column) * format.size;
  switch (format.type) {
    case BCF_BT_INT8: {
      const auto v = static_cast<std::int8_t>(at[k]);
      return {v, v == bcf_int8_vector_end, v == bcf_int8_missing};
    }
    case BCF_BT_INT16: {
      std::int16_t v = 0;
      std::memcpy(&v, at + std::ptrdiff_t{2} * k, sizeof v);
      return {v, v == bcf_int16_vector_end, v == bcf_int16_missing};
    }
    case BCF_BT_INT32: {
      std::int32_t v = 0;
      std::memcpy(&v, at + std::ptrdiff_t{4} * k, sizeof v);
      return {v, v == bcf_int32_vector_end, v == bcf_int32_missing};
    }
    default: return {0, true, false};
  }
}

[[nodiscard]] inline bool is_integer(const bcf_fmt_t& format) {
  return format.type == BCF_BT_INT8 || format.type == BCF_BT_INT16 || format.type == BCF_BT_INT32;
}

/// Returns a field's text, without its padding.
[[nodiscard]] inline std::string_view format_text(const bcf_fmt_t& format, int column) {
  const char* at = reinterpret_cast<const char*>(format.p) + static_cast<std::ptrdiff_t>(column) * format.size;
  return {at, strnlen(at, static_cast<std::size_t>(format.n))};
}

/// Returns a number of a field, the first unless another is asked for: of whole numbers, of others (freebayes' GQ), or
/// of text, which is what HTSlib takes a field for that the header does not declare; none: missing, or not a number.
[[nodiscard]] inline std::optional<double> format_number(const bcf_fmt_t& format, int column, int k = 0) {
  if (is_integer(format)) {
    const FormatValue value = format_value(format, column, k);
    return value.end || value.missing ? std::nullopt : std::optional{static_cast<double>(value.value)};
  }
  if (format.type == BCF_BT_FLOAT) {
    float value = 0;
    std::memcpy(&value, format.p + static_cast<std::ptrdiff_t>(column) * format.size + std::ptrdiff_t{4} * k,
                sizeof value);
    const bool none = bcf_float_is_missing(value) != 0 || bcf_float_is_vector_end(value) != 0 || value != value;
    return none ? std::nullopt : std::optional{static_cast<double>(value)};
  }
  if (format.type != BCF_BT_CHAR) return std::nullopt;
  const std::string_view text = format_text(format, column);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc{} && value == value ? std::optional{value} : std::nullopt;
}

/// Returns the sum of a field's whole numbers (of one, itself; of AD, the reads of all alleles); none: none is given.
[[nodiscard]] inline std::optional<double> format_sum(const bcf_fmt_t& format, int column) {
  std::optional<double> sum;
  for (int k = 0; k < format.n; ++k) {
    const FormatValue value = format_value(format, column, k);
    if (value.end) break;
    if (!value.missing) sum = sum.value_or(0) + value.value;
  }
  return sum;
}

}  // namespace stardose::genomics
