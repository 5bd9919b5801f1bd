// Tables and two pictures.
#include "pharmaco/training/card_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "pharmaco/report/html_style.h"
#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

namespace {

using learning::Card;
using learning::CardBin;
using learning::CardValidation;
using learning::Model;

constexpr double side = 240;   // of the calibration plot
constexpr double margin = 36;  // for its numbers
constexpr double bar_width = 180;
constexpr double bar_line = 20;
constexpr std::size_t most_bars = 25;

void write_fact(HtmlWriter& html, std::string_view term, std::string_view value) {
  if (value.empty()) return;
  const auto pair = html.open("div");
  html.element("dt", term);
  html.element("dd", value);
}

void write_label(HtmlWriter& html, double x, double y, std::string_view anchor, std::string_view text) {
  html.element("text", {{"x", fmt::format("{:.1f}", x)}, {"y", fmt::format("{:.1f}", y)}, {"text-anchor", anchor}},
               text);
}

std::string figure_text(double value) { return std::isnan(value) ? "" : fmt::format("{:.4g}", value); }

/// Predicted values go to the right, observed ones up; on the dashed line both are the same.
void write_calibration(HtmlWriter& html, const CardValidation& validation, const std::string& unit) {
  if (validation.calibration.empty()) return;
  double least = validation.calibration.front().predicted;
  double most = least;
  for (const CardBin& bin : validation.calibration) {
    least = std::min({least, bin.predicted, bin.observed});
    most = std::max({most, bin.predicted, bin.observed});
  }
  const double span = most > least ? most - least : 1;
  const auto across = [&](double value) { return margin + side * (value - least) / span; };
  const auto up = [&](double value) { return 10 + side * (1 - (value - least) / span); };
  html.element("h3", "Observed beside predicted, " + validation.name);
  const auto svg = html.open("svg", {{"class", "copies"},
                                     {"viewBox", fmt::format("0 0 {} {}", side + 2 * margin, side + 2 * margin)},
                                     {"role", "img"},
                                     {"aria-label", "Mean observed value by mean predicted value, tenth by tenth"}});
  html.element("path", {{"class", "axis"}, {"d", fmt::format("M{0} 10V{1}H{2}", margin, 10 + side, margin + side)}},
               "");
  html.element(
      "path",
      {{"class", "threshold"}, {"d", fmt::format("M{} {}L{} {}", across(least), up(least), across(most), up(most))}},
      "");
  for (const CardBin& bin : validation.calibration) {
    html.element("circle",
                 {{"class", "measured"},
                  {"cx", fmt::format("{:.1f}", across(bin.predicted))},
                  {"cy", fmt::format("{:.1f}", up(bin.observed))},
                  {"r", "4"}},
                 "");
  }
  write_label(html, margin, 24 + side, "start", figure_text(least));
  write_label(html, margin + side, 24 + side, "end", figure_text(most));
  write_label(html, margin + side / 2, 24 + side, "middle", unit.empty() ? "predicted" : "predicted, " + unit);
  write_label(html, margin + 6, 20, "start", "observed");
}

void write_importance(HtmlWriter& html, const Card& card) {
  if (card.importance.empty()) return;
  html.element("h2", "What matters most");
  html.element(
      "p", {{"class", "note"}},
      "Mean size of an input's contributions to the prediction over the people learned from, on the scale that "
      "is learned.");
  const std::size_t count = std::min(most_bars, card.importance.size());
  const double most = std::max(card.importance.front().value, 1e-300);
  const auto svg = html.open("svg", {{"class", "copies"},
                                     {"viewBox", fmt::format("0 0 480 {}", bar_line * static_cast<double>(count) + 4)},
                                     {"role", "img"},
                                     {"aria-label", "Inputs by importance"}});
  for (std::size_t k = 0; k < count; ++k) {
    const double y = bar_line * static_cast<double>(k) + 2;
    const double width = bar_width * card.importance[k].value / most;
    html.element("path", {{"class", "measured"}, {"d", fmt::format("M200 {}h{:.2f}v14h-{:.2f}z", y, width, width)}},
                 "");
    write_label(html, 192, y + 12, "end", card.importance[k].input);
    write_label(html, 208 + width, y + 12, "start", fmt::format("{:.3g}", card.importance[k].value));
  }
}

void write_figures(HtmlWriter& html, const CardValidation& validation) {
  html.element("h3", "Each predicted by a model that had not seen them, " + validation.name);
  const auto table = html.open("table");
  {
    const auto head = html.open("thead");
    const auto row = html.open("tr");
    html.element("th", {{"scope", "col"}}, "people");
    html.element("th", {{"scope", "col"}}, "n");
    for (const auto& figure : validation.groups.front().figures) {
      html.element("th", {{"scope", "col"}}, figure.unit.empty() ? figure.name : figure.name + ", " + figure.unit);
    }
  }
  const auto body = html.open("tbody");
  for (const learning::CardGroup& group : validation.groups) {
    const auto row = html.open("tr");
    html.element("th", {{"scope", "row"}}, group.column.empty() ? "all" : group.column + ": " + group.level);
    html.element("td", std::to_string(group.rows));
    for (const auto& figure : group.figures) html.element("td", figure_text(figure.value));
  }
}

/// What inner folds chose.
void write_choices(HtmlWriter& html, const CardValidation& validation) {
  if (validation.choices.empty()) return;
  html.element("h3", "Chosen within the people learned from, " + validation.name);
  const auto list = html.open("ul");
  for (const std::string& choice : validation.choices) html.element("li", choice);
}

std::string range_of(const learning::ModelColumn& column) {
  std::string text;
  for (const std::string& level : column.kind.levels) text += (text.empty() ? "" : ", ") + level;
  if (column.lowest && column.highest) text = fmt::format("{} to {}", *column.lowest, *column.highest);
  if (column.least) text += fmt::format("; refused below {}", *column.least);
  if (column.greatest) text += fmt::format("; refused above {}", *column.greatest);
  return column.required ? text + "; must be given" : text;
}

void write_columns(HtmlWriter& html, const Model& model) {
  html.element("h2", "What it takes");
  const auto table = html.open("table");
  {
    const auto head = html.open("thead");
    const auto row = html.open("tr");
    for (const char* title : {"column", "unit", "seen in training", "missing in training"}) {
      html.element("th", {{"scope", "col"}}, title);
    }
  }
  const auto body = html.open("tbody");
  for (const learning::ModelColumn& column : model.columns) {
    const auto row = html.open("tr");
    html.element("th", {{"scope", "row"}}, column.kind.name);
    html.element("td", column.kind.unit);
    html.element("td", range_of(column));
    html.element("td", std::to_string(column.missing));
  }
}

void write_head(HtmlWriter& html, const std::string& title) {
  const auto head = html.open("head");
  html.void_element("meta", {{"charset", "utf-8"}});
  const std::string policy =
      fmt::format("default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'", csp_hash(report_style()));
  html.void_element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  html.void_element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.element("title", title);
  html.style(report_style());
}

void write_header(HtmlWriter& html, const Model& model, const std::string& title) {
  const auto header = html.open("header");
  html.element("h1", title);
  const auto facts = html.open("dl", {{"class", "facts"}});
  write_fact(html, "Predicts",
             model.target.unit.empty() ? model.target.name : model.target.name + ", " + model.target.unit);
  write_fact(html, "Made by", model.source);
  if (model.card) write_fact(html, "People", std::to_string(model.card->people));
  write_fact(html, "Data (SHA-256)", model.training_data);
  write_fact(html, "Signed by", model.signature ? model.signature->key : "nobody");
}

}  // namespace

std::string card_page(const Model& model) {
  const Card card = model.card.value_or(Card{});
  const std::string title = card.title.empty() ? "Model" : card.title;
  HtmlWriter html;
  html.doctype();
  {
    const auto root = html.open("html", {{"lang", "en"}});
    write_head(html, title);
    const auto body = html.open("body");
    const auto content = html.open("main");
    write_header(html, model, title);
    for (const learning::CardSection& section : card.sections) {
      html.element("h2", section.title);
      html.element("p", section.text);
    }
    if (!card.validations.empty()) html.element("h2", "How good it is");
    for (const CardValidation& validation : card.validations) write_figures(html, validation);
    for (const CardValidation& validation : card.validations) write_calibration(html, validation, model.target.unit);
    for (const CardValidation& validation : card.validations) write_choices(html, validation);
    write_importance(html, card);
    for (const std::string& remark : model.remarks) html.element("p", {{"class", "notice"}}, remark);
    write_columns(html, model);
  }
  return html.take();
}

}  // namespace stardose::pharmaco
