// What the head of every page has, and the form that finds things on it.
#pragma once

#include <span>
#include <string_view>

#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

/// Writes the head: a policy that lets the page's own style and script run and nothing be fetched.
void write_head(HtmlWriter& html, std::string_view title, StyleSheet style);

/// Writes a name and a value; an empty value is `not stated`. Requires: a `dl` is open.
void write_fact(HtmlWriter& html, std::string_view term, std::string_view value);

/// One part of a page that a reader can choose to see.
struct FinderChoice {
  std::string_view kind;  ///< `data-kind` of its sections
  std::string_view words;
};

/// Writes the form, hidden until the script runs: without it nothing could be found, and everything is shown.
void write_finder(HtmlWriter& html, std::string_view label, std::span<const FinderChoice> choices);

}  // namespace stardose::pharmaco
