// Putting the bundle together.
#include "pharmaco/report/fhir/fhir_bundle.h"

#include <algorithm>
#include <utility>

#include "pharmaco/report/fhir/advice_observations.h"
#include "pharmaco/report/fhir/bundle_draft.h"
#include "pharmaco/report/fhir/dose_observations.h"
#include "pharmaco/report/fhir/elements.h"
#include "pharmaco/report/fhir/gene_observations.h"
#include "pharmaco/report/fhir/medication_statements.h"
#include "pharmaco/report/fhir/narrative.h"
#include "pharmaco/report/fhir/study.h"

namespace stardose::pharmaco {

namespace {

FhirJson identifier(const BundleDraft& bundle, const std::string& name) {
  return {{"system", "urn:ietf:rfc:3986"}, {"value", "urn:uuid:" + bundle.entries.id_of(name)}};
}

FhirJson diagnostic_report(const BundleDraft& bundle, const FhirJson& study) {
  FhirJson extensions = FhirJson::array();
  for (const FhirJson& task : bundle.tasks) {
    extensions.push_back({{"url", genomics_reporting("recommended-action")}, {"valueReference", task}});
  }
  extensions.push_back({{"url", genomics_reporting("genomic-study-reference")}, {"valueReference", study}});
  FhirJson json = {{"meta", {{"profile", FhirJson::array({genomics_reporting("genomic-report")})}}},
                   {"text", {{"status", "generated"}, {"div", narrative_of(bundle.report)}}},
                   {"extension", std::move(extensions)},
                   {"identifier", FhirJson::array({identifier(bundle, "report")})},
                   {"status", "preliminary"},
                   {"category", FhirJson::array({coded(bundle.code("genetics"))})},
                   {"code", coded(bundle.code("report"))},
                   {"subject", bundle.entries.reference_to("patient")}};
  if (!bundle.results.empty()) json["result"] = bundle.results;
  json["conclusion"] = conclusion_of(bundle.report);
  return json;
}

}  // namespace

std::string fhir_bundle(const SampleReport& report, const KnowledgeBase& knowledge) {
  BundleDraft bundle{report, knowledge, FhirEntries{report.sample, report.identifier_system}};
  add_subject_and_device(bundle);
  const FhirJson study = add_study(bundle);
  add_medication_statements(bundle);
  for (const GeneFinding& finding : report.genes) add_gene_observations(bundle, finding);
  add_advice(bundle);
  add_dose_observations(bundle);
  bundle.entries.add("report", "DiagnosticReport", diagnostic_report(bundle, study));
  FhirJson entries = bundle.entries.take();
  std::rotate(entries.begin(), entries.end() - 1, entries.end());
  const FhirJson document = {{"resourceType", "Bundle"},
                             {"id", bundle.entries.id_of("bundle")},
                             {"identifier", identifier(bundle, "bundle")},
                             {"type", "collection"},
                             {"entry", std::move(entries)}};
  return document.dump(1, ' ', false, FhirJson::error_handler_t::replace) + "\n";
}

}  // namespace stardose::pharmaco
