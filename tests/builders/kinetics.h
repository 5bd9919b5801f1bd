// Kinetic models and their patients for tests.
#pragma once

#include <array>
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

/// The INR on day 60 of 10 mg a day that an implementation of the paper's model gives (Hamberg AK et al. Clin Pharmacol
/// Ther 2007;81:529-538).
struct PublishedInr {
  double age;
  const char* cyp2c9;
  const char* vkorc1;
  double inr;
};
inline constexpr std::array<PublishedInr, 11> hamberg_2007_inrs = {{{50, "*1/*1", "G/G", 2.409},
                                                    {50, "*1/*2", "G/G", 2.993},
                                                    {50, "*1/*3", "G/G", 3.413},
                                                    {50, "*2/*2", "G/G", 5.025},
                                                    {50, "*2/*3", "G/G", 4.731},
                                                    {50, "*3/*3", "G/G", 6.896},
                                                    {50, "*1/*1", "G/A", 3.051},
                                                    {50, "*1/*1", "A/A", 3.660},
                                                    {70, "*1/*1", "G/G", 2.647},
                                                    {90, "*1/*1", "G/G", 2.969},
                                                    {50, "*1/*3", "G/A", 4.350}}};

}  // namespace stardose::test
