// Dose reports as plain text, TSV and JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/dosing/estimate_dose.h"

namespace stardose::pharmaco {

/// For a terminal: a paragraph a patient.
[[nodiscard]] std::string dose_paragraph(const DoseReport& report);

/// The header of dosing.tsv, and a patient's rows: one, or of guidelines one for each piece of advice.
[[nodiscard]] std::string_view dose_header();
[[nodiscard]] std::string dose_rows(const DoseReport& report);

/// One patient's report as an object.
[[nodiscard]] nlohmann::ordered_json dose_object(const DoseReport& report);

/// One document: what it is, the catalogue's release, and every patient.
[[nodiscard]] std::string dose_json(const std::vector<DoseReport>& reports, const Release& release,
                                    std::string_view program_version);

}  // namespace stardose::pharmaco
