// A part of a run as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "pipeline/parts/run_part.h"

namespace stardose::pipeline {

[[nodiscard]] nlohmann::ordered_json part_json(const RunPart& part);

/// Throws nlohmann::json::exception for JSON of another shape.
[[nodiscard]] RunPart part_of_json(const nlohmann::ordered_json& json);

}  // namespace stardose::pipeline
