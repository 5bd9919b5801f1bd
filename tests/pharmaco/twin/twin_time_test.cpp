// Times: calendar, days of treatment, and what is neither.
#include "pharmaco/twin/twin_time.h"

#include <doctest/doctest.h>

using namespace stardose::pharmaco;

namespace {

std::string why_not(const std::string& text) {
  std::optional<Refusal> refusal;
  return read_time(text, refusal) ? "" : refusal->why;
}

std::string round_trip(const std::string& text) {
  std::optional<Refusal> refusal;
  const auto time = read_time(text, refusal);
  return time ? to_text(*time) : refusal->why;
}

}  // namespace

TEST_CASE("a time of the calendar is written as it was read") {
  CHECK_EQ(round_trip("2026-03-02T08:00"), "2026-03-02T08:00");
  CHECK_EQ(round_trip("2026-03-02 8:05"), "2026-03-02T08:05");
  CHECK_EQ(round_trip("2024-02-29T23:59:00"), "2024-02-29T23:59");
  CHECK_EQ(round_trip("1969-12-31T23:59"), "1969-12-31T23:59");
}

TEST_CASE("days of treatment begin with day 1") {
  CHECK_EQ(round_trip("day 1 00:00"), "day 1 00:00");
  CHECK_EQ(round_trip("Day 3 8:30"), "day 3 08:30");
  CHECK_EQ(round_trip("0h"), "day 1 00:00");
  CHECK_EQ(round_trip("50.5h"), "day 3 02:30");
}

TEST_CASE("minutes between two times of a calendar count leap days") {
  std::optional<Refusal> refusal;
  const auto before = read_time("2024-02-28T08:00", refusal);
  const auto after = read_time("2024-03-01T08:00", refusal);
  REQUIRE(before);
  REQUIRE(after);
  CHECK_EQ(after->minutes - before->minutes, 2 * 24 * 60);
}

TEST_CASE("what is no time says what it lacks") {
  CHECK_EQ(why_not("2026-03-02"), "the time has no hour");
  CHECK_EQ(why_not("2026-02-30T08:00"), "the time is of no day that there is");
  CHECK_EQ(why_not("2026-03-02T08:00Z"), "the time has a zone");
  CHECK_EQ(why_not("2026-03-02T08:00+01:00"), "the time has a zone");
  CHECK_EQ(why_not("3/2/2026 08:00"), "which day the time means cannot be known");
  CHECK_EQ(why_not("2026-03-02T25:00"), "the hour cannot be read");
  CHECK_EQ(why_not("day 0 08:00"), "the time cannot be read");
  CHECK_EQ(why_not("day 3"), "the time cannot be read");
  CHECK_EQ(why_not("day -3 08:00"), "the time cannot be read");
  CHECK_EQ(why_not(""), "the time cannot be read");
  CHECK_EQ(why_not("-5h"), "the time cannot be read");
  CHECK_EQ(why_not("99999999h"), "the time cannot be read");
}

TEST_CASE("lengths of time") {
  CHECK_EQ(read_minutes("24h"), 1440);
  CHECK_EQ(read_minutes("12 hours"), 720);
  CHECK_EQ(read_minutes("30 min"), 30);
  CHECK_EQ(read_minutes("1 week"), 7 * 1440);
  CHECK_EQ(read_minutes("0h"), std::nullopt);
  CHECK_EQ(read_minutes("24"), std::nullopt);
  CHECK_EQ(read_minutes("a day"), std::nullopt);
  CHECK_EQ(minutes_text(1440), "24 h");
  CHECK_EQ(minutes_text(90), "90 min");
}
