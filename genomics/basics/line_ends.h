// Ends of lines.
#pragma once

#include <cstddef>
#include <string_view>

namespace stardose::genomics {

/// Returns the place of the first carriage return that ends no line as Unix or Windows end it: neither before a line
/// feed nor at the text's end. npos: there is none.
[[nodiscard]] std::size_t find_lone_return(std::string_view text);

/// What to say of one.
inline constexpr const char* lone_return = "a carriage return (CR) stands without a line feed, as old Macs end lines";
inline constexpr const char* lone_return_help = "save the file with the line ends of Unix or Windows";

}  // namespace stardose::genomics
