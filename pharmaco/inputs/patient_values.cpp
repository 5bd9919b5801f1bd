// What is given, then what stands in for it.
#include "pharmaco/inputs/patient_values.h"

#include "pharmaco/inputs/genetic_input.h"

namespace stardose::pharmaco {

namespace {

using State = InputValue::State;

InputValue given(const DoseInput& input, const Patient& patient, const KnowledgeBase& knowledge) {
  if (input.kind != DoseInput::Kind::covariate) return read_genetic_input(input, patient.genetics, knowledge);
  const auto found = patient.covariates.find(input.name);
  return found == patient.covariates.end() ? InputValue{.note = "no such column"} : found->second;
}

/// What the file has for a missing input.
void stand_in(const DoseInput& input, InputValues& values) {
  InputValue& value = values[input.name];
  for (const Imputation& rule : input.imputations) {
    if (value.is_known()) return;
    const InputValue& from = values[rule.from];
    if (!from.is_known() || (!rule.always && holds(rule.unless, values))) continue;
    const std::string& category = rule.category_for.at(from.category);
    value = {.state = State::imputed, .category = category, .shown = category, .note = "imputed from " + from.shown};
  }
  if (value.is_known() || input.if_missing != DoseInput::IfMissing::take) return;
  value = {.state = State::assumed, .category = input.taken, .shown = input.taken, .note = input.taken_why};
}

}  // namespace

InputValues patient_values(const std::vector<DoseInput>& inputs, const Patient& patient,
                           const KnowledgeBase& knowledge) {
  InputValues values;
  for (const DoseInput& input : inputs) values[input.name] = given(input, patient, knowledge);
  for (const DoseInput& input : inputs) stand_in(input, values);
  return values;
}

}  // namespace stardose::pharmaco
