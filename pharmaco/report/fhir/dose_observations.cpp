// Dose reports as observations.
#include "pharmaco/report/fhir/dose_observations.h"

#include <fmt/format.h>

#include <cmath>

#include "pharmaco/dosing/dose_words.h"
#include "pharmaco/report/fhir/elements.h"
#include "pharmaco/report/fhir/gene_observations.h"

namespace stardose::pharmaco {

namespace {

using Status = DoseEstimate::Status;

FhirJson quantity(const DosingAlgorithm& algorithm, double value) {
  return {{"value", std::round(value * 100) / 100}, {"unit", algorithm.unit.name}};
}

std::string advice_in_words(const DoseEstimate& estimate) {
  std::vector<std::string> sentences;
  for (const Advice& advice : estimate.advice) {
    const std::string dose = share_of_usual_dose(estimate, advice);
    sentences.push_back((advice.population.empty() ? "" : advice.population + ": ") + advice.sentence +
                        (dose.empty() ? "" : " That is " + dose + "."));
  }
  return joined(sentences, " ");
}

void add_value(const BundleDraft& bundle, FhirJson& json, const DoseEstimate& estimate) {
  if (estimate.status == Status::dosed) {
    json["valueQuantity"] = quantity(*estimate.algorithm, estimate.value);
  } else if (estimate.status == Status::advised && !estimate.advice.empty()) {
    json["valueString"] = advice_in_words(estimate);
  } else {
    const std::string why = joined(estimate.reasons, "; ");
    json["dataAbsentReason"] = coded(bundle.code("not_known"), why.empty() ? "no dose" : why);
  }
}

FhirJson components_of(const BundleDraft& bundle, const DoseEstimate& estimate) {
  const DosingAlgorithm& algorithm = *estimate.algorithm;
  FhirJson list = FhirJson::array();
  for (const std::string& drug : algorithm.drugs) {
    list.push_back(component(coded(bundle.code("medication")), "valueCodeableConcept", bundle.drug_concept(drug)));
  }
  if (estimate.status == Status::dosed && estimate.interval) {
    list.push_back(component(in_words(fmt::format("{:.0f} % interval", estimate.interval->level * 100)), "valueRange",
                             {{"low", quantity(algorithm, estimate.interval->low)},
                              {"high", quantity(algorithm, estimate.interval->high)}}));
  }
  if (estimate.status == Status::dosed) {
    list.push_back(component(
        coded(bundle.code("conclusion")), "valueString",
        dose_text(algorithm, estimate.value) + (estimate.meaning.empty() ? "" : ". " + estimate.meaning + ".")));
    for (const GeneContribution& gene : estimate.contributions) {
      list.push_back(
          component(in_words("What " + gene.gene + " changes"), "valueString", contribution_text(algorithm, gene)));
    }
  }
  list.push_back(component(coded(bundle.code("pipeline")), "valueCodeableConcept",
                           in_words("StarDose " + bundle.report.program_version)));
  return list;
}

void add_notes(FhirJson& json, const DoseReport& dose) {
  if (dose.instead && !dose.own.reasons.empty()) {
    add_note(json, "Dose clinically, the genotype is not used: " + joined(dose.own.reasons, "; ") + ".");
  }
  for (const DoseEstimate* estimate : {&dose.own, dose.instead ? &*dose.instead : nullptr}) {
    if (estimate == nullptr) continue;
    for (const std::string& flag : estimate->flags) add_note(json, "Outside of what it was made for: " + flag + ".");
  }
  for (const std::string& caution : dose.meant().cautions) add_note(json, caution);
  add_note(json, citation_text(dose.meant().algorithm->citation));
}

FhirJson genotypes_of(const BundleDraft& bundle, const DoseEstimate& estimate) {
  FhirJson references = FhirJson::array();
  for (const GeneContribution& gene : estimate.contributions) {
    if (bundle.entries.has(genotype_name(gene.gene))) {
      references.push_back(bundle.entries.reference_to(genotype_name(gene.gene)));
    }
  }
  return references;
}

}  // namespace

void add_dose_observations(BundleDraft& bundle) {
  for (const DoseReport& dose : bundle.report.doses) {
    const DoseEstimate& meant = dose.meant();
    FhirJson json =
        bundle.observation("", in_words(fmt::format("Predicted dose of {}: {}", joined(meant.algorithm->drugs, ", "),
                                                    meant.algorithm->title)));
    add_value(bundle, json, meant);
    json["interpretation"] = FhirJson::array({in_words(status_of(dose))});
    add_notes(json, dose);
    json["component"] = components_of(bundle, meant);
    FhirJson genotypes = genotypes_of(bundle, meant);
    if (!genotypes.empty()) json["derivedFrom"] = std::move(genotypes);
    bundle.add_observation(bundle.entries.free_name("dose " + dose.own.algorithm->id), std::move(json));
  }
}

}  // namespace stardose::pharmaco
