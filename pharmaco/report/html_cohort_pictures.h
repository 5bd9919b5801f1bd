// Pictures of shares, each with its numbers in words beside it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

struct CohortShare {
  std::string name;
  std::size_t count = 0;
};

/// Writes one bar, a part for each share and a gap for the samples without a call, and the names under it.
/// Requires: samples > 0.
void write_shares(HtmlWriter& html, const std::vector<CohortShare>& shares, std::size_t no_calls, std::size_t samples);

/// Writes a share as a bar, in percent, and the count where there is one.
void write_meter(HtmlWriter& html, double share, std::optional<std::size_t> count, std::string_view css_class);

/// Writes a proportion as a dot with its interval. Requires: of > 0.
void write_proportion(HtmlWriter& html, int hits, int of);

}  // namespace stardose::pharmaco
