// SVG without script: shapes as paths, colours from the stylesheet, told apart by form as well.
#include "pharmaco/report/html_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

namespace {

// In user units; the stylesheet says how large a unit is.
constexpr double picture_width = 300;
constexpr double bars_height = 40;
constexpr double mark_height = 4;
constexpr double widest_bar = 8;
constexpr double line_height = 22;
constexpr double label_width = 150;

std::string bar(double x, double width, double height) {
  return fmt::format("M{:.2f} {:.2f}v-{:.2f}h{:.2f}v{:.2f}z", x, bars_height, height, width, height);
}

std::string mark_under(double x, double width) {
  return fmt::format("M{:.2f} {:.2f}h{:.2f}v{:.2f}h-{:.2f}z", x, bars_height + 2, width, mark_height, width);
}

void write_path(HtmlWriter& html, std::string_view css_class, std::string_view path) {
  if (!path.empty()) html.element("path", {{"class", css_class}, {"d", path}}, "");
}

void write_label(HtmlWriter& html, double x, double y, std::string_view anchor, std::string_view text) {
  html.element("text", {{"x", fmt::format("{:.1f}", x)}, {"y", fmt::format("{:.1f}", y)}, {"text-anchor", anchor}},
               text);
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

// Some positions are far deeper than others; a hundred of the largest may be cut off at the top.
std::uint32_t depth_shown(const CoverageReport& coverage) {
  std::vector<std::uint32_t> depths;
  for (const GeneCoverage& gene : coverage.genes) {
    for (const PositionCoverage& position : gene.positions) depths.push_back(position.usable);
  }
  const auto least = static_cast<std::uint32_t>(std::max(1, 2 * coverage.min_depth));
  if (depths.empty()) return least;
  const auto high = depths.begin() + static_cast<std::ptrdiff_t>(depths.size() * 95 / 100);
  std::ranges::nth_element(depths, high);
  return std::max(least, *high + *high / 4);
}

void write_depth_picture(HtmlWriter& html, const GeneCoverage& gene, int min_depth, std::uint32_t depth_shown) {
  const double scale = bars_height / depth_shown;
  const double step = std::min(widest_bar, picture_width / static_cast<double>(gene.positions.size()));
  const double width = step > 3 ? step - 1 : step;
  std::string deep;
  std::string shallow;
  std::string marks;
  double x = 0;
  for (const PositionCoverage& position : gene.positions) {
    const double height = scale * std::min(position.usable, depth_shown);
    if (height > 0) (position.is_callable ? deep : shallow) += bar(x, width, height);
    if (!position.is_callable) marks += mark_under(x, width);
    x += step;
  }
  const std::string view = fmt::format("0 0 {:.0f} {:.0f}", picture_width, bars_height + 2 + mark_height);
  const auto svg = html.open("svg", {{"class", "depth"}, {"viewBox", view}, {"role", "img"}});
  html.element("title", fmt::format("Depth at the {} of {}", counted(gene.positions.size(), "position"), gene.gene));
  const std::size_t open = gene.positions.size() - gene.callable();
  html.element("desc", fmt::format("Usable reads at each position, left to right: least {}, mean {:.0f}; the height is "
                                   "{} reads, the broken line {}. {}",
                                   gene.least_depth(), gene.mean_depth(), depth_shown, min_depth,
                                   open == 0 ? std::string{"All are callable."}
                                             : counted(open, "position") + " marked below: not callable."));
  write_path(html, "deep", deep);
  write_path(html, "shallow", shallow);
  write_path(html, "shallow", marks);
  write_path(html, "axis", fmt::format("M0 {:.1f}h{:.1f}", bars_height + 0.5, x));
  write_path(html, "threshold", fmt::format("M0 {:.1f}h{:.1f}", bars_height - scale * min_depth, x));
}

void write_copies_picture(HtmlWriter& html, std::string_view gene, const StructureFinding& structure) {
  double most = 2;
  for (const StretchFinding& stretch : structure.stretches) {
    most = std::max({most, stretch.measured, stretch.expected});
  }
  const int highest = static_cast<int>(std::ceil(most));
  const double unit = picture_width / (highest + 0.5);
  const double height = line_height * static_cast<double>(structure.stretches.size()) + line_height;
  const std::string view = fmt::format("0 0 {:.0f} {:.0f}", label_width + picture_width, height);
  const auto svg = html.open("svg", {{"class", "copies"}, {"viewBox", view}, {"role", "img"}});
  html.element("title", fmt::format("Copies of {} by stretch", gene));
  html.element("desc",
               "A line a stretch: the upright stroke is the number of copies that the call expects, the dot "
               "the number measured. The table beside says the same in figures.");
  std::string grid;
  for (int copies = 0; copies <= highest; ++copies) {
    const double x = label_width + unit * copies;
    grid += fmt::format("M{:.1f} 0V{:.1f}", x, height - line_height);
    write_label(html, x, height - 6, "middle", std::to_string(copies));
  }
  std::string strokes;
  std::string dots;
  double y = line_height / 2;
  for (const StretchFinding& stretch : structure.stretches) {
    write_label(html, label_width - 10, y + 4, "end", stretch.stretch);
    strokes += fmt::format("M{:.1f} {:.1f}v16", label_width + unit * stretch.expected, y - 8);
    // A circle of radius 4 as two arcs.
    dots += fmt::format("M{:.1f} {:.1f}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
                        label_width + unit * std::max(stretch.measured, 0.0) - 4, y);
    y += line_height;
  }
  write_path(html, "grid", grid);
  write_path(html, "expected", strokes);
  write_path(html, "measured", dots);
}

}  // namespace stardose::pharmaco
