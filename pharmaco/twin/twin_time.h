// Points in time of a treatment, to the minute: as a calendar has them, or counted from the treatment's first day.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pharmaco/inputs/gene_columns.h"

namespace stardose::pharmaco {

/// A minute. Times of one patient are all of one clock.
struct TwinTime {
  enum class Clock {
    calendar,   ///< the patient's local time, without zone; minutes since 1970
    treatment,  ///< minutes since the midnight that day 1 begins with: no date, so nothing that leads to the person
  };
  Clock clock = Clock::calendar;
  std::int64_t minutes = 0;

  friend auto operator<=>(const TwinTime&, const TwinTime&) = default;
};

/// Reads `2026-03-02T08:00` (or a blank for the T), `day 3 08:00`, `50h` and `50.5 hours` (from the midnight of day 1).
/// Refused: no hour, a zone, a date as spreadsheets make them, a day that no calendar has, before 1900 or after 2199.
[[nodiscard]] std::optional<TwinTime> read_time(std::string_view text, std::optional<Refusal>& refusal);

/// Returns `2026-03-02T08:00` or `day 3 08:00`.
[[nodiscard]] std::string to_text(const TwinTime& time);

/// Reads `24h`, `12 hours`, `30 min`, `2 days` or `1 week` as minutes; nullopt: it is none of these, or not above 0.
[[nodiscard]] std::optional<std::int64_t> read_minutes(std::string_view text);

/// Returns `24 h`, or `90 min` where it is no number of hours.
[[nodiscard]] std::string minutes_text(std::int64_t minutes);

}  // namespace stardose::pharmaco
