// Coverage and copies on the page.
#include "pharmaco/report/html_coverage.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "pharmaco/report/html_pictures.h"
#include "pharmaco/report/html_report.h"

using namespace stardose::pharmaco;

namespace {

bool has(std::string_view page, std::string_view text) { return page.find(text) != std::string_view::npos; }

std::size_t times(std::string_view page, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = page.find(text); at != std::string_view::npos; at = page.find(text, at + 1)) ++count;
  return count;
}

GeneCoverage gene(const std::string& symbol, bool has_guidance, std::vector<std::uint32_t> depths) {
  GeneCoverage coverage{symbol, has_guidance, {}};
  for (const std::uint32_t depth : depths) coverage.positions.push_back({0, "chr1:1", depth, depth, 60, depth >= 10});
  return coverage;
}

SampleReport report() {
  SampleReport report;
  report.sample = "S1";
  report.coverage =
      CoverageReport{10,
                     20,
                     13,
                     0.9,
                     {gene("CYP2C19", true, {30, 31, 29}), gene("TPMT", true, {30, 4, 0}), gene("ABCB1", false, {3})}};
  return report;
}

GeneFinding structural() {
  GeneFinding finding;
  finding.gene = "CYP2D6";
  finding.status = CallStatus::called;
  finding.diplotypes = {"*4/*5"};
  finding.posteriors = {0.97};
  finding.structure = StructureFinding{
      {1}, {"whole gene deleted"}, {{"whole gene", 1.04, 1, 0}, {"exon 9", 2.98, 3, 6}}, 14.8, "the flanks", 321};
  finding.runner_up = "*4/*4";
  finding.runner_up_why = "2.0 % probable by the reads";
  return finding;
}

std::string written(const SampleReport& report) {
  HtmlWriter html;
  write_coverage(html, report);
  return html.take();
}

}  // namespace

TEST_CASE("one line says how much is callable and what falls short; the figures are folded") {
  const std::string page = written(report());
  CHECK(has(page, "4 of 7 positions are callable: at least 10 usable reads (5 on a single copy). Mean depth 18."));
  CHECK(has(page, "<b>Under 90 % callable:</b> TPMT (33 %).</p>"));
  CHECK(times(page, "<details>") == 2);
  CHECK(has(page, "<summary>Coverage of each gene</summary>"));
  CHECK(has(page, "<summary>Coverage of genes without a guideline here</summary>"));
  const std::string_view open = std::string_view{page}.substr(0, page.find("<details>"));
  CHECK_FALSE(has(open, "<table"));
  CHECK_FALSE(has(open, "<svg"));
}

TEST_CASE("the table has a row a gene, with a mark where it falls short") {
  const std::string page = written(report());
  CHECK(has(page, "<td data-label=\"Callable\">3 of 3 (100 %)</td>"));
  CHECK(times(page, "<span class=\"mark caution\">") == 2);
  CHECK(has(page, "1 of 3 (33 %)</span>"));
  CHECK(has(page, "<td data-label=\"Least depth\">29</td>"));
}

TEST_CASE("a picture says in words what it shows, and marks by form what is not callable") {
  HtmlWriter html;
  write_depth_picture(html, gene("TPMT", true, {30, 4, 0}), 10, 40);
  const std::string svg = html.take();
  CHECK(has(svg, "role=\"img\""));
  CHECK(has(svg, "<title>Depth at the 3 positions of TPMT</title>"));
  CHECK(has(svg,
            "least 0, mean 11; the height is 40 reads, the broken line 10. 2 positions marked below: not callable."));
  CHECK(has(svg, "<path class=\"deep\" d=\"M0.00 40.00v-30.00h7.00v30.00z\">"));
  CHECK(has(svg, "<path class=\"shallow\" d=\"M8.00 40.00v-4.00h7.00v4.00z\">"));
  CHECK(has(svg, "<path class=\"shallow\" d=\"M8.00 42.00h7.00v4.00h-7.00zM16.00 42.00h7.00v4.00h-7.00z\">"));
  CHECK(has(svg, "<path class=\"threshold\" d=\"M0 30.0h24.0\">"));
  CHECK_FALSE(has(svg, "style="));
}

TEST_CASE("bars of many positions fit the picture, and those too deep are cut at its top") {
  HtmlWriter html;
  write_depth_picture(html, gene("DPYD", true, std::vector<std::uint32_t>(600, 500)), 10, 40);
  const std::string svg = html.take();
  CHECK(has(svg, "M299.50 40.00v-40.00h0.50v40.00z"));
  CHECK(has(svg, "All are callable."));
}

TEST_CASE("one height for all pictures, above the threshold and above nearly every depth") {
  CHECK(depth_shown({}) == 1);
  CHECK(depth_shown({.min_depth = 10}) == 20);
  CoverageReport coverage{.min_depth = 10};
  std::vector<std::uint32_t> depths(100, 32);
  depths.back() = 9000;
  coverage.genes = {gene("A", true, depths)};
  CHECK(depth_shown(coverage) == 40);
}

TEST_CASE("copies are shown by stretch, as a picture and in figures") {
  SampleReport with = report();
  with.genes = {structural()};
  const std::string page = written(with);
  CHECK(has(page, "<summary>How the copies of CYP2D6 were counted</summary>"));
  CHECK(has(page, "<b>*4/*5</b>, 97.0 % probable: whole gene deleted (1 copy of the gene)."));
  CHECK(has(page, "Next: *4/*4, 2.0 % probable by the reads."));
  CHECK(has(page, "<title>Copies of CYP2D6 by stretch</title>"));
  CHECK(has(page, "<path class=\"expected\""));
  CHECK(has(page, "<path class=\"measured\""));
  CHECK(has(page,
            "<td data-label=\"Copies measured\">2.98</td><td data-label=\"Expected\">3</td>"
            "<td data-label=\"Rests on\">6 differences</td>"));
  CHECK(has(page,
            "321 read pairs or reads say something of the gene. One copy has 14.8 reads over a base, from the "
            "flanks."));
}

TEST_CASE("a sample of variant files has none of it, and a hostile name stays text") {
  SampleReport plain = report();
  plain.coverage.reset();
  CHECK(written(plain).empty());
  SampleReport hostile = report();
  hostile.coverage->genes = {gene("<b onload=x>", true, {1})};
  const std::string page = html_report(hostile);
  CHECK_FALSE(has(page, "<b onload"));
  CHECK(has(page, "Read from an alignment. Positions with fewer than 10 usable reads count as not tested."));
}
