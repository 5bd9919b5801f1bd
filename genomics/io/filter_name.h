// What FILTER and FORMAT/FT of our own files of genotypes say.
#pragma once

#include <string_view>

namespace stardose::genomics::filter_name {

inline constexpr std::string_view pass = "PASS";
inline constexpr std::string_view no_reads = "no_reads";
inline constexpr std::string_view low_depth = "low_depth";
inline constexpr std::string_view low_quality = "low_quality";
inline constexpr std::string_view low_balance = "low_balance";
inline constexpr std::string_view structural = "structural";

}  // namespace stardose::genomics::filter_name
