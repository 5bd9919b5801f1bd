// SVG without script: told apart by form as well as by colour.
#include "pharmaco/twin/html_course.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/twin/twin_words.h"

namespace stardose::pharmaco {

namespace {

// In user units; the stylesheet says how large a unit is.
constexpr double width = 760;
constexpr double left = 40;
constexpr double top = 24;
constexpr double plot_height = 250;
constexpr double doses_top = top + plot_height + 8;
constexpr double doses_height = 34;
constexpr double height = doses_top + doses_height + 44;
constexpr double most_ticks = 12;

using Points = std::vector<ForecastPoint>;

/// From days and values to the picture.
class Scale {
 public:
  explicit Scale(const TwinAnswer& answer) {
    const TwinCurves& curves = answer.curves;
    first_ = answer.from;
    last_ = answer.from;
    double highest = answer.range ? answer.range->high : 0;
    for (const Points* points : {&curves.past, &curves.continued, &curves.advised}) {
      if (points->empty()) continue;
      first_ = std::min(first_, points->front().day);
      last_ = std::max(last_, points->back().day);
      for (const ForecastPoint& point : *points) highest = std::max(highest, point.half.high);
    }
    for (const MeasurementFit& fit : answer.individual->fits) {
      if (fit.measured.observable == answer.observable->name) highest = std::max(highest, fit.measured.value);
    }
    if (answer.unsafe) highest = std::max(highest, *answer.unsafe);
    greatest_ = highest > 0 ? 1.15 * highest : 1;
    if (last_ <= first_) last_ = first_ + 1;
  }

  [[nodiscard]] double x(double day) const { return left + (width - left - 8) * (day - first_) / (last_ - first_); }
  /// What is above the picture is cut off at its edge.
  [[nodiscard]] double y(double value) const {
    return top + plot_height * (1 - std::clamp(value / greatest_, 0.0, 1.0));
  }
  [[nodiscard]] double first() const { return first_; }
  [[nodiscard]] double last() const { return last_; }
  [[nodiscard]] double greatest() const { return greatest_; }

 private:
  double first_ = 0;
  double last_ = 1;
  double greatest_ = 1;
};

/// 1, 2 or 5 times a power of ten, so that there are few enough.
double tick_step(double span, double most) {
  const double rough = span / most;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= rough * (1 - 1e-9)) return step * power;
  }
  return 10 * power;
}

void write_label(HtmlWriter& html, double x, double y, std::string_view anchor, std::string_view text,
                 std::string_view css_class = "label") {
  html.element(
      "text",
      {{"class", css_class}, {"x", fmt::format("{:.1f}", x)}, {"y", fmt::format("{:.1f}", y)}, {"text-anchor", anchor}},
      text);
}

void write_path(HtmlWriter& html, std::string_view css_class, const std::string& path) {
  if (!path.empty()) html.element("path", {{"class", css_class}, {"d", path}}, "");
}

template <class Value>
std::string line_through(const Scale& scale, const Points& points, const Value& value) {
  std::string path;
  for (const ForecastPoint& point : points) {
    fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", path.empty() ? "M" : "L", scale.x(point.day),
                   scale.y(value(point)));
  }
  return path;
}

/// Along the upper edge and back along the lower one.
template <class Range>
std::string band_of(const Scale& scale, const Points& points, const Range& range) {
  if (points.empty()) return {};
  std::string path = line_through(scale, points, [&](const ForecastPoint& point) { return range(point).high; });
  for (auto point = points.rbegin(); point != points.rend(); ++point) {
    fmt::format_to(std::back_inserter(path), "L{:.1f} {:.1f}", scale.x(point->day), scale.y(range(*point).low));
  }
  return path + "Z";
}

void write_bands(HtmlWriter& html, const Scale& scale, const Points& points) {
  write_path(html, "most", band_of(scale, points, [](const ForecastPoint& point) { return point.most; }));
  write_path(html, "half", band_of(scale, points, [](const ForecastPoint& point) { return point.half; }));
  write_path(html, "median", line_through(scale, points, [](const ForecastPoint& point) { return point.median; }));
}

void write_frame(HtmlWriter& html, const TwinAnswer& answer, const Scale& scale) {
  const double right = scale.x(scale.last());
  if (answer.range) {
    write_path(html, "aim",
               fmt::format("M{:.1f} {:.1f}H{:.1f}V{:.1f}H{:.1f}Z", left, scale.y(answer.range->high), right,
                           scale.y(answer.range->low), left));
  }
  if (answer.unsafe) {
    write_path(html, "unsafe", fmt::format("M{:.1f} {:.1f}H{:.1f}", left, scale.y(*answer.unsafe), right));
    write_label(html, right, scale.y(*answer.unsafe) - 4, "end", "not to be passed: " + number_text(*answer.unsafe, 2));
  }
  write_path(html, "axis", fmt::format("M{0:.1f} {1:.1f}V{2:.1f}H{3:.1f}", left, top, top + plot_height, right));
  const double step = tick_step(scale.greatest(), 6);
  for (double value = 0; value <= scale.greatest() * (1 + 1e-9); value += step) {
    write_label(html, left - 6, scale.y(value) + 4, "end", number_text(value, 3));
  }
  const Observable& observable = *answer.observable;
  const bool is_plain = observable.unit.dimension.is_plain();
  write_label(html, left, top - 8, "start", observable.title + (is_plain ? "" : ", " + observable.unit.name));
}

