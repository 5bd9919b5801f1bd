// SVG without script: one line a dose, its name above its bar.
#include "pharmaco/report/html_dose_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/dosing/dose_words.h"

namespace stardose::pharmaco {

namespace {

// In user units; the stylesheet says how large a unit is.
constexpr double picture_width = 420;
constexpr double line_height = 38;
constexpr double name_height = 17;
constexpr double bar_height = 12;

struct Bar {
  std::string name;
  double value = 0;  ///< mg a day
};

std::vector<Bar> bars_of(const DoseReport& dose) {
  const DoseEstimate& meant = dose.meant();
  std::vector<Bar> bars = {{meant.algorithm->title, mg_per_day(*meant.algorithm, meant.value).value()}};
  for (const Comparator& other : dose.comparators) {
    if (!other.value || other.algorithm == meant.algorithm->id) continue;
    bars.push_back({other.title, mg_per_day(*dose.own.algorithm, *other.value).value()});
  }
  return bars;
}

std::string amount(const DosingAlgorithm& algorithm, double daily) {
  return dose_text(algorithm, daily / mg_per_day(algorithm, 1).value());
}

void write_text(HtmlWriter& html, double y, std::string_view text) {
  html.element("text", {{"x", "0"}, {"y", fmt::format("{:.1f}", y)}}, text);
}

}  // namespace

void write_shift_picture(HtmlWriter& html, double share) {
  constexpr double middle = 60;
  constexpr double height = 10;
  const auto svg = html.open("svg", {{"class", "shift"}, {"viewBox", "0 0 120 14"}, {"aria-hidden", "true"}});
  const double begin = share < 0 ? middle * (1 + share) : middle;
  if (share != 0) {
    html.element(
        "path",
        {{"class", "deep"},
         {"d", fmt::format("M{0:.1f} 2h{1:.1f}v{2}h-{1:.1f}z", begin, middle * (share < 0 ? -share : share), height)}},
        "");
  }
  html.element("path", {{"class", "expected"}, {"d", "M60 0v14"}}, "");
}

void write_dose_picture(HtmlWriter& html, const DoseReport& dose) {
  const DoseEstimate& meant = dose.meant();
  const DosingAlgorithm& algorithm = *meant.algorithm;
  if (!mg_per_day(algorithm, meant.value)) return;
  const std::vector<Bar> bars = bars_of(dose);
  if (bars.size() < 2 && !meant.interval) return;
  double most = 0;
  for (const Bar& bar : bars) most = std::max(most, bar.value);
  std::optional<std::pair<double, double>> interval;
  if (meant.interval) {
    interval = {mg_per_day(algorithm, meant.interval->low).value(),
                mg_per_day(algorithm, meant.interval->high).value()};
    most = std::max(most, interval->second);
  }
  const double unit = (picture_width - 2) / most;
  const std::string view =
      fmt::format("0 0 {:.0f} {:.0f}", picture_width, line_height * static_cast<double>(bars.size()));
  const auto svg = html.open("svg", {{"class", "doses"}, {"viewBox", view}, {"role", "img"}});
  html.element("title", "The dose beside others");
  html.element("desc",
               "A bar a dose, all from zero on one scale; the line across the first bar is its interval. Names and "
               "amounts stand above the bars.");
  double y = 0;
  for (const Bar& bar : bars) {
    const bool is_own = &bar == &bars.front();
    write_text(html, y + name_height - 5, bar.name + ": " + amount(algorithm, bar.value));
    html.element("path",
                 {{"class", is_own ? "deep" : "other"},
                  {"d", fmt::format("M1 {:.1f}h{:.1f}v{:.1f}h-{:.1f}z", y + name_height, unit * bar.value, bar_height,
                                    unit * bar.value)}},
                 "");
    if (is_own && interval) {
      const double middle = y + name_height + bar_height / 2;
      const std::string cap = fmt::format("v{0:.1f}m0 -{0:.1f}", bar_height - 4);
      const double low = 1 + unit * interval->first;
      const double high = 1 + unit * interval->second;
      html.element("path",
                   {{"class", "interval"},
                    {"d", fmt::format("M{0:.1f} {1:.1f}H{2:.1f}M{0:.1f} {3:.1f}{4}M{2:.1f} {3:.1f}{4}", low, middle,
                                      high, middle - (bar_height - 4) / 2, cap)}},
                   "");
    }
    y += line_height;
  }
}

}  // namespace stardose::pharmaco
