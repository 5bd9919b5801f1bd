// Marks, sentences, reasons and sources.
#include "pharmaco/report/html_advice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>

namespace stardose::pharmaco {

namespace {

struct Mark {
  std::string_view word;
  std::string_view css_class;
  std::string_view path;  ///< in a 16 x 16 box
};

constexpr Mark action_mark = {"ACTION", "mark action", "M8 1 15.5 15H.5z"};
constexpr Mark caution_mark = {"CAUTION", "mark caution", "M8 1a7 7 0 1 0 .01 0z"};
constexpr Mark unknown_mark = {"UNKNOWN", "mark unknown",
                               "M3.5 6a4.5 4.5 0 1 1 6 4.2l-.2.8H6.7V8.2C8.6 8.2 9.4 7 9.4 6A1.6 1.6 0 0 0 6.2 6z"
                               "M6.6 12.6h2.8V15.4H6.6z"};
constexpr Mark none_mark = {"NO CHANGE", "mark none", "M1 6.5h14v3H1z"};

const Mark& mark_of(AdviceLevel level) {
  switch (level) {
    case AdviceLevel::action: return action_mark;
    case AdviceLevel::caution: return caution_mark;
    case AdviceLevel::unknown: return unknown_mark;
    case AdviceLevel::none: return none_mark;
  }
  return unknown_mark;
}

bool contains(std::string_view sentence, std::string_view words) {
  return sentence.find(words) != std::string_view::npos;
}

/// Past the stop of the sentence that begins here.
std::size_t end_of_sentence(std::string_view text, std::size_t begin) {
  const std::size_t stop = text.find(". ", begin);
  return stop == std::string_view::npos ? text.size() : stop + 1;
}

/// Past the last sentence that says what to do, how much, or what instead; conditions and what to watch follow it.
std::size_t end_of_core(const Advice& advice) {
  const std::string_view text = advice.sentence;
  const auto is_core = [&](std::string_view sentence) {
    if (!advice.dose_percent.empty() && contains(sentence, advice.dose_percent + " %")) return true;
    if (!advice.dose_limit.empty() && contains(sentence, advice.dose_limit)) return true;
    return std::ranges::any_of(advice.alternatives, [&](const std::string& drug) { return contains(sentence, drug); });
  };
  std::size_t core = end_of_sentence(text, 0);
  for (std::size_t begin = core; begin < text.size();) {
    const std::size_t end = end_of_sentence(text, begin);
    if (is_core(text.substr(begin, end - begin))) core = end;
    begin = end;
  }
  return core;
}

void write_fact(HtmlWriter& html, std::string_view label, std::string_view value) {
  const auto line = html.open("div", {{"class", "fact"}});
  html.element("b", label);
  html.text(" ");
  html.text(value);
}

void write_dose(HtmlWriter& html, const Advice& advice) {
  const std::string dose = advice.dose_percent + " %";
  if (!advice.dose_percent.empty() && !contains(advice.sentence, dose)) {
    write_fact(html, "Dose:", dose + " of the usual dose");
  }
  if (!advice.dose_limit.empty() && !contains(advice.sentence, advice.dose_limit)) {
    write_fact(html, "Limit:", advice.dose_limit);
  }
  const bool are_said = std::all_of(advice.alternatives.begin(), advice.alternatives.end(),
                                    [&](const std::string& drug) { return contains(advice.sentence, drug); });
  if (!are_said) write_fact(html, "Alternatives:", fmt::format("{}", fmt::join(advice.alternatives, ", ")));
}

void write_mark(HtmlWriter& html, std::string_view css_class, AdviceLevel shape, std::string_view word) {
  const auto span = html.open("span", {{"class", css_class}});
  write_shape(html, shape);
  html.text(word);
}

}  // namespace

void write_shape(HtmlWriter& html, AdviceLevel level) {
  const auto svg = html.open("svg", {{"viewBox", "0 0 16 16"}, {"aria-hidden", "true"}});
  html.element("path", {{"d", mark_of(level).path}}, "");
}

void write_coloured_shape(HtmlWriter& html, AdviceLevel level) {
  const auto svg = html.open("svg", {{"class", to_string(level)}, {"viewBox", "0 0 16 16"}, {"aria-hidden", "true"}});
  html.element("path", {{"d", mark_of(level).path}}, "");
}

void write_mark(HtmlWriter& html, AdviceLevel level) {
  write_mark(html, mark_of(level).css_class, level, mark_of(level).word);
}

void write_uncovered_mark(HtmlWriter& html) {
  write_mark(html, unknown_mark.css_class, AdviceLevel::unknown, "NOT COVERED");
}

void write_instruction(HtmlWriter& html, const Advice& advice) {
  write_mark(html, advice.level);
  html.text(" ");
  std::vector<std::string_view> populations;
  if (!advice.population.empty()) populations.emplace_back(advice.population);
  write_instruction(html, advice, populations);
}

void write_instruction(HtmlWriter& html, const Advice& advice, const std::vector<std::string_view>& populations) {
  if (!populations.empty()) {
    html.element("i", fmt::format("{}:", fmt::join(populations, "; ")));
    html.text(" ");
  }
  const std::string_view sentence = advice.sentence;
  const std::size_t first = end_of_sentence(sentence, 0);
  const std::size_t core = end_of_core(advice);
  html.element("strong", sentence.substr(0, first));
  html.text(sentence.substr(first, core - first));
  if (core < sentence.size()) html.element("span", {{"class", "more"}}, sentence.substr(core));
  write_dose(html, advice);
  if (!advice.note.empty()) write_fact(html, "Not certain:", advice.note);
}

void write_basis(HtmlWriter& html, const std::vector<AdviceBasis>& basis) {
  for (const AdviceBasis& result : basis) {
    const auto line = html.open("p", {{"class", "result"}});
    html.element("b", result.gene);
    html.text(" ");
    html.text(result.diplotype.empty() ? "not called" : result.diplotype);
    if (!result.diplotype.empty() && !result.phenotype.empty()) html.text(", " + result.phenotype);
  }
}

void write_source(HtmlWriter& html, const Advice& advice) {
  html.element("b", advice.source);
  if (!advice.strength.empty()) html.text(", " + advice.strength);
  if (!advice.version.empty()) html.element("span", {{"class", "date"}}, " " + advice.version);
}

void write_table_head(HtmlWriter& html, std::string_view caption, const std::vector<std::string_view>& headings) {
  html.element("caption", caption);
  const auto head = html.open("thead");
  const auto row = html.open("tr");
  for (const std::string_view heading : headings) html.element("th", {{"scope", "col"}}, heading);
}

}  // namespace stardose::pharmaco
