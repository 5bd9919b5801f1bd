// A sample's report as a FHIR R4 bundle of HL7's Genomics Reporting guide.
#pragma once

#include <string>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Returns pretty-printed JSON with a final newline: a bundle of the type `collection`, the DiagnosticReport first. No
/// clock and no random number has part in it. Bytes that are not UTF-8 are replaced. Requires: the catalogue has codes.
[[nodiscard]] std::string fhir_bundle(const SampleReport& report, const KnowledgeBase& knowledge);

}  // namespace stardose::pharmaco