/// Days of treatment are counted from 1 on; dates would be too long to stand side by side.
void write_days(HtmlWriter& html, const Scale& scale) {
  const double step = std::max(1.0, tick_step(scale.last() - scale.first(), most_ticks));
  for (double day = std::ceil((scale.first() + 1) / step) * step - 1; day <= scale.last(); day += step) {
    write_path(html, "axis", fmt::format("M{:.1f} {:.1f}v4", scale.x(day), doses_top + doses_height));
    write_label(html, scale.x(day), doses_top + doses_height + 16, "middle", fmt::format("{:.0f}", day + 1));
  }
  write_label(html, scale.x(scale.last()), height - 6, "end", "day of treatment, doses as bars", "quiet");
}

void write_doses(HtmlWriter& html, const TwinAnswer& answer, const Scale& scale) {
  std::vector<GivenDose> planned;
  const Regimen* regimen = answer.is_advised() ? &answer.advice->best->regimen
                           : answer.present    ? &*answer.present
                                               : nullptr;
  if (regimen != nullptr) planned = doses_of(*regimen, answer.from, scale.last());
  double most = 0;
  for (const GivenDose& dose : answer.individual->history.doses) most = std::max(most, dose.mg);
  for (const GivenDose& dose : planned) most = std::max(most, dose.mg);
  if (most == 0) return;
  const auto bars = [&](const std::vector<GivenDose>& doses) {
    std::string path;
    for (const GivenDose& dose : doses) {
      if (dose.day < scale.first() || dose.day > scale.last()) continue;
      const double bar = doses_height * dose.mg / most;
      fmt::format_to(std::back_inserter(path), "M{:.1f} {:.1f}h4v{:.1f}h-4z", scale.x(dose.day) - 2,
                     doses_top + doses_height - bar, bar);
    }
    return path;
  };
  write_path(html, "given", bars(answer.individual->history.doses));
  write_path(html, "edge", bars(planned));
  write_path(html, "axis", fmt::format("M{:.1f} {:.1f}H{:.1f}", left, doses_top + doses_height, scale.x(scale.last())));
  write_label(html, left - 6, doses_top + 10, "end", number_text(most, 1));
  write_label(html, left - 6, doses_top + doses_height, "end", "mg");
}

void write_measured(HtmlWriter& html, const TwinAnswer& answer, const Scale& scale) {
  for (const MeasurementFit& fit : answer.individual->fits) {
    if (fit.measured.observable != answer.observable->name) continue;
    const double x = scale.x(fit.measured.day);
    const double y = scale.y(fit.measured.value);
    html.element("circle",
                 {{"class", "seen"}, {"cx", fmt::format("{:.1f}", x)}, {"cy", fmt::format("{:.1f}", y)}, {"r", "4.5"}},
                 "");
    write_label(html, x, y - 8, "middle", number_text(fit.measured.value, 1));
  }
}

std::string description(const TwinAnswer& answer) {
  std::string text = fmt::format(
      "The middle line is the probable course, half of what is possible lies in the darker "
      "band and 90 % in the lighter one; circles are measurements, {} of them.",
      answer.individual->fits.size());
  if (answer.range) text += " The grey stripe is the range aimed at, " + range_text(answer, *answer.range) + ".";
  const Points& ahead = answer.curves.advised.empty() ? answer.curves.continued : answer.curves.advised;
  if (!ahead.empty()) {
    const ForecastPoint& end = ahead.back();
    text += fmt::format(" At the end {:.2f} is expected, {:.2f} to {:.2f} with 90 %.", end.median, end.most.low,
                        end.most.high);
  }
  return text;
}

}  // namespace

void write_course_picture(HtmlWriter& html, const TwinAnswer& answer) {
  const TwinCurves& curves = answer.curves;
  if (curves.past.empty() && curves.continued.empty() && curves.advised.empty()) return;
  const Scale scale{answer};
  const auto svg = html.open(
      "svg", {{"class", "course"}, {"viewBox", fmt::format("0 0 {:.0f} {:.0f}", width, height)}, {"role", "img"}});
  html.element("title", "The course up to now and ahead");
  html.element("desc", description(answer));
  write_frame(html, answer, scale);
  write_bands(html, scale, curves.past);
  const bool has_two = !curves.advised.empty() && !curves.continued.empty();
  write_bands(html, scale, curves.advised.empty() ? curves.continued : curves.advised);
  if (has_two) {
    write_path(html, "beside",
               line_through(scale, curves.continued, [](const ForecastPoint& point) { return point.median; }));
  }
  write_path(html, "edge", fmt::format("M{:.1f} {:.1f}V{:.1f}", scale.x(answer.from), top, doses_top + doses_height));
  write_label(html, scale.x(answer.from) + 4, top + 10, "start", "next dose");
  write_measured(html, answer, scale);
  write_doses(html, answer, scale);
  write_days(html, scale);
}

}  // namespace stardose::pharmaco
