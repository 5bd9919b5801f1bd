// Kinetic models and their patients for tests.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/kinetics/advise_dose.h"
#include "pharmaco/kinetics/kinetic_library.h"
#include "tests/builders/dosing.h"

namespace stardose::test {

inline const pharmaco::KineticLibrary& kinetics() {
  static const pharmaco::KineticLibrary library = pharmaco::open_kinetics("", dosing(), catalogue());
  return library;
}

/// A library of one model; `faults` hears what is wrong with it.
inline pharmaco::KineticLibrary kinetics_of(const std::string& id, const std::string& text,
                                            std::vector<std::string>& faults) {
  pharmaco::CatalogueFiles files{"test", {{"kinetics/" + id + ".yaml", text}}, {}};
  pharmaco::CatalogueFaults found{"test"};
  pharmaco::KineticLibrary library = load_kinetics(files, dosing(), catalogue(), found);
  faults = found.lines();
  return library;
}

inline pharmaco::KineticPrior prior_of(const std::string& model, const PatientBuilder& patient) {
  return kinetic_prior(*kinetics().find(model), dosing(), catalogue(), patient.build());
}

/// VKORC1 -1639 as publications write it: `G/G`.
inline PatientBuilder warfarin_patient(double age, const std::string& cyp2c9, const std::string& vkorc1) {
  const auto forward = [](char letter) { return std::string(letter == 'G' ? "C" : "T"); };
  return PatientBuilder{}
      .number("age", age)
      .diplotype("CYP2C9", cyp2c9)
      .genotype("rs9923231", forward(vkorc1.front()), forward(vkorc1.back()));
}

/// One dose a day from day 0 on.
inline pharmaco::History daily(double mg, int days, const std::string& route = "oral") {
  pharmaco::History history;
  for (int day = 0; day < days; ++day) history.doses.push_back({static_cast<double>(day), route, mg, 0});
  return history;
}

}  // namespace stardose::test
