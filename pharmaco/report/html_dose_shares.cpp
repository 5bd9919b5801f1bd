// SVG without script: names to the left, bars from one line.
#include "pharmaco/report/html_dose_shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "pharmaco/dosing/dose_words.h"

namespace stardose::pharmaco {

namespace {

// In user units; the stylesheet says how large a unit is.
constexpr double picture_width = 420;
constexpr double line_height = 20;
constexpr double bar_height = 10;
constexpr double zero = 330;  // where nothing is added
constexpr double reach = 86;  // of the largest bar
constexpr std::size_t longest_name = 34;

/// Without what stands in brackets, and not longer than its column.
std::string short_name(const std::string& title) {
  std::string name = title.substr(0, title.find(" ("));
  if (name.size() <= longest_name) return name;
  return name.substr(0, name.rfind(' ', longest_name)) + " …";
}

void write_bar(HtmlWriter& html, double y, const ModelShares::Share& share, double unit) {
  html.element("text", {{"x", "0"}, {"y", fmt::format("{:.1f}", y + bar_height)}},
               fmt::format("{} {:+.2f}", short_name(share.title), share.value));
  const double width = std::max(std::abs(share.value) * unit, 0.5);
  html.element("path",
               {{"class", share.value < 0 ? "other" : "deep"},
                {"d", fmt::format("M{:.1f} {:.1f}h{:.1f}v{:.1f}h{:.1f}z", zero, y + 1, share.value < 0 ? -width : width,
                                  bar_height, share.value < 0 ? width : -width)}},
               "");
}

}  // namespace

void write_dose_shares(HtmlWriter& html, const DoseEstimate& estimate) {
  if (!estimate.shares) return;
  const std::vector<ModelShares::Share> shares = largest_shares(*estimate.shares);
  double most = 0;
  for (const auto& share : shares) most = std::max(most, std::abs(share.value));
  if (shares.empty() || most == 0) return;
  html.element("h4", "What each input adds");
  html.element("p", {{"class", "note"}},
               fmt::format("Against the average patient of the training data, on the scale that the model learned on "
                           "({}: {:.2f} on average, {:.2f} here). To the right: a higher dose.",
                           estimate.shares->scale, estimate.shares->expectation, estimate.shares->sum));
  const std::string view =
      fmt::format("0 0 {:.0f} {:.0f}", picture_width, line_height * static_cast<double>(shares.size()));
  const auto svg = html.open("svg", {{"class", "doses"}, {"viewBox", view}, {"role", "img"}});
  html.element("title", "What each input adds");
  html.element("desc", shares_text(*estimate.shares));
  double y = 3;
  for (const auto& share : shares) {
    write_bar(html, y, share, reach / most);
    y += line_height;
  }
  html.element("path", {{"class", "interval"}, {"d", fmt::format("M{0:.1f} 0V{1:.1f}", zero, y)}}, "");
}

}  // namespace stardose::pharmaco
