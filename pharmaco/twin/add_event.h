// Putting events into a patient's record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pharmaco/twin/twin_state.h"

namespace stardose::pharmaco {

struct AddOptions {
  bool late = false;      ///< take events from before the last one told
  bool only_new = false;  ///< leave out events that are in the record already
  /// Nothing has happened after it; nullopt: nobody has a clock, or the record counts days.
  std::optional<TwinTime> now = {};
};

/// What became of an event.
struct Addition {
  bool added = false;  ///< false without a refusal: it was in the record already
  std::optional<Refusal> refusal;
  std::vector<std::string> warnings;  ///< sentences without a stop: possible, and hardly meant
};

/// Puts an event where its time belongs. Refused: another clock than the record's, a time before the last event or in
/// the future, the same thing told twice at one time, a dose within a course of doses that would double it, and
/// more than most_doses.
[[nodiscard]] Addition add_event(TwinState& state, const TwinEvent& event, const AddOptions& options);

/// Says that what was told of this time was a mistake. Refused: there is no such event.
[[nodiscard]] std::optional<Refusal> withdraw_event(TwinState& state, const std::string& what, const TwinTime& time,
                                                    const std::string& why);

/// Returns the event in a few words: `dose of 5 mg, 14 times every 24 h`, `inr 2.3`.
[[nodiscard]] std::string event_text(const TwinEvent& event);

}  // namespace stardose::pharmaco
