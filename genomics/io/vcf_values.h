// Single values of a VCF's columns: whether they are what they should be.
#pragma once

#include <cstdint>
#include <string_view>

#include "genomics/io/vcf_fields.h"

namespace stardose::genomics {

/// Why a value is wrong, in words that follow on the field's name; nullptr: it is right.
using ValueFault = const char*;

/// Reads POS, which counts from 1; 0 is the telomere.
[[nodiscard]] ValueFault read_position(std::string_view text, std::int64_t& position);
[[nodiscard]] ValueFault fault_in_quality(std::string_view text);
/// One of a field's values, missing or not.
[[nodiscard]] ValueFault fault_in_one(const FieldKind& kind, std::string_view text);

/// A, C, G, T and N, small or large, at least one.
[[nodiscard]] bool are_bases(std::string_view text);
/// One allele of ALT.
[[nodiscard]] bool is_alternative(std::string_view text);
/// Any but the tab. VCF 4.3 and later forbid them, and a return that does not end its line.
[[nodiscard]] bool has_forbidden_control(std::string_view text);
[[nodiscard]] bool is_format_name(std::string_view text);

}  // namespace stardose::genomics
