// An event as a person tells it, in words, and what is wrong with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/kinetics/kinetic_model.h"
#include "pharmaco/twin/twin_state.h"

namespace stardose::pharmaco {

/// What may be told of a treatment.
struct TwinSubject {
  struct Measured {
    std::string name;  ///< as the model names it; what the model does not measure is the patient's own (a covariate)
    Unit unit;
    double least = 0;  ///< in the unit: outside of both a value is a mistake
    double greatest = 0;
  };
  struct Route {
    std::string name;
    bool is_infusion = false;
    bool has_usual_length = false;  ///< an infusion whose length need not be told
  };
  std::string drug;
  std::vector<Measured> measured;
  std::vector<Route> routes;  ///< by which it is given; the first is meant where none is told
  double least_dose = 0;      ///< mg; a single dose outside of both is a mistake of unit or decimals
  double greatest_dose = 0;
};

/// Returns what may be told of a drug by this model.
[[nodiscard]] TwinSubject subject_of(const KineticModel& model, const std::string& drug);

/// Cells of a row, or parts of a flag. Empty: not told.
struct ToldEvent {
  std::string time;
  std::string what;  ///< `dose`, the drug, what is measured, or a covariate by one of its names (`weight`, `weight_kg`)
  std::string value;  ///< with its unit behind it, if `unit` is empty
  std::string unit;
  std::string times;
  std::string every;
  std::string over;
  std::string route;
};

/// Returns `1.1` and `mg/dL` of `1.1 mg/dL`; the second is empty where there is no more than a number or a word.
[[nodiscard]] std::pair<std::string, std::string> split_amount(std::string_view text);

/// Reads an event. Refused: a time that cannot be read, a name that nobody knows, a unit that is missing or does not
/// fit, a value that no living person has, a dose that no tablet makes up.
[[nodiscard]] std::optional<TwinEvent> read_event(const ToldEvent& told, const TwinSubject& subject,
                                                  const Covariates& covariates, std::optional<Refusal>& refusal);

}  // namespace stardose::pharmaco
