// What is known of one patient on one drug: who starts, and what happened since. A record, of which everything else is
// worked out anew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pharmaco/inputs/patient.h"
#include "pharmaco/twin/twin_time.h"

namespace stardose::pharmaco {

/// Something that happened, and was told once.
struct TwinEvent {
  enum class Kind {
    dose,
    measurement,  ///< of what the drug does, or how much of it there is
    covariate,    ///< from then on
    withdrawal,   ///< an event that was told by mistake; it stays in the record and counts no more
  };
  TwinTime time;
  Kind kind = Kind::dose;
  std::string what;        ///< `dose`, or the covariate's name; withdrawal: of the event withdrawn
  double number = 0;       ///< in `unit`; of a category nothing
  std::string category;    ///< of a covariate of categories; empty: a number
  std::string unit;        ///< dose: mg; else the covariate's own
  std::string as_given;    ///< `2.1 mg/dL`; empty: in `unit`
  int times = 1;           ///< dose: given so often
  std::int64_t every = 0;  ///< minutes from one dose to the next; 0: one dose
  std::int64_t over = 0;   ///< minutes that a dose is infused for; 0: at once
  std::string route;       ///< dose: a route of the model
  std::string why;         ///< withdrawal

  friend bool operator==(const TwinEvent&, const TwinEvent&) = default;
};

[[nodiscard]] std::string to_text(TwinEvent::Kind kind);

/// A dose that was worked out before the first was given.
struct FirstDose {
  std::string algorithm;
  double value = 0;
  std::string unit;
  std::optional<double> low;  ///< of its interval, if there is one
  std::optional<double> high;
};

/// Of a record: two a day in 27 years. More would take a few words to write and minutes to follow.
inline constexpr std::int64_t most_doses = 20'000;

/// How many doses the events are together.
[[nodiscard]] std::int64_t doses_of(const std::vector<TwinEvent>& events);

/// Events are in the order of their times; the same events give the same state, in whatever order they were told.
struct TwinState {
  std::string patient;  ///< a pseudonym
  std::string drug;
  std::string model;
  std::string program;    ///< that started it: `stardose 0.1.0`
  std::string catalogue;  ///< release and digest that it was started with
  std::optional<FirstDose> first_dose;
  InputValues covariates;  ///< at the beginning
  PatientGenetics genetics;
  std::vector<TwinEvent> events;

  /// Those that count: none that was withdrawn, and no withdrawal.
  [[nodiscard]] std::vector<TwinEvent> standing() const;
};

}  // namespace stardose::pharmaco
