// Answers for a terminal.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/dosing/dose_words.h"
#include "pharmaco/twin/twin_formats.h"
#include "pharmaco/twin/twin_words.h"

namespace stardose::pharmaco {

namespace {

class Paragraph {
 public:
  void line(std::string_view term, const std::string& text) {
    if (!text.empty()) text_ += fmt::format("  {:<12} {}\n", term, text);
  }
  void lines(std::string_view term, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      line(term, text);
      term = "";
    }
  }
  void head(const std::string& text) { text_ += text + "\n"; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string told_text(const TwinAnswer& answer) {
  const History& history = answer.individual->history;
  const auto counted = [](std::size_t count, const char* what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
  };
  if (history.doses.empty() && history.measurements.empty()) return "nothing yet: by genes and covariates alone";
  std::string text = counted(history.doses.size(), "dose") + ", " + counted(history.measurements.size(), "measurement");
  if (!history.measurements.empty()) {
    const MeasuredValue& last = history.measurements.back();
    text += fmt::format("; the last is {} {} at {}", last.observable, number_text(last.value, 2),
                        to_text(time_of(last.day, answer.origin)));
  }
  return text;
}

std::string prior_text(const TwinAnswer& answer) {
  if (!answer.prior.anchored) return "";
  const AnchoredDose& anchored = *answer.prior.anchored;
  return fmt::format("{} mg/week by {} for {} {}", number_text(anchored.mg_per_day * 7, 1), anchored.algorithm,
                     answer.observable->title, number_text(anchored.target, 2));
}

void write_fits(Paragraph& text, const TwinAnswer& answer) {
  std::string_view term = "measured";
  for (const MeasurementFit& fit : answer.individual->fits) {
    text.line(term, fmt::format("{}  {} {}; fitted {:.2f} ({:+.1f} SD), expected beforehand {:.2f}",
                                to_text(time_of(fit.measured.day, answer.origin)), fit.measured.observable,
                                number_text(fit.measured.value, 2), fit.fitted, fit.deviations, fit.typical));
    term = "";
  }
}

void write_curve(Paragraph& text, const TwinAnswer& answer, const std::vector<ForecastPoint>& points,
                 const std::string& term) {
  text.line(term, fmt::format("{:<18}{:>8}{:>16}{:>16}{}", "time", "median", "50 %", "90 %",
                              answer.range ? fmt::format("{:>12}", "in range") : ""));
  double next = answer.from;
  for (const ForecastPoint& point : points) {
    if (point.day < next - 1e-6) continue;
    next = std::max(next, std::floor(point.day - answer.from + 1e-6) + answer.from) + 1;
    text.line("", fmt::format("{:<18}{:>8.2f}{:>16}{:>16}{}", to_text(time_of(point.day, answer.origin)), point.median,
                              fmt::format("{:.2f} to {:.2f}", point.half.low, point.half.high),
                              fmt::format("{:.2f} to {:.2f}", point.most.low, point.most.high),
                              answer.range ? fmt::format("{:>12}", share_text(point.in_range)) : ""));
  }
}

void write_outlooks(Paragraph& text, const TwinAnswer& answer) {
  const DoseAdvice& advice = *answer.advice;
  const auto compare = [&](std::string_view term, const std::optional<RegimenOutlook>& outlook) {
    if (!outlook) return;
    text.line(term, regimen_text(outlook->regimen) + ": " + outlook_text(answer, *outlook));
  };
  compare("continuing", advice.continued);
  compare("by the rule", advice.guideline);
  if (advice.guideline) text.line("", advice.guideline_source);
}

void write_advice(Paragraph& text, const TwinAnswer& answer) {
  const DoseAdvice& advice = *answer.advice;
  if (!answer.is_advised()) {
    text.line("next dose", "NONE IS ADVISED");
    text.lines("because", advice.reasons);
    write_outlooks(text, answer);
    return;
  }
  const RegimenOutlook& best = *advice.best;
  text.line("next dose", regimen_text(best.regimen) + " = " + weekly_text(best.regimen) + ", from " +
                             to_text(time_of(answer.from, answer.origin)) + " on");
  text.line("aim", range_text(answer, advice.range));
  text.line("expected", outlook_text(answer, best));
  text.lines("because", advice.because);
  write_outlooks(text, answer);
}

}  // namespace

std::string_view status_of(const TwinAnswer& answer) {
  return answer.is_refused() ? "refused" : answer.is_advised() ? "advised" : "not advised";
}

std::string twin_paragraph(const TwinAnswer& answer, TwinPart part) {
  Paragraph text;
  text.head(
      fmt::format("{}: {}, {} ({})", answer.state->patient, answer.state->drug, answer.model->title, answer.model->id));
  if (answer.is_refused()) {
    text.line("refused", "NOTHING CAN BE SAID of this patient by this model");
    text.lines("because", answer.refused);
    text.lines("caution", cautions_of(answer));
    return text.take();
  }
  if (part == TwinPart::advise) write_advice(text, answer);
  if (part == TwinPart::forecast) {
    const bool goes_on = !answer.curves.continued.empty();
    if (goes_on) {
      text.line("doses", regimen_text(*answer.present));
      write_curve(text, answer, answer.curves.continued, "forecast");
    } else {
      text.line("forecast", "none: no doses are known to go on with (give them with --dose and --every)");
    }
  }
  text.line("told", told_text(answer));
  text.line("first dose", prior_text(answer));
  text.lines("learned", parameter_texts(answer));
  if (part == TwinPart::update) write_fits(text, answer);
  text.lines("caution", cautions_of(answer));
  text.line("source", citation_text(answer.model->citation));
  text.line("notice", "decision support for professionals, not a medical device");
  return text.take();
}

}  // namespace stardose::pharmaco
