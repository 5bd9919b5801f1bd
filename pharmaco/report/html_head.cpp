// Head and finder.
#include "pharmaco/report/html_head.h"

#include <fmt/format.h>

#include <string>

#include "pharmaco/report/html_style.h"

namespace stardose::pharmaco {

namespace {

void write_choice(HtmlWriter& html, const FinderChoice& choice, bool is_first) {
  const auto label = html.open("label");
  if (is_first) {
    html.void_element("input", {{"type", "radio"}, {"name", "show"}, {"value", choice.kind}, {"checked", ""}});
  } else {
    html.void_element("input", {{"type", "radio"}, {"name", "show"}, {"value", choice.kind}});
  }
  html.text(choice.words);
}

}  // namespace

void write_head(HtmlWriter& html, std::string_view title, StyleSheet style) {
  const auto head = html.open("head");
  html.void_element("meta", {{"charset", "utf-8"}});
  static const std::string script = csp_hash(report_script());
  const std::string policy =
      fmt::format("default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
                  csp_hash(style), script);
  html.void_element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  html.void_element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.void_element("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.element("title", title);
  html.style(style);
}

void write_fact(HtmlWriter& html, std::string_view term, std::string_view value) {
  const auto pair = html.open("div");
  html.element("dt", term);
  const auto description = html.open("dd");
  html.element("bdi", value.empty() ? "not stated" : value);
}

void write_finder(HtmlWriter& html, std::string_view label, std::span<const FinderChoice> choices) {
  const auto form = html.open("form", {{"class", "find"}, {"role", "search"}, {"hidden", ""}});
  {
    const auto field = html.open("label");
    html.text(label);
    html.void_element("input", {{"type", "search"}, {"autocomplete", "off"}, {"spellcheck", "false"}});
  }
  if (!choices.empty()) {
    const auto fieldset = html.open("fieldset");
    html.element("legend", "Show");
    for (const FinderChoice& choice : choices) write_choice(html, choice, &choice == choices.data());
  }
  html.element("output", {{"aria-live", "polite"}}, "");
}

}  // namespace stardose::pharmaco
