// Patients and algorithms for tests of doses.
#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/dosing/estimate_dose.h"
#include "pharmaco/inputs/patient.h"
#include "pharmaco/phenotype/outside_call.h"

namespace stardose::test {

inline const pharmaco::KnowledgeBase& catalogue() {
  static const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge("");
  return knowledge;
}

inline const pharmaco::DosingLibrary& dosing() {
  static const pharmaco::DosingLibrary library = pharmaco::open_dosing("", catalogue());
  return library;
}

/// The catalogue's covariates with these algorithms in place of its own; `faults` hears what is wrong with them.
inline pharmaco::DosingLibrary dosing_of(const std::vector<std::pair<std::string, std::string>>& algorithms,
                                         std::vector<std::string>& faults) {
  pharmaco::CatalogueFiles files = pharmaco::embedded_files();
  std::erase_if(files.texts, [](const auto& file) { return file.first.starts_with("dosing/"); });
  for (const auto& [id, text] : algorithms) files.texts["dosing/" + id + ".yaml"] = text;
  pharmaco::CatalogueFaults found{"test"};
  pharmaco::DosingLibrary library = load_dosing(files, catalogue(), found);
  faults = found.lines();
  return library;
}

class PatientBuilder {
 public:
  PatientBuilder() { patient_.sample = "P1"; }

  /// In the covariate's own unit.
  PatientBuilder& number(const std::string& name, double value) {
    patient_.covariates[name] = {.state = pharmaco::InputValue::State::given, .number = value, .shown = "given"};
    return *this;
  }
  PatientBuilder& category(const std::string& name, const std::string& value) {
    patient_.covariates[name] = {.state = pharmaco::InputValue::State::given, .category = value, .shown = value};
    return *this;
  }
  PatientBuilder& doubt(const std::string& covariate, const std::string& text) {
    patient_.doubts.push_back({{covariate}, text});
    return *this;
  }
  PatientBuilder& without(const std::string& name) {
    patient_.covariates.erase(name);
    return *this;
  }
  PatientBuilder& diplotype(const std::string& gene, const std::string& text) {
    return call(gene, {{.diplotype = text}});
  }
  PatientBuilder& phenotype(const std::string& gene, const std::string& text) {
    return call(gene, {{.phenotypes = {text}}});
  }
  PatientBuilder& score(const std::string& gene, int hundredths) {
    return call(gene, {{.score = pharmaco::ActivityScore{hundredths, false}}});
  }
  /// Several: ambiguous.
  PatientBuilder& call(const std::string& gene, const std::vector<pharmaco::OutsideCall>& calls) {
    auto result = read_outside_calls(*catalogue().find_gene(gene), calls).result;
    patient_.genetics.genes[gene] = {std::move(result), {}, "test"};
    return *this;
  }
  PatientBuilder& tested(const std::string& gene, const std::set<std::string>& alleles) {
    patient_.genetics.genes[gene].tested = alleles;
    return *this;
  }
  /// In the letters of the forward strand.
  PatientBuilder& genotype(const std::string& rsid, const std::string& first, const std::string& second) {
    patient_.genetics.genotypes[rsid] = {first, second, "test"};
    return *this;
  }

  [[nodiscard]] const pharmaco::Patient& build() const { return patient_; }
  [[nodiscard]] pharmaco::DoseReport report(const std::string& algorithm) const {
    return report_dose(dosing(), catalogue(), {*dosing().find(algorithm)}, patient_);
  }
  [[nodiscard]] pharmaco::DoseEstimate estimate(const std::string& algorithm) const {
    return estimate_dose(dosing(), catalogue(), {*dosing().find(algorithm)}, patient_);
  }
  /// The dose; a patient without one fails the test.
  [[nodiscard]] double dose(const std::string& algorithm) const {
    const pharmaco::DoseEstimate estimate = this->estimate(algorithm);
    if (estimate.status != pharmaco::DoseEstimate::Status::dosed) {
      throw std::runtime_error{algorithm + ": " + (estimate.reasons.empty() ? "no dose" : estimate.reasons.front())};
    }
    return estimate.value;
  }

 private:
  pharmaco::Patient patient_;
};

/// 50 years, 175 cm, 80 kg, White: the case of the publication's first figure. No gene is known.
inline PatientBuilder warfarin_case() {
  return PatientBuilder{}
      .number("age", 50)
      .number("height", 175)
      .number("weight", 80)
      .category("race", "White")
      .number("target_inr", 2.5);
}

}  // namespace stardose::test
