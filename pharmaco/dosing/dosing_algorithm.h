// A published dosing algorithm, as its file states it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/inputs/patient_input.h"

namespace stardose::pharmaco {

/// Where an algorithm ends, or what a reader must know.
struct DoseLimit {
  enum class Kind {
    refuse,   ///< no dose
    defer,    ///< another algorithm's dose in place of this one's
    flag,     ///< a dose, with a mark: outside of what it was derived for
    caution,  ///< a dose, with a sentence
  };
  Kind kind = Kind::caution;
  Condition when;
  std::string why;
  std::string source;
  std::string defer_to;  ///< an algorithm
};

/// What a result means, from a number on and below another.
struct Meaning {
  std::optional<double> at_least;
  std::optional<double> below;
  std::string text;
};

struct Citation {
  std::string text;
  std::string doi;
  std::string pmid;
};

struct Tablets {
  std::vector<double> strengths_mg;  ///< ascending
  int most = 0;                      ///< tablets in one dose
  std::string source;
};

/// A dose that is the same for everyone, to compare with.
struct FixedDose {
  double value = 0;  ///< in the output's unit
  std::string source;
};

struct DosingAlgorithm {
  std::string id;
  std::vector<std::string> drugs;
  bool preferred = false;  ///< the one meant where only the drug is named
  std::string title;
  Citation citation;
  std::string what;     ///< what the number is: `weekly dose`
  Unit unit;            ///< of the result
  int doses_a_day = 1;  ///< of a result in mg: it is one dose of so many; of a daily dose: how it is divided
  std::vector<DoseInput> inputs;
  Expression dose;
  std::vector<std::string> guidelines;  ///< what they say in place of `dose`; empty: there is a formula
  std::vector<DoseLimit> limits;
  std::vector<Meaning> meanings;
  std::vector<std::string> comparators;  ///< algorithms
  std::optional<FixedDose> fixed_dose;
  std::optional<Tablets> tablets;

  [[nodiscard]] bool is_guideline() const { return !guidelines.empty(); }
  [[nodiscard]] const DoseInput* find_input(std::string_view name) const { return pharmaco::find_input(inputs, name); }
};

}  // namespace stardose::pharmaco
