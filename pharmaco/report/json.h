// A sample's report as JSON.
#pragma once

#include <string>

#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// The shape's name and version: a higher last number only adds keys.
inline constexpr const char* report_schema = "stardose/sample-report/1.4";

/// Returns pretty-printed JSON with a final newline, keys in a fixed order. Bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string json_report(const SampleReport& report);

}  // namespace stardose::pharmaco
