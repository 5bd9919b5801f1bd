// Days from the first event on.
#include "pharmaco/twin/twin_history.h"

#include <cmath>

#include "genomics/expect.h"

namespace stardose::pharmaco {

namespace {

constexpr std::int64_t minutes_a_day = 24 * 60;

}  // namespace

TwinTime origin_of(const TwinState& state) {
  const std::vector<TwinEvent> events = state.standing();
  if (events.empty() || events.front().time.clock == TwinTime::Clock::treatment) {
    return {TwinTime::Clock::treatment, 0};
  }
  const std::int64_t first = events.front().time.minutes;
  return {TwinTime::Clock::calendar, first - (first % minutes_a_day + minutes_a_day) % minutes_a_day};
}

double day_of(const TwinTime& time, const TwinTime& origin) {
  STARDOSE_EXPECT(time.clock == origin.clock);
  return static_cast<double>(time.minutes - origin.minutes) / static_cast<double>(minutes_a_day);
}

TwinTime time_of(double day, const TwinTime& origin) {
  return {origin.clock, origin.minutes + std::llround(day * static_cast<double>(minutes_a_day))};
}

History history_of(const TwinState& state) {
  const TwinTime origin = origin_of(state);
  History history;
  for (const TwinEvent& event : state.standing()) {
    const double day = day_of(event.time, origin);
    if (event.kind == TwinEvent::Kind::measurement) history.measurements.push_back({day, event.what, event.number});
    if (event.kind == TwinEvent::Kind::covariate) {
      history.changes.push_back({day,
                                 event.what,
                                 {.state = InputValue::State::given,
                                  .number = event.number,
                                  .category = event.category,
                                  .shown = event.as_given}});
    }
    if (event.kind != TwinEvent::Kind::dose) continue;
    for (int k = 0; k < event.times; ++k) {
      const TwinTime given{event.time.clock, event.time.minutes + k * event.every};
      history.doses.push_back({day_of(given, origin), event.route, event.number, static_cast<double>(event.over) / 60});
    }
  }
  return history;
}

Patient patient_of(const TwinState& state) {
  return {.sample = state.patient, .covariates = state.covariates, .genetics = state.genetics};
}

}  // namespace stardose::pharmaco
