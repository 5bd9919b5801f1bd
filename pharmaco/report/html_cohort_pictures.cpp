// SVG: bars are told apart by gaps and order as well as by colour.
#include "pharmaco/report/html_cohort_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pharmaco/concordance/concordance_table.h"
#include "pharmaco/report/evidence.h"

namespace stardose::pharmaco {

namespace {

constexpr double bar_width = 400;
constexpr double meter_width = 100;
constexpr double height = 10;
constexpr double gap = 1.5;
constexpr std::array<std::string_view, 6> shades = {"s1", "s2", "s3", "s4", "s5", "s6"};

std::string bar(double x, double width) { return fmt::format("M{:.1f} 0h{:.1f}v{}h-{:.1f}z", x, width, height, width); }

/// `fit` is how the picture fills its place: `none` stretches bars, dots keep their shape.
HtmlWriter::Element open_picture(HtmlWriter& html, std::string_view css_class, double width, std::string_view fit) {
  const std::string view = fmt::format("0 0 {:.0f} {:.0f}", width, height);
  return html.open("svg",
                   {{"class", css_class}, {"viewBox", view}, {"preserveAspectRatio", fit}, {"aria-hidden", "true"}});
}

// Of what was counted; nothing that is not all or none shows as 100 or 0.
std::string share_text(double share) { return share <= 0 ? "0 %" : share >= 1 ? "100 %" : percent(share); }

void write_path(HtmlWriter& html, std::string_view css_class, const std::string& path) {
  html.element("path", {{"class", css_class}, {"d", path}}, "");
}

double share_of(std::size_t count, std::size_t samples) {
  return static_cast<double>(count) / static_cast<double>(samples);
}

}  // namespace

void write_shares(HtmlWriter& html, const std::vector<CohortShare>& shares, std::size_t no_calls, std::size_t samples) {
  {
    const auto svg = open_picture(html, "shares", bar_width, "none");
    double x = 0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
      const double width = bar_width * share_of(shares[k].count, samples);
      write_path(html, shades.at(std::min(k, shades.size() - 1)), bar(x, std::max(width - gap, 0.3)));
      x += width;
    }
  }
  const auto list = html.open("ul", {{"class", "shares"}});
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const auto item = html.open("li");
    {
      const auto key = open_picture(html, "key", height, "none");
      write_path(html, shades.at(std::min(k, shades.size() - 1)), bar(0, height));
    }
    html.text(
        fmt::format("{} {} ({})", shares[k].name, share_text(share_of(shares[k].count, samples)), shares[k].count));
  }
  if (no_calls > 0)
    html.element("li", fmt::format("no call {} ({})", share_text(share_of(no_calls, samples)), no_calls));
}

void write_meter(HtmlWriter& html, double share, std::optional<std::size_t> count, std::string_view css_class) {
  {
    const auto svg = open_picture(html, "meter", meter_width, "none");
    write_path(html, "track", bar(0, meter_width));
    if (share > 0) write_path(html, css_class, bar(0, meter_width * share));
  }
  const std::string text = share_text(share);
  html.text(count ? fmt::format("{} ({})", text, *count) : text);
}

void write_proportion(HtmlWriter& html, int hits, int of) {
  const Interval interval = wilson_interval(hits, of);
  const double share = static_cast<double>(hits) / of;
  {
    const auto svg = open_picture(html, "meter", meter_width, "xMinYMid");
    write_path(html, "track", bar(0, meter_width));
    write_path(html, "interval",
               fmt::format("M{:.1f} {}H{:.1f}", meter_width * interval.low / 100, height / 2,
                           meter_width * interval.high / 100));
    html.element("circle",
                 {{"class", "deep"},
                  {"cx", fmt::format("{:.1f}", std::clamp(meter_width * share, 4.0, meter_width - 4))},
                  {"cy", fmt::format("{}", height / 2)},
                  {"r", "4"}},
                 "");
  }
  html.text(fmt::format("{} of {} ({:.0f} to {:.0f} %)", hits, of, interval.low, interval.high));
}

}  // namespace stardose::pharmaco
