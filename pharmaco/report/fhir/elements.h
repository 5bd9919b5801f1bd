// Small pieces of FHIR resources.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/fhir_codes.h"
#include "pharmaco/report/fhir/entries.h"

namespace stardose::pharmaco {

/// Returns the address of a profile or an extension of the Genomics Reporting guide.
[[nodiscard]] std::string genomics_reporting(std::string_view name);

[[nodiscard]] FhirJson coding(const Code& code);
/// A CodeableConcept with a code, and words where there are any.
[[nodiscard]] FhirJson coded(const Code& code, const std::string& words = {});
/// A CodeableConcept in words alone.
[[nodiscard]] FhirJson in_words(const std::string& words);

/// A component of an observation; `kind` names the value, `valueString`.
[[nodiscard]] FhirJson component(FhirJson code, const char* kind, FhirJson value);

/// Adds a sentence to the resource's notes.
void add_note(FhirJson& resource, const std::string& sentence);

/// Returns the items in one text.
[[nodiscard]] std::string joined(const std::vector<std::string>& items, std::string_view separator);

}  // namespace stardose::pharmaco
