// Entries of a list of medicines as statements.
#include "pharmaco/report/fhir/medication_statements.h"

#include <algorithm>

#include "pharmaco/report/fhir/elements.h"

namespace stardose::pharmaco {

void add_medication_statements(BundleDraft& bundle) {
  if (!bundle.report.medications) return;
  const auto& list = *bundle.report.medications;
  for (std::size_t k = 0; k < list.size(); ++k) {
    FhirJson medicine = in_words(list[k].given);
    for (const std::string& drug : list[k].drugs) {
      const FhirJson known = bundle.drug_concept(drug);
      if (!known.contains("coding")) continue;
      for (const FhirJson& code : known["coding"]) medicine["coding"].push_back(code);
    }
    FhirJson json = {{"status", "active"},
                     {"medicationCodeableConcept", std::move(medicine)},
                     {"subject", bundle.entries.reference_to("patient")}};
    if (list[k].drugs.empty()) add_note(json, "Not covered: no guideline of the catalogue is about it.");
    if (!list[k].nearest.empty()) add_note(json, "Perhaps meant: " + list[k].nearest + ".");
    bundle.entries.add(statement_name(k), "MedicationStatement", std::move(json));
  }
}

std::optional<std::size_t> statement_about(const SampleReport& report, const std::string& drug) {
  if (!report.medications) return std::nullopt;
  const auto found = std::ranges::find_if(*report.medications, [&](const Medication& medication) {
    return std::ranges::find(medication.drugs, drug) != medication.drugs.end();
  });
  if (found == report.medications->end()) return std::nullopt;
  return static_cast<std::size_t>(found - report.medications->begin());
}

std::string statement_name(std::size_t entry) { return "medicine " + std::to_string(entry + 1); }

}  // namespace stardose::pharmaco
