// Order, duplicates, and doses that would count twice.
#include "pharmaco/twin/add_event.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "genomics/expect.h"
#include "pharmaco/covariates/covariate.h"

namespace stardose::pharmaco {

namespace {

using Kind = TwinEvent::Kind;

constexpr std::int64_t close_by = 60;  // minutes within which the same value twice is hardly meant

/// Of one time, doses come last: what is measured then is measured before.
auto place_of(const TwinEvent& event) { return std::tuple{event.time, event.what == "dose", event.what}; }

void put(TwinState& state, const TwinEvent& event) {
  const auto after = std::ranges::upper_bound(state.events, place_of(event), {}, place_of);
  state.events.insert(after, event);
}

std::int64_t last_minute(const TwinEvent& dose) { return dose.time.minutes + (dose.times - 1) * dose.every; }

/// Whether a dose of either is given in the same minute as one of the other.
bool collide(const TwinEvent& a, const TwinEvent& b) {
  const TwinEvent& few = a.times <= b.times ? a : b;
  const TwinEvent& many = a.times <= b.times ? b : a;
  for (int k = 0; k < few.times; ++k) {
    const std::int64_t after = few.time.minutes + k * few.every - many.time.minutes;
    if (after < 0 || after > (many.times - 1) * many.every) continue;
    if (many.every == 0 || after % many.every == 0) return true;
  }
  return false;
}

bool overlap(const TwinEvent& a, const TwinEvent& b) {
  return a.time.minutes <= last_minute(b) && b.time.minutes <= last_minute(a);
}

bool says_the_same(const TwinEvent& a, const TwinEvent& b) { return a.number == b.number && a.category == b.category; }

class Adding {
 public:
  Adding(const std::vector<TwinEvent>& standing, const TwinEvent& event, const AddOptions& options)
      : standing_{standing}, event_{event}, options_{options} {}

  Addition look() {
    if (is_known()) {
      if (!options_.only_new) {
        refuse(event_text(event_) + " is in the record already",
               "leave it out, or say --only-new to leave out all that is known");
      }
      return std::move(result_);
    }
    result_.added = true;
    if (!standing_.empty() && standing_.front().time.clock != event_.time.clock) {
      const bool days = standing_.front().time.clock == TwinTime::Clock::treatment;
      refuse(
          days ? "the record counts days of treatment, and this is a date" : "the record has dates, and this is none",
          days ? "write it as `day 3 08:00`" : "write it as 2026-03-02T08:00");
    }
    look_at_time();
    if (event_.kind == Kind::dose && doses_of(standing_) + event_.times > most_doses) {
      refuse("the record would have more than " + std::to_string(most_doses) + " doses",
             "begin a new record with what is known of the patient now");
    }
    for (const TwinEvent& other : standing_) look_beside(other);
    if (result_.refusal) result_.added = false;
    return std::move(result_);
  }

 private:
  void refuse(std::string why, std::string help) {
    if (!result_.refusal) result_.refusal = Refusal{std::move(why), std::move(help)};
  }

  [[nodiscard]] bool is_known() const {
    return std::ranges::any_of(standing_, [&](const TwinEvent& other) {
      TwinEvent same = other;
      same.as_given = event_.as_given;
      return same == event_;
    });
  }

  void look_at_time() {
    const bool in_future = options_.now && options_.now->clock == event_.time.clock && *options_.now < event_.time;
    if (in_future) {
      refuse("it lies in the future", "tell what has happened; the clock says " + to_text(*options_.now));
    }
    if (options_.late || standing_.empty()) return;
    const TwinTime last = standing_.back().time;
    if (event_.time < last) {
      refuse("it lies before the last event told, which was at " + to_text(last),
             "check the date; if it was learned only now, say --late");
    }
  }

  void look_beside(const TwinEvent& other) {
    if (other.what != event_.what || other.time.clock != event_.time.clock) return;
    if (event_.kind == Kind::dose) return look_beside_dose(other);
    if (other.time == event_.time) {
      refuse(other.what + " is told of the same time already",
             "withdraw that first: --withdraw " + other.what + " --time '" + to_text(other.time) + "' --why REASON");
      return;
    }
    const bool is_near = std::abs(other.time.minutes - event_.time.minutes) <= close_by;
    if (event_.kind == Kind::measurement && is_near && says_the_same(other, event_)) {
      result_.warnings.push_back(event_.what + " is told twice within an hour: " + to_text(other.time) + " and " +
                                 to_text(event_.time));
    }
  }

  void look_beside_dose(const TwinEvent& other) {
    const std::string beside = "that from " + to_text(other.time) + " on";
    const std::string help = "withdraw that first (--withdraw dose --time '" + to_text(other.time) +
                             "' --why REASON), and tell it as it was";
    if (collide(other, event_)) return refuse("a dose is told of the same time: " + beside, help);
    if (!overlap(other, event_)) {
      const std::int64_t apart = std::min(std::abs(event_.time.minutes - last_minute(other)),
                                          std::abs(other.time.minutes - last_minute(event_)));
      if (apart <= close_by) {
        result_.warnings.push_back("two doses within an hour: " + to_text(other.time) + " and " + to_text(event_.time));
      }
      return;
    }
    if (other.times > 1 && event_.times > 1) return refuse("it overlaps with another course: " + beside, help);
    result_.warnings.push_back("a dose in between those of a course counts beside them: " + beside);
  }

  const std::vector<TwinEvent>& standing_;
  const TwinEvent& event_;
  const AddOptions& options_;
  Addition result_;
};

}  // namespace

Addition add_event(TwinState& state, const TwinEvent& event, const AddOptions& options) {
  STARDOSE_EXPECT(event.kind != Kind::withdrawal);
  const std::vector<TwinEvent> standing = state.standing();
  Addition result = Adding{standing, event, options}.look();
  if (result.added) put(state, event);
  return result;
}

std::optional<Refusal> withdraw_event(TwinState& state, const std::string& what, const TwinTime& time,
                                      const std::string& why) {
  if (why.empty()) return Refusal{"nobody says why it is withdrawn", "give the reason with --why"};
  const std::vector<TwinEvent> standing = state.standing();
  const auto is_meant = [&](const TwinEvent& event) { return event.what == what && event.time == time; };
  if (std::ranges::none_of(standing, is_meant)) {
    std::string times;
    for (const TwinEvent& event : standing) {
      if (event.what == what) times += (times.empty() ? "" : ", ") + to_text(event.time);
    }
    return Refusal{"nothing is told of " + what + " at " + to_text(time),
                   times.empty() ? "nothing is told of it at all" : "what is told of it: " + times};
  }
  put(state, {.time = time, .kind = Kind::withdrawal, .what = what, .why = why});
  return std::nullopt;
}

std::string event_text(const TwinEvent& event) {
  if (event.kind == Kind::withdrawal) return event.what + " withdrawn: " + event.why;
  if (event.kind == Kind::dose) {
    std::string text = "dose of " + number_text(event.number) + " mg";
    if (event.times > 1) text += ", " + std::to_string(event.times) + " times every " + minutes_text(event.every);
    if (event.over > 0) text += ", each over " + minutes_text(event.over);
    return text;
  }
  const std::string unit = event.unit.empty() || event.unit == "INR" ? "" : " " + event.unit;
  return event.what + " " + (event.category.empty() ? number_text(event.number) + unit : event.category);
}

}  // namespace stardose::pharmaco
