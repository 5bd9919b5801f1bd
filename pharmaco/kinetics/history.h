// What happened to a patient, as a kinetic model needs it: doses, measurements, changes. Times are days from the moment
// that the patient's values at the start are of; what is before it is negative and counts just as well.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/inputs/expression.h"

namespace stardose::pharmaco {

struct GivenDose {
  double day = 0;
  std::string route;  ///< of the model
  double mg = 0;      ///< as on the package (of a racemate both enantiomers)
  double hours = 0;   ///< of an infusion; 0: at once
};

struct MeasuredValue {
  double day = 0;
  std::string observable;  ///< of the model
  double value = 0;        ///< in the observable's unit
};

/// From a day on the patient has another value: weight, creatinine, amiodarone.
struct ChangedInput {
  double day = 0;
  std::string input;  ///< of the model; another one changes nothing
  InputValue value;   ///< as in Patient::covariates: in the covariate's unit
};

/// In any order; the same events give the same results to the last bit whatever their order. Of two measurements or two
/// doses at one time both count: to find what was entered twice is the caller's.
struct History {
  std::vector<GivenDose> doses;
  std::vector<MeasuredValue> measurements;
  std::vector<ChangedInput> changes;
};

}  // namespace stardose::pharmaco
