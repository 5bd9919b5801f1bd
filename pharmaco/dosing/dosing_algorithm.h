// A dosing algorithm, as its file states it: published, or a model that was trained.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/inputs/patient_input.h"

namespace stardose::pharmaco {

class DoseModel;

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

/// How far true doses lie from the algorithm's: quantiles of residuals, by group and by size of the dose.
struct DoseSpread {
  enum class Scale { plain, root, log };
  struct Cell {
    int patients = 0;  ///< whose residuals they are; 0: the source says none
    double low = 0;    ///< on the scale, from the dose to the interval's ends
    double high = 0;
    bool is_of_group = false;  ///< of all doses of the group, as this part of the range has too few
  };
  Scale scale = Scale::plain;
  double level = 0.9;                               ///< share of true doses between the ends
  std::string by;                                   ///< an input of categories; empty: everyone is one group
  std::vector<double> cuts;                         ///< in the output's unit, ascending; a dose at a cut is above it
  std::map<std::string, std::vector<Cell>> groups;  ///< by category, of everyone ""; a cell for each part of the range
  /// Percent of doses that such intervals held at sites which had no part in them, by category; absent: not stated.
  std::map<std::string, double> at_other_sites;
  std::string source;
};

/// How well the algorithm did on patients whose dose is known.
struct DosePerformance {
  struct Group {
    int patients = 0;
    double error = 0;      ///< mean absolute error in the output's unit
    double within_20 = 0;  ///< percent whose dose was within 20 % of the true one
  };
  std::string by;  ///< an input of categories; empty: everyone only
  Group everyone;
  std::map<std::string, Group> groups;  ///< by category
  std::string source;
};

/// Drugs that change what is needed and that the algorithm knows nothing of.
struct UnmodelledDrugs {
  std::vector<std::string> drugs;
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
  std::vector<std::string> guidelines;     ///< what they say in place of `dose`; empty: there is a formula or a model
  std::shared_ptr<const DoseModel> model;  ///< in place of `dose`; nullptr: there is none. Says its own spread and
                                           ///< performance
  std::vector<DoseLimit> limits;
  std::vector<Meaning> meanings;
  std::vector<std::string> comparators;  ///< algorithms
  std::optional<FixedDose> fixed_dose;
  std::optional<Tablets> tablets;
  std::optional<DoseSpread> spread;
  std::optional<DosePerformance> performance;
  std::optional<UnmodelledDrugs> unmodelled;

  [[nodiscard]] bool is_guideline() const { return !guidelines.empty(); }
  [[nodiscard]] const DoseInput* find_input(std::string_view name) const { return pharmaco::find_input(inputs, name); }
};

}  // namespace stardose::pharmaco
