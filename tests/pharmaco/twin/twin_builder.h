// Records for tests.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "pharmaco/twin/add_event.h"
#include "pharmaco/twin/told_event.h"
#include "tests/builders/dosing.h"

namespace stardose::test {

inline pharmaco::TwinSubject warfarin_subject() {
  const pharmaco::Unit* inr = dosing().covariates.units.find("INR");
  return {.drug = "warfarin",
          .measured = {{"inr", *inr, 0.5, 20}},
          .routes = {{"oral", false, false}},
          .least_dose = 0.1,
          .greatest_dose = 50};
}

inline pharmaco::TwinState empty_twin() {
  return {.patient = "p1", .drug = "warfarin", .model = "made-up", .program = "stardose test", .catalogue = "test"};
}

/// The event, which must be readable.
inline pharmaco::TwinEvent event_of(const pharmaco::ToldEvent& told,
                                    const pharmaco::TwinSubject& subject = warfarin_subject()) {
  std::optional<pharmaco::Refusal> refusal;
  const auto event = read_event(told, subject, dosing().covariates, refusal);
  if (!event) throw std::runtime_error{refusal->why};
  return *event;
}

/// Why the event is refused; empty: it is not.
inline std::string refusal_of(const pharmaco::ToldEvent& told,
                              const pharmaco::TwinSubject& subject = warfarin_subject()) {
  std::optional<pharmaco::Refusal> refusal;
  (void)read_event(told, subject, dosing().covariates, refusal);
  return refusal ? refusal->why : "";
}

}  // namespace stardose::test
