// The patient's own medicines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "pharmaco/report/fhir/bundle_draft.h"

namespace stardose::pharmaco {

/// A statement for each medicine of the list; one that no guideline is about says so.
void add_medication_statements(BundleDraft& bundle);

/// Returns which entry of the patient's list names the drug; nullopt: none, or there is no list.
[[nodiscard]] std::optional<std::size_t> statement_about(const SampleReport& report, const std::string& drug);
[[nodiscard]] std::string statement_name(std::size_t entry);

}  // namespace stardose::pharmaco
