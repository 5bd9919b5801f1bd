// Reading and writing times.
#include "pharmaco/twin/twin_time.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "genomics/input_error.h"
#include "pharmaco/covariates/covariate_cell.h"
#include "pharmaco/covariates/unit.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

constexpr std::int64_t hour = 60;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t most_days = 36'500;
constexpr const char* how =
    "write the patient's local time as 2026-03-02T08:00, or counted from the first day of treatment as `day 3 08:00`";

/// Digits only, all of them.
std::optional<int> digits(std::string_view text) {
  int number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number =
      !text.empty() && text.front() != '-' && fault == std::errc{} && end == text.data() + text.size();
  return is_number ? std::optional{number} : std::nullopt;
}

/// `08:00`, `8:00`, and with seconds that are 0.
std::optional<std::int64_t> minute_of_day(std::string_view text) {
  if (text.ends_with(":00") && text.size() > 5) text.remove_suffix(3);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 2 || text.size() != colon + 3) return std::nullopt;
  const auto hours = digits(text.substr(0, colon));
  const auto minutes = digits(text.substr(colon + 1));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return *hours * hour + *minutes;
}

/// Days since 1970 of `2026-03-02`.
std::optional<std::int64_t> day_of_calendar(std::string_view text) {
  namespace chrono = std::chrono;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto of_month = digits(text.substr(8, 2));
  if (!year || !month || !of_month || *year < 1900 || *year > 2199) return std::nullopt;
  const chrono::year_month_day date{chrono::year{*year}, chrono::month{static_cast<unsigned>(*month)},
                                    chrono::day{static_cast<unsigned>(*of_month)}};
  if (!date.ok()) return std::nullopt;
  return chrono::sys_days{date}.time_since_epoch().count();
}

std::optional<TwinTime> of_calendar(std::string_view text, std::optional<Refusal>& refusal) {
  const auto date = day_of_calendar(text.substr(0, 10));
  if (!date) {
    refusal = Refusal{"the time is of no day that there is", how};
    return std::nullopt;
  }
  if (text.size() == 10) {
    refusal = Refusal{"the time has no hour", how};
    return std::nullopt;
  }
  const std::string_view clock = text.substr(11);
  const bool has_zone = clock.find_first_of("Z+-zA") != std::string_view::npos;
  const auto minutes = minute_of_day(clock);
  if (!minutes) {
    refusal = has_zone ? Refusal{"the time has a zone", "leave it out: times are those of the patient's clock"}
                       : Refusal{"the hour cannot be read", how};
    return std::nullopt;
  }
  return TwinTime{TwinTime::Clock::calendar, *date * day + *minutes};
}

}  // namespace

std::optional<TwinTime> read_time(std::string_view text, std::optional<Refusal>& refusal) {
  text = trimmed(text);
  const bool is_date = text.size() >= 10 && text[4] == '-' && text[7] == '-' &&
                       (text.size() == 10 || text[10] == 'T' || text[10] == ' ');
  if (is_date) return of_calendar(text, refusal);
  const std::string words = folded(text);
  if (words.starts_with("day ")) {
    const std::size_t blank = words.find(' ', 4);
    const auto number = digits(std::string_view{words}.substr(4, blank == std::string::npos ? blank : blank - 4));
    const auto minutes =
        blank == std::string::npos ? std::nullopt : minute_of_day(std::string_view{words}.substr(blank + 1));
    if (number && minutes && *number >= 1 && *number <= most_days) {
      return TwinTime{TwinTime::Clock::treatment, (*number - 1) * day + *minutes};
    }
  } else if (const auto minutes = words == "0h" ? std::optional<std::int64_t>{0} : read_minutes(text)) {
    if (*minutes <= most_days * day) return TwinTime{TwinTime::Clock::treatment, *minutes};
  }
  refusal = is_spreadsheet_date(text.substr(0, text.find(' ')))
                ? Refusal{"which day the time means cannot be known", how}
                : Refusal{"the time cannot be read", how};
  return std::nullopt;
}

std::string to_text(const TwinTime& time) {
  namespace chrono = std::chrono;
  const std::int64_t days = (time.minutes - (time.minutes % day + day) % day) / day;
  const std::int64_t rest = time.minutes - days * day;
  if (time.clock == TwinTime::Clock::treatment) {
    return fmt::format("day {} {:02}:{:02}", days + 1, rest / hour, rest % hour);
  }
  const chrono::year_month_day date{chrono::sys_days{chrono::days{days}}};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), rest / hour, rest % hour);
}

std::optional<std::int64_t> read_minutes(std::string_view text) {
  struct Word {
    std::string_view name;
    std::int64_t minutes;
  };
  static constexpr std::array<Word, 11> words = {{{"h", hour},
                                                  {"hour", hour},
                                                  {"hours", hour},
                                                  {"min", 1},
                                                  {"minutes", 1},
                                                  {"d", day},
                                                  {"day", day},
                                                  {"days", day},
                                                  {"week", 7 * day},
                                                  {"weeks", 7 * day},
                                                  {"hr", hour}}};
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  double number = 0;
  if (!read_decimal(text.substr(0, end), number) || number <= 0 || number > 1e6) return std::nullopt;
  const std::string unit = folded(trimmed(text.substr(end)));
  for (const Word& word : words) {
    if (word.name == unit) return std::llround(number * static_cast<double>(word.minutes));
  }
  return std::nullopt;
}

std::string minutes_text(std::int64_t minutes) {
  return minutes % hour == 0 ? fmt::format("{} h", minutes / hour) : fmt::format("{} min", minutes);
}

}  // namespace stardose::pharmaco
