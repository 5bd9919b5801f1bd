// A record as a kinetic model needs it.
#pragma once

#include "pharmaco/inputs/patient.h"
#include "pharmaco/kinetics/history.h"
#include "pharmaco/twin/twin_state.h"

namespace stardose::pharmaco {

/// Returns the time that days are counted from: the midnight before the first event; of a record without events the
/// midnight of day 1.
[[nodiscard]] TwinTime origin_of(const TwinState& state);

/// Days from the origin on, and back, to the minute. Requires of the first: one clock.
[[nodiscard]] double day_of(const TwinTime& time, const TwinTime& origin);
[[nodiscard]] TwinTime time_of(double day, const TwinTime& origin);

/// Returns the events that stand, each dose of a course by itself.
[[nodiscard]] History history_of(const TwinState& state);

/// Returns the patient as at the beginning, under the pseudonym.
[[nodiscard]] Patient patient_of(const TwinState& state);

}  // namespace stardose::pharmaco
