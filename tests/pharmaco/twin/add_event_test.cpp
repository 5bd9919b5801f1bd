// Events into a record: order, duplicates, doses that would count twice.
#include "pharmaco/twin/add_event.h"

#include <algorithm>
#include <numeric>
#include <random>

#include "pharmaco/twin/twin_file.h"
#include "tests/pharmaco/twin/twin_builder.h"

using namespace stardose::pharmaco;
using stardose::test::empty_twin;
using stardose::test::event_of;
using Kind = TwinEvent::Kind;

namespace {

TwinEvent inr(const std::string& time, const std::string& value) {
  return event_of({.time = time, .what = "inr", .value = value});
}

TwinEvent dose(const std::string& time, const std::string& value, const std::string& times = "",
               const std::string& every = "") {
  return event_of({.time = time, .what = "dose", .value = value, .times = times, .every = every});
}

std::string why_not(TwinState& state, const TwinEvent& event, const AddOptions& options = {}) {
  const Addition addition = add_event(state, event, options);
  CHECK_EQ(addition.added, !addition.refusal.has_value());
  return addition.refusal ? addition.refusal->why : "";
}

TwinState treated() {
  TwinState state = empty_twin();
  CHECK_EQ(why_not(state, dose("day 1 18:00", "5 mg", "4", "24h")), "");
  CHECK_EQ(why_not(state, inr("day 5 08:00", "1.8")), "");
  return state;
}

}  // namespace

TEST_CASE("what comes before the last event is refused, unless it is said to be late") {
  TwinState state = treated();
  CHECK_EQ(why_not(state, inr("day 3 08:00", "1.4")), "it lies before the last event told, which was at day 5 08:00");
  CHECK_EQ(state.events.size(), 2);
  CHECK_EQ(why_not(state, inr("day 3 08:00", "1.4"), {.late = true}), "");
  REQUIRE_EQ(state.events.size(), 3);
  CHECK_EQ(to_text(state.events[1].time), "day 3 08:00");
}

TEST_CASE("a record has an end of doses") {
  TwinState state = empty_twin();
  CHECK_EQ(why_not(state, dose("day 1 18:00", "5 mg", "10000", "1h")), "");
  CHECK_EQ(why_not(state, dose("day 1000 18:00", "5 mg", "10000", "1h")), "");
  CHECK_EQ(why_not(state, dose("day 2000 18:00", "5 mg")), "the record would have more than 20000 doses");
}

TEST_CASE("the same thing told twice") {
  TwinState state = treated();
  CHECK_EQ(why_not(state, inr("day 5 08:00", "1.8")), "inr 1.8 is in the record already");
  CHECK_EQ(why_not(state, inr("day 5 08:00", "1.9")), "inr is told of the same time already");
  const Addition known = add_event(state, inr("day 5 08:00", "1.8"), {.only_new = true});
  CHECK_FALSE(known.added);
  CHECK_FALSE(known.refusal);
  CHECK_EQ(state.events.size(), 2);
  const Addition near = add_event(state, inr("day 5 08:20", "1.8"), {});
  CHECK(near.added);
  REQUIRE_EQ(near.warnings.size(), 1);
  CHECK_EQ(near.warnings.front(), "inr is told twice within an hour: day 5 08:00 and day 5 08:20");
}

TEST_CASE("a dose is not counted twice") {
  TwinState state = treated();
  CHECK_EQ(why_not(state, dose("day 4 18:00", "2.5 mg"), {.late = true}),
           "a dose is told of the same time: that from day 1 18:00 on");
  CHECK_EQ(why_not(state, dose("day 2 12:00", "5 mg", "2", "12h"), {.late = true}),
           "it overlaps with another course: that from day 1 18:00 on");
  const Addition extra = add_event(state, dose("day 2 12:00", "5 mg"), {.late = true});
  CHECK(extra.added);
  CHECK_EQ(extra.warnings.size(), 1);
  CHECK_EQ(why_not(state, dose("day 5 18:00", "5 mg", "7", "24h")), "");
  // 18:00 of every second day meets the course; 06:00 does not.
  TwinState other = empty_twin();
  CHECK_EQ(why_not(other, dose("day 1 06:00", "5 mg", "10", "48h")), "");
  CHECK_EQ(why_not(other, dose("day 5 06:00", "5 mg")), "a dose is told of the same time: that from day 1 06:00 on");
}

