// Answers as text for a person, as JSON, as rows of a table.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "pharmaco/twin/twin_answer.h"

namespace stardose::pharmaco {

/// What of an answer is asked for.
enum class TwinPart { update, forecast, advise };

/// Returns lines for a terminal, with a line end behind the last.
[[nodiscard]] std::string twin_paragraph(const TwinAnswer& answer, TwinPart part);

/// Returns all of it, in the shape that `schema` names.
[[nodiscard]] std::string twin_answer_json(const TwinAnswer& answer, std::string_view program_version);

/// A row a patient, for a cohort.
[[nodiscard]] std::string_view advice_header();
[[nodiscard]] std::string advice_row(const TwinAnswer& answer);

/// Returns `advised`, `not advised` or `refused`.
[[nodiscard]] std::string_view status_of(const TwinAnswer& answer);

}  // namespace stardose::pharmaco
