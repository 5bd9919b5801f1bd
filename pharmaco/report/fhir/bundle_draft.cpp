// What the resources of a bundle have in common.
#include "pharmaco/report/fhir/bundle_draft.h"

#include <algorithm>

#include "pharmaco/report/fhir/elements.h"

namespace stardose::pharmaco {

const GeneFinding* BundleDraft::find_gene(std::string_view gene) const {
  const auto found = std::ranges::find(report.genes, gene, &GeneFinding::gene);
  return found == report.genes.end() ? nullptr : &*found;
}

FhirJson BundleDraft::observation(std::string_view profile, FhirJson code) const {
  FhirJson json = FhirJson::object();
  if (!profile.empty()) json["meta"] = {{"profile", FhirJson::array({genomics_reporting(profile)})}};
  // A laboratory makes results final, not a program.
  json["status"] = "preliminary";
  json["category"] = FhirJson::array({coded(this->code("laboratory")), coded(this->code("genetics"))});
  json["code"] = std::move(code);
  json["subject"] = entries.reference_to("patient");
  json["device"] = entries.reference_to("device");
  return json;
}

FhirJson BundleDraft::add_observation(const std::string& name, FhirJson observation) {
  FhirJson reference = entries.add(name, "Observation", std::move(observation));
  results.push_back(reference);
  return reference;
}

FhirJson BundleDraft::gene_concept(const std::string& gene) const {
  const auto number = knowledge.fhir.genes.find(gene);
  return number == knowledge.fhir.genes.end() ? in_words(gene) : coded(number->second, gene);
}

FhirJson BundleDraft::gene_component(const std::string& gene) const {
  return component(coded(code("gene_studied")), "valueCodeableConcept", gene_concept(gene));
}

FhirJson BundleDraft::drug_concept(const std::string& drug, const std::string& words) const {
  FhirJson json = in_words(words.empty() ? drug : words);
  const auto known = std::ranges::find(knowledge.drugs, drug, &Drug::name);
  if (known == knowledge.drugs.end()) return json;
  for (const std::string& number : known->rxnorm)
    json["coding"].push_back(coding({code("rxnorm").system, number, drug}));
  return json;
}

FhirJson BundleDraft::phenotype_concept(const GeneFinding* finding, const std::string& words) const {
  if (finding == nullptr || finding->phenotypes.size() != 1) return in_words(words);
  const auto answer = knowledge.fhir.phenotypes.find(finding->phenotypes.front());
  return answer == knowledge.fhir.phenotypes.end() ? in_words(words) : coded(answer->second, words);
}

}  // namespace stardose::pharmaco
