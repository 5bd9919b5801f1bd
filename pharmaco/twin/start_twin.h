// The beginning of a patient's record.
#pragma once

#include <string>
#include <string_view>

#include "pharmaco/inputs/patient.h"
#include "pharmaco/kinetics/individual.h"
#include "pharmaco/twin/twin_state.h"

namespace stardose::pharmaco {

/// Returns `p-` and twelve hexadecimal digits: of SHA-256 over the name, or with a key of HMAC-SHA-256. Without a key
/// whoever can guess a name can tell whether it is behind a pseudonym.
[[nodiscard]] std::string pseudonym_of(std::string_view name, std::string_view key);

/// Returns why this cannot be the name of a patient in a record; empty: it can.
[[nodiscard]] std::string fault_of_pseudonym(std::string_view name);

struct TwinStart {
  const KineticPrior& prior;  ///< of this patient; not refused
  const DosingLibrary& dosing;
  const KnowledgeBase& knowledge;
  std::string drug;
  std::string pseudonym;
  std::string program;
};

/// Returns a record without events. Of the patient's genes it holds those that the model, and what its prior is
/// anchored at, ask for; of the covariates all; nothing else, the name least of all.
[[nodiscard]] TwinState start_twin(const TwinStart& start, const Patient& patient);

}  // namespace stardose::pharmaco
