// Sample names as file names.
#pragma once

#include <string>
#include <string_view>

namespace stardose::pipeline {

/// Returns a file name for a sample: letters, digits, `_`, `-` and inner dots stay, every other byte becomes %XX, and
/// the dot of a last `.fhir`. Two samples never share one, whichever ending of a report follows, and none reaches
/// outside its folder. Very long names end in a digest.
[[nodiscard]] std::string file_name_of(std::string_view sample);

}  // namespace stardose::pipeline
