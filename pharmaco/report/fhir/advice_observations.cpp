// Advice as therapeutic implications and medication recommendations.
#include "pharmaco/report/fhir/advice_observations.h"

#include <fmt/format.h>

#include <algorithm>

#include "pharmaco/report/fhir/elements.h"
#include "pharmaco/report/fhir/gene_observations.h"
#include "pharmaco/report/fhir/medication_statements.h"

namespace stardose::pharmaco {

namespace {

std::string conclusion_of(const Advice& advice) {
  std::string text = advice.population.empty() ? "" : advice.population + ": ";
  text += advice.sentence;
  if (!advice.consequence.empty()) text += " " + advice.consequence;
  return text;
}

FhirJson citations_of(const Advice& advice) {
  FhirJson list = FhirJson::array();
  for (const std::string& pmid : advice.pmids) {
    list.push_back({{"url", "http://hl7.org/fhir/StructureDefinition/workflow-relatedArtifact"},
                    {"valueRelatedArtifact",
                     {{"type", "citation"},
                      {"display", fmt::format("{} ({}), PMID {}", advice.source, advice.guideline, pmid)},
                      {"url", "https://pubmed.ncbi.nlm.nih.gov/" + pmid + "/"}}}});
  }
  return list;
}

std::string basis_in_words(const AdviceBasis& basis) {
  std::string text = basis.gene;
  if (!basis.diplotype.empty()) text += " " + basis.diplotype;
  return text + ": " + (basis.phenotype.empty() ? "no result" : basis.phenotype);
}

FhirJson components_of(const BundleDraft& bundle, const Advice& advice) {
  FhirJson list = FhirJson::array();
  const auto add = [&](const char* key, const char* kind, FhirJson value) {
    list.push_back(component(coded(bundle.code(key)), kind, std::move(value)));
  };
  add("medication", "valueCodeableConcept", bundle.drug_concept(advice.drug));
  for (const AdviceBasis& basis : advice.basis) {
    add("implication", "valueCodeableConcept",
        bundle.phenotype_concept(bundle.find_gene(basis.gene), basis_in_words(basis)));
  }
  if (!advice.strength.empty()) {
    add("evidence", "valueCodeableConcept",
        in_words(fmt::format("{}: strength of the recommendation {}", advice.source, advice.strength)));
  }
  add("knowledge_base", "valueCodeableConcept",
      in_words(fmt::format("{} guideline {}{}; StarDose catalogue {} of {}", advice.source, advice.guideline,
                           advice.version.empty() ? "" : ", annotation version " + advice.version,
                           bundle.report.catalogue_release, bundle.report.catalogue_date)));
  add("pipeline", "valueCodeableConcept", in_words("StarDose " + bundle.report.program_version));
  add("conclusion", "valueString", conclusion_of(advice));
  return list;
}

FhirJson genotypes_of(BundleDraft& bundle, const Advice& advice) {
  FhirJson references = FhirJson::array();
  for (const AdviceBasis& basis : advice.basis) {
    if (!bundle.entries.has(genotype_name(basis.gene))) add_untested_gene(bundle, basis.gene);
    FhirJson reference = bundle.entries.reference_to(genotype_name(basis.gene));
    if (std::ranges::find(references, reference) == references.end()) references.push_back(std::move(reference));
  }
  return references;
}

void add_task(BundleDraft& bundle, const Advice& advice, const std::string& name, const FhirJson& implication) {
  FhirJson task = {{"meta", {{"profile", FhirJson::array({genomics_reporting("medication-recommendation")})}}},
                   {"status", "requested"},
                   {"intent", "proposal"}};
  const auto& actions = bundle.knowledge.fhir.actions;
  const auto action = actions.find(advice.action);
  if (action != actions.end()) task["code"] = coded(action->second, advice.drug + ": " + action->second.display);
  task["description"] = conclusion_of(advice);
  if (const auto taken = statement_about(bundle.report, advice.drug)) {
    task["focus"] = bundle.entries.reference_to(statement_name(*taken));
  }
  task["for"] = bundle.entries.reference_to("patient");
  task["reasonReference"] = implication;
  bundle.tasks.push_back(bundle.entries.add("task of " + name, "Task", std::move(task)));
}

void add_one(BundleDraft& bundle, const Advice& advice) {
  FhirJson genotypes = genotypes_of(bundle, advice);
  // The profile asks what it is derived from.
  FhirJson json =
      bundle.observation(genotypes.empty() ? "" : "therapeutic-implication", coded(bundle.code("implication")));
  FhirJson citations = citations_of(advice);
  if (!citations.empty()) json["extension"] = std::move(citations);
  json["interpretation"] = FhirJson::array({in_words(std::string{to_string(advice.level)})});
  add_note(json, advice.note);
  json["component"] = components_of(bundle, advice);
  if (!genotypes.empty()) json["derivedFrom"] = std::move(genotypes);
  const std::string name =
      bundle.entries.free_name(fmt::format("implication {}, {}, {}", advice.drug, advice.guideline, advice.population));
  const FhirJson reference = bundle.add_observation(name, std::move(json));
  if (advice.level == AdviceLevel::action || advice.level == AdviceLevel::caution) {
    add_task(bundle, advice, name, reference);
  }
}

}  // namespace

void add_advice(BundleDraft& bundle) {
  for (const Advice& advice : bundle.report.advice) add_one(bundle, advice);
}

}  // namespace stardose::pharmaco
