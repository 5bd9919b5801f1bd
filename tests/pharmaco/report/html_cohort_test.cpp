// The page of a cohort: counts, links, nothing from outside.
#include "pharmaco/report/html_cohort.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "pharmaco/report/html_style.h"

namespace {

using namespace stardose::pharmaco;

bool has(std::string_view page, std::string_view text) { return page.find(text) != std::string_view::npos; }

GeneFinding finding(CallStatus status, const std::string& phenotype, int missing) {
  GeneFinding made;
  made.gene = "CYP2C19";
  made.status = status;
  if (!phenotype.empty()) made.phenotypes = {phenotype};
  made.sites_total = 10;
  made.sites_missing = missing;
  return made;
}

CohortReport make_report() {
  const GeneFinding poor = finding(CallStatus::called, "Poor Metabolizer", 0);
  const GeneFinding normal = finding(CallStatus::called, "Normal Metabolizer", 0);
  GeneFinding either = finding(CallStatus::ambiguous, "Normal Metabolizer", 5);
  either.phenotypes.emplace_back("Poor Metabolizer");
  const GeneFinding none = finding(CallStatus::no_call, "", 10);
  CohortReport report;
  report.genes = {count_findings({&poor, &normal, &either, &none}, {1, 5, 1, 3})};
  report.samples = {{"S1", "S1", 12, 3, 80, 1}, {"<b>", "%3Cb%3E", 1, 2, 3, 4}};
  return report;
}

TEST_CASE("findings are counted by what they came to, the most frequent first") {
  const CohortGene gene = make_report().genes.front();
  CHECK(gene.samples == 10);
  CHECK(gene.no_calls == 3);
  CHECK(gene.ambiguous == 1);
  REQUIRE(gene.results.size() == 3);
  CHECK(gene.results[0] == std::pair<std::string, std::size_t>{"Normal Metabolizer", 5});
  CHECK(gene.results[1].first == "Normal Metabolizer or Poor Metabolizer");  // of one each, by name
  REQUIRE(gene.positions_covered.has_value());
  CHECK(*gene.positions_covered == doctest::Approx(0.65));  // (6 x 10 + 1 x 5 + 3 x 0) of 100
}

TEST_CASE("a gene that is typed has no positions to cover") {
  GeneFinding typed = finding(CallStatus::no_call, "", 0);
  typed.sites_total = 0;
  CHECK_FALSE(count_findings({&typed}, {4}).positions_covered.has_value());
}

TEST_CASE("the page shows frequencies, no calls, coverage and the way to each sample") {
  const std::string page = html_cohort(make_report());
  CHECK(has(page, "Normal Metabolizer 50.0 % (5)"));
  CHECK(has(page, "no call 30.0 % (3)"));
  CHECK(has(page, "65.0 %"));
  CHECK(has(page, "<a href=\"S1.html\">S1</a>"));
  CHECK(has(page, "<a href=\"%253Cb%253E.html\">&lt;b&gt;</a>"));
  CHECK_FALSE(has(page, "Agrees with the truth"));
}

TEST_CASE("with a truth the page says how often the calls agree, and how sure that is") {
  CohortReport report = make_report();
  GeneCounts counts;
  counts.of = {6, 0, 0, 2, 1, 1, 4};  // equal, alias, among, same phenotype, different, no call, not comparable
  report.concordance["CYP2C19"] = counts;
  CHECK(has(html_cohort(report), "8 of 10 (49 to 94 %)"));
}

TEST_CASE("the page of a cohort fetches nothing and keeps hostile names text") {
  CohortReport report = make_report();
  report.genes[0].gene = report.samples[0].sample = report.genes[0].results[0].first = "<script>alert(1)</script>";
  const std::string page = html_cohort(report);
  CHECK(has(page, "default-src &#39;none&#39;; style-src &#39;" + escape_html(csp_hash(cohort_style()))));
  CHECK(page.find("<script") == page.rfind("<script"));
  for (const char* text : {"<link", "<img", "http://", "https://", "url(", "@import", " style=", "unsafe"}) {
    CHECK_MESSAGE(!has(page, text), text);
  }
}

}  // namespace
