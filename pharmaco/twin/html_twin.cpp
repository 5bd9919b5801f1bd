// Sections of the page.
#include "pharmaco/twin/html_twin.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/dosing/dose_words.h"
#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_head.h"
#include "pharmaco/report/html_style.h"
#include "pharmaco/twin/add_event.h"
#include "pharmaco/twin/html_course.h"
#include "pharmaco/twin/twin_words.h"

namespace stardose::pharmaco {

namespace {

void write_cell(HtmlWriter& html, std::string_view label, std::string_view text) {
  html.element("td", {{"data-label", label}}, text);
}

void write_header(HtmlWriter& html, const TwinAnswer& answer, std::string_view program_version) {
  const auto header = html.open("header");
  html.element("h1", "Course and next dose: " + answer.state->drug);
  {
    const auto facts = html.open("dl", {{"class", "facts"}});
    write_fact(html, "Patient", answer.state->patient);
    write_fact(html, "Drug", answer.state->drug);
    write_fact(html, "Model", answer.model->title);
    write_fact(html, "Program", "StarDose " + std::string{program_version});
    write_fact(html, "Catalogue", answer.state->catalogue.substr(0, answer.state->catalogue.find(',')));
  }
  const auto status = html.open("p", {{"class", "status"}});
  html.element("strong", "Preliminary until confirmed.");
  html.text(" Decision support for professionals, not a medical device.");
}

void write_reasons(HtmlWriter& html, std::string_view what, const std::vector<std::string>& reasons) {
  const auto banner = html.open("div", {{"class", "notice banner unknown"}});
  {
    const auto head = html.open("p");
    write_shape(html, AdviceLevel::unknown);
    html.element("strong", what);
  }
  for (const std::string& reason : reasons) html.element("p", reason + ".");
}

void write_outlook_row(HtmlWriter& html, const TwinAnswer& answer, std::string_view name,
                       const std::optional<RegimenOutlook>& outlook) {
  if (!outlook) return;
  const auto row = html.open("tr");
  html.element("th", {{"scope", "row"}}, name);
  write_cell(html, "Doses", regimen_text(outlook->regimen));
  write_cell(html, "A week", weekly_text(outlook->regimen));
  write_cell(html, "In range", share_text(outlook->time_in_range));
  write_cell(html, "Below", share_text(outlook->time_below));
  write_cell(html, "Above", share_text(outlook->time_above));
  write_cell(html, "Over " + number_text(answer.model->advice->unsafe, 2) + " at worst", share_text(outlook->unsafe));
}

void write_outlooks(HtmlWriter& html, const TwinAnswer& answer) {
  const DoseAdvice& advice = *answer.advice;
  if (!advice.best && !advice.continued && !advice.guideline) return;
  const std::string unsafe = "Over " + number_text(answer.model->advice->unsafe, 2) + " at worst";
  const auto table = html.open("table", {{"class", "outlooks"}});
  write_table_head(html,
                   fmt::format("Expected over the next {} days, of all courses that fit this patient",
                               number_text(answer.model->advice->horizon, 1)),
                   {"Choice", "Doses", "A week", "In range", "Below", "Above", unsafe});
  const auto body = html.open("tbody");
  write_outlook_row(html, answer, "Advised", advice.best);
  write_outlook_row(html, answer, "Little better", advice.runner_up);
  write_outlook_row(html, answer, "As now", advice.continued);
  write_outlook_row(html, answer, "By the rule", advice.guideline);
}

void write_dose(HtmlWriter& html, const TwinAnswer& answer) {
  if (!answer.advice) return;
  const auto section = html.open("section", {{"class", "dose"}, {"id", "dose"}});
  html.element("h2", "Next dose");
  const DoseAdvice& advice = *answer.advice;
  if (answer.is_advised()) {
    html.element("p", {{"class", "amount"}}, regimen_text(advice.best->regimen));
    html.element("p", fmt::format("{}, from {} on; aim: {}", weekly_text(advice.best->regimen),
                                  to_text(time_of(answer.from, answer.origin)), range_text(answer, advice.range)));
    for (const std::string& sentence : advice.because) html.element("p", sentence + ".");
  } else {
    write_reasons(html, "No dose is advised", advice.reasons);
  }
  write_outlooks(html, answer);
  if (advice.guideline) html.element("p", {{"class", "note"}}, "The rule: " + advice.guideline_source + ".");
}

void write_cautions(HtmlWriter& html, const TwinAnswer& answer) {
  const std::vector<std::string> cautions = cautions_of(answer);
  if (cautions.empty()) return;
  html.element("h2", "To bear in mind");
  const auto list = html.open("ul", {{"class", "cautions"}});
  for (const std::string& caution : cautions) {
    const auto item = html.open("li");
    write_coloured_shape(html, AdviceLevel::caution);
    html.text(caution + ".");
  }
}

void write_course(HtmlWriter& html, const TwinAnswer& answer) {
  const auto section = html.open("section", {{"id", "course"}});
  html.element("h2", "Course");
  write_course_picture(html, answer);
  std::string words = "Circles: measured. Bands: 50 % and 90 % of the patient's probable values.";
  if (!answer.curves.advised.empty() && !answer.curves.continued.empty()) {
    words += " From the next dose on: under the advised doses; the broken line: as now, " +
             regimen_text(*answer.present) + ".";
  } else if (!answer.curves.continued.empty()) {
    words += " From the next dose on: as now, " + regimen_text(*answer.present) + ".";
  } else if (answer.curves.advised.empty()) {
    words += " Nothing ahead: no doses are known to go on with.";
  }
  html.element("p", {{"class", "note"}}, words);
}

void write_told(HtmlWriter& html, const TwinAnswer& answer) {
  const auto section = html.open("section", {{"id", "told"}});
  html.element("h2", "Told of this treatment");
  if (answer.state->events.empty()) {
    html.element("p", "Nothing yet.");
    return;
  }
  const std::vector<TwinEvent> standing = answer.state->standing();
  const auto table = html.open("table", {{"class", "told"}});
  write_table_head(html, "In the order of time; nothing is ever removed", {"Time", "What", "As given"});
  const auto body = html.open("tbody");
  for (const TwinEvent& event : answer.state->events) {
    const bool stands = std::ranges::find(standing, event) != standing.end();
    const auto row = html.open("tr", {{"class", stands ? "standing" : "withdrawn"}});
    html.element("th", {{"scope", "row"}}, to_text(event.time));
    write_cell(html, "What", event_text(event));
    write_cell(html, "As given", event.as_given);
  }
}

std::string number_of(double value) { return fmt::format("{:.3g}", value); }

void write_parameters(HtmlWriter& html, const Individual& individual) {
  if (individual.parameters.empty()) return;
  const auto table = html.open("table");
  write_table_head(html, "What is particular to this patient",
                   {"Parameter", "Estimate", "90 %", "By genes and covariates alone"});
  const auto body = html.open("tbody");
  for (const ParameterEstimate& one : individual.parameters) {
    const bool is_plain = one.parameter->unit.dimension.is_plain();
    const auto row = html.open("tr");
    html.element("th", {{"scope", "row"}}, one.parameter->title + (is_plain ? "" : ", " + one.parameter->unit.name));
    write_cell(html, "Estimate", number_of(one.estimate));
    write_cell(html, "90 %", number_of(one.low) + " to " + number_of(one.high));
    write_cell(html, "By genes and covariates alone", number_of(one.typical));
  }
}

void write_fits(HtmlWriter& html, const TwinAnswer& answer) {
  if (answer.individual->fits.empty()) return;
  const auto table = html.open("table");
  write_table_head(html, "Each measurement beside what the model makes of it",
                   {"Time", "Measured", "Fitted", "Expected beforehand", "Off by"});
  const auto body = html.open("tbody");
  for (const MeasurementFit& fit : answer.individual->fits) {
    const auto row = html.open("tr");
    html.element("th", {{"scope", "row"}}, to_text(time_of(fit.measured.day, answer.origin)));
    write_cell(html, "Measured", fit.measured.observable + " " + number_text(fit.measured.value, 2));
    write_cell(html, "Fitted", number_of(fit.fitted));
    write_cell(html, "Expected beforehand", number_of(fit.typical));
    write_cell(html, "Off by", fmt::format("{:+.1f} SD", fit.deviations));
  }
}

void write_learned(HtmlWriter& html, const TwinAnswer& answer) {
  const auto section = html.open("section", {{"id", "learned"}});
  html.element("h2", "Learned");
  write_parameters(html, *answer.individual);
  write_fits(html, answer);
  const learning::PosteriorSample& sample = answer.individual->sample;
  html.element(
      "p", {{"class", "note"}},
      fmt::format("{} draws of the posterior, as good as {:.0f} independent ones; {} patients of the prior have "
                  "measurements that lie as far off as these.",
                  sample.weights.size(), sample.effective_size, share_text(answer.individual->surprise)));
}

void write_methods(HtmlWriter& html, const TwinAnswer& answer) {
  const KineticModel& model = *answer.model;
  html.element("h2", "How it was worked out");
  const auto list = html.open("dl", {{"class", "basis"}});
  write_fact(html, "Model", model.title + " (" + model.id + ")");
  write_fact(html, "Source", citation_text(model.citation));
  if (answer.prior.anchored) {
    const AnchoredDose& anchored = *answer.prior.anchored;
    write_fact(html, "Beginning",
               fmt::format("{}: {} mg/week, at which the typical patient with these genes and covariates is at {}",
                           anchored.title, number_text(anchored.mg_per_day * 7, 1), number_text(anchored.target, 2)));
  }
  for (const std::string& unsure : model.unsure) write_fact(html, "Not certain", unsure);
  write_fact(html, "Record begun by", answer.state->program + ", catalogue " + answer.state->catalogue);
}

}  // namespace

std::string html_twin(const TwinAnswer& answer, std::string_view program_version) {
  HtmlWriter html;
  html.doctype();
  {
    const auto page = html.open("html", {{"lang", "en"}, {"data-sample", "Patient " + answer.state->patient}});
    write_head(html, "Course and next dose, " + answer.state->patient, twin_style());
    const auto body = html.open("body");
    write_header(html, answer, program_version);
    const auto main = html.open("main");
    if (answer.is_refused()) {
      write_reasons(html, "Nothing can be said of this patient by this model", answer.refused);
      write_cautions(html, answer);
      write_told(html, answer);
    } else {
      write_dose(html, answer);
      write_cautions(html, answer);
      write_course(html, answer);
      write_told(html, answer);
      write_learned(html, answer);
    }
    write_methods(html, answer);
  }
  return html.take();
}

}  // namespace stardose::pharmaco