TEST_CASE("one record has one clock") {
  TwinState state = treated();
  CHECK_EQ(why_not(state, inr("2026-03-06T08:00", "1.8")), "the record counts days of treatment, and this is a date");
  TwinState dated = empty_twin();
  CHECK_EQ(why_not(dated, inr("2026-03-06T08:00", "1.0")), "");
  CHECK_EQ(why_not(dated, inr("day 6 08:00", "1.8")), "the record has dates, and this is none");
}

TEST_CASE("nothing has happened in the future") {
  TwinState state = empty_twin();
  const TwinTime now = inr("2026-03-06T08:00", "1").time;
  CHECK_EQ(why_not(state, inr("2027-03-05T08:00", "1.8"), {.now = now}), "it lies in the future");
  CHECK_EQ(why_not(state, inr("2026-03-05T08:00", "1.8"), {.now = now}), "");
}

TEST_CASE("a withdrawn event stays in the record and counts no more") {
  TwinState state = treated();
  CHECK(withdraw_event(state, "inr", inr("day 5 08:00", "1").time, "").has_value());
  CHECK(withdraw_event(state, "inr", inr("day 4 08:00", "1").time, "of another patient").has_value());
  CHECK_FALSE(withdraw_event(state, "inr", inr("day 5 08:00", "1").time, "of another patient").has_value());
  CHECK_EQ(state.events.size(), 3);
  REQUIRE_EQ(state.standing().size(), 1);
  CHECK_EQ(state.standing().front().what, "dose");
  CHECK_EQ(why_not(state, inr("day 5 08:00", "2.4")), "");
  CHECK_EQ(state.events.size(), 4);
  REQUIRE_EQ(state.standing().size(), 2);
  CHECK_EQ(state.standing().back().number, 2.4);
}

TEST_CASE("what is measured at the time of a dose comes before it") {
  TwinState state = empty_twin();
  CHECK_EQ(why_not(state, dose("day 1 18:00", "5 mg")), "");
  CHECK_EQ(why_not(state, inr("day 1 18:00", "1.0")), "");
  CHECK_EQ(state.events.front().what, "inr");
}

TEST_CASE("property: events of distinct times give the same bytes in whatever order they are told") {
  std::mt19937 random{8};  // NOLINT: the same every time
  for (int round = 0; round < 50; ++round) {
    std::vector<TwinEvent> events;
    std::vector<int> days(40);
    std::iota(days.begin(), days.end(), 1);
    std::ranges::shuffle(days, random);
    for (int k = 0; k < 12; ++k) {
      const std::string time = "day " + std::to_string(days[static_cast<std::size_t>(k)]);
      const int which = static_cast<int>(random() % 3);
      if (which == 0) events.push_back(dose(time + " 18:00", std::to_string(1 + random() % 10) + " mg"));
      if (which == 1) events.push_back(inr(time + " 08:00", "2." + std::to_string(random() % 10)));
      if (which == 2) {
        events.push_back(
            event_of({.time = time + " 09:00", .what = "weight", .value = std::to_string(60 + k) + " kg"}));
      }
    }
    TwinState in_order = empty_twin();
    TwinState shuffled = empty_twin();
    std::ranges::sort(events, {}, &TwinEvent::time);
    for (const TwinEvent& event : events) REQUIRE_EQ(why_not(in_order, event), "");
    std::ranges::shuffle(events, random);
    for (const TwinEvent& event : events) REQUIRE_EQ(why_not(shuffled, event, {.late = true}), "");
    CHECK_EQ(twin_json(in_order), twin_json(shuffled));
  }
}
