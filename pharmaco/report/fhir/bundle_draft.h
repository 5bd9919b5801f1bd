// A bundle in the making: the report that it says, the codes that it says it with, and what is in it so far.
#pragma once

#include <string>
#include <string_view>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/report/fhir/entries.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Refers to report and knowledge, which must outlive it.
struct BundleDraft {
  const SampleReport& report;
  const KnowledgeBase& knowledge;
  FhirEntries entries;
  FhirJson results = FhirJson::array();  ///< references to all observations, in order
  FhirJson tasks = FhirJson::array();    ///< references to all tasks

  [[nodiscard]] const Code& code(std::string_view key) const { return knowledge.fhir.of(key); }
  [[nodiscard]] const GeneFinding* find_gene(std::string_view gene) const;

  /// Returns an observation of the sample with both categories that the guide asks for; `profile` empty: of none.
  [[nodiscard]] FhirJson observation(std::string_view profile, FhirJson code) const;
  /// Adds it, and its reference to the results.
  FhirJson add_observation(const std::string& name, FhirJson observation);

  /// The component that says which gene an observation is about.
  [[nodiscard]] FhirJson gene_component(const std::string& gene) const;
  /// A CodeableConcept of a gene, and of a drug.
  [[nodiscard]] FhirJson gene_concept(const std::string& gene) const;
  [[nodiscard]] FhirJson drug_concept(const std::string& drug, const std::string& words = {}) const;
  /// The phenotype of a gene's finding with LOINC's answer where there is one; of several phenotypes words alone.
  [[nodiscard]] FhirJson phenotype_concept(const GeneFinding* finding, const std::string& words) const;
};

}  // namespace stardose::pharmaco
