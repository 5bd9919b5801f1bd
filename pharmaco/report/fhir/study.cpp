// Patient, device, procedures.
#include "pharmaco/report/fhir/study.h"

#include <fmt/format.h>

#include "pharmaco/report/fhir/elements.h"

namespace stardose::pharmaco {

namespace {

FhirJson procedure(const BundleDraft& bundle, const char* profile) {
  return {{"meta", {{"profile", FhirJson::array({genomics_reporting(profile)})}}},
          {"status", "completed"},
          {"category", coded(bundle.code("laboratory"))},
          {"subject", bundle.entries.reference_to("patient")}};
}

FhirJson regions(const BundleDraft& bundle) {
  FhirJson parts = FhirJson::array();
  parts.push_back({{"url", "description"}, {"valueString", "positions that the definitions of these genes use"}});
  for (const GeneFinding& finding : bundle.report.genes) {
    const FhirJson gene = bundle.gene_concept(finding.gene);
    const bool is_called = finding.status != CallStatus::no_call;
    parts.push_back({{"url", "studied"}, {"valueCodeableConcept", gene}});
    parts.push_back({{"url", is_called ? "called" : "uncalled"}, {"valueCodeableConcept", gene}});
  }
  return {{"url", genomics_reporting("genomic-study-analysis-regions")}, {"extension", std::move(parts)}};
}

std::string thresholds_in_words(const SampleReport& report) {
  const auto& limits = report.thresholds;
  std::string text = fmt::format(
      "A genotype counts from depth {}, genotype quality {} and allele balance {} on, with FILTER among: {}.",
      limits.min_depth, limits.min_genotype_quality, limits.min_allele_balance,
      limits.filters.empty() ? "any" : fmt::format("{}", joined(limits.filters, ", ")));
  text += report.assume_reference ? " Positions in no record were taken as reference at the user's word."
                                  : " A position in no record is not taken as reference.";
  return text;
}

}  // namespace

void add_subject_and_device(BundleDraft& bundle) {
  const SampleReport& report = bundle.report;
  FhirJson identifier = {{"type", in_words("name of the sample in the input")}};
  if (!report.identifier_system.empty()) identifier["system"] = report.identifier_system;
  identifier["value"] = report.sample;
  bundle.entries.add("patient", "Patient", {{"identifier", FhirJson::array({std::move(identifier)})}});
  FhirJson device = {
      {"deviceName", FhirJson::array({{{"name", "StarDose"}, {"type", "model-name"}}})},
      {"version", FhirJson::array({{{"type", in_words("program")}, {"value", report.program_version}},
                                   {{"type", in_words("catalogue")},
                                    {"value", report.catalogue_release + " of " + report.catalogue_date}}})}};
  add_note(device, "Decision support for professionals, not a medical device; for confirmation before use.");
  for (const std::string& attribution : report.attributions) add_note(device, attribution);
  bundle.entries.add("device", "Device", std::move(device));
}

FhirJson add_study(BundleDraft& bundle) {
  FhirJson analysis = procedure(bundle, "genomic-study-analysis");
  analysis["extension"] = FhirJson::array(
      {{{"url", genomics_reporting("genomic-study-analysis-genome-build")},
        {"valueCodeableConcept", coded(bundle.code(bundle.report.assembly))}},
       regions(bundle),
       {{"url", genomics_reporting("genomic-study-analysis-device")},
        {"extension",
         FhirJson::array({{{"url", "device"}, {"valueReference", bundle.entries.reference_to("device")}}})}}});
  add_note(analysis, thresholds_in_words(bundle.report));
  const FhirJson reference = bundle.entries.add("analysis", "Procedure", std::move(analysis));
  FhirJson study = procedure(bundle, "genomic-study");
  study["extension"] =
      FhirJson::array({{{"url", genomics_reporting("genomic-study-analysis-ext")}, {"valueReference", reference}}});
  return bundle.entries.add("study", "Procedure", std::move(study));
}

}  // namespace stardose::pharmaco
