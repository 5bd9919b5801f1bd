// The report as a page: what a reader must find, and what must not be there.
#include "pharmaco/report/html_report.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "pharmaco/report/html_style.h"
#include "tests/builders/sample_report.h"

namespace {

using namespace stardose::pharmaco;
using namespace stardose::test;

TEST_CASE("the header names sample, catalogue, program, assembly and standing") {
  const std::string page = html_report(make_report());
  CHECK(has(page, "<bdi>S1</bdi>"));
  CHECK(has(page, "<bdi>2026.11 (2026-11-21)</bdi>"));
  CHECK(has(page, "<bdi>StarDose 0.1.0</bdi>"));
  CHECK(has(page, "<bdi>GRCh38</bdi>"));
  CHECK(has(page, "Preliminary until confirmed."));
  CHECK(has(page, "Decision support for professionals, not a medical device."));
}

TEST_CASE("the summary counts each drug once") {
  const std::string page = html_report(make_report());
  CHECK(has(page, "<b>1</b><span>drugs need action"));
  CHECK(has(page, "<b>3</b><span>could not be determined"));
  CHECK(has(page, "<b>1</b><span>need no change"));
}

TEST_CASE("advice of two guidelines on one drug stands on one card, the most demanding first") {
  const std::string page = html_report(make_report());
  const std::string_view cards = section(page, "needs-action");
  CHECK(has(cards, "<li class=\"drug action\"><h3>"));
  CHECK(has(cards, "ACTION</span>clopidogrel</h3>"));
  const std::size_t first = cards.find("<strong>Choose another drug.</strong> Options: prasugrel.");
  const std::size_t second = cards.find("CAUTION</span> <strong>Give more clopidogrel than usual.</strong>");
  REQUIRE(second != std::string_view::npos);
  CHECK(first < second);
  CHECK(has(cards, "<b>CPIC</b>, strong"));
  CHECK(has(cards, "<b>DPWG</b><span class=\"date\"> 2022-03-14</span>"));
}

TEST_CASE("dose, limit and alternatives are added unless the sentence gives them") {
  const std::string page = html_report(make_report());
  CHECK(has(page, "<b>Dose:</b> 200 % of the usual dose"));
  CHECK(has(page, "<b>Limit:</b> 150 mg/day"));
  CHECK(has(page, "<b>Alternatives:</b> ticagrelor"));
  CHECK_FALSE(has(page, "<b>Alternatives:</b> prasugrel"));
}

TEST_CASE("genes that no guideline asks for take little room and are no open question") {
  SampleReport report = make_report();
  const std::string before = html_report(report);
  CHECK_FALSE(has(before, "Genes without a guideline here"));
  for (const CallStatus status : {CallStatus::called, CallStatus::ambiguous, CallStatus::no_call}) {
    GeneFinding gene = make_gene("GENE" + std::to_string(static_cast<int>(status)), status, "", "");
    gene.has_guidance = false;
    if (status != CallStatus::no_call) gene.diplotypes = {"*3/*4"};
    if (status == CallStatus::ambiguous) gene.diplotypes.emplace_back("*5/*6");
    if (status == CallStatus::no_call) gene.reason = "nothing fits";
    report.genes.push_back(gene);
  }
  const std::string page = html_report(report);
  const std::string_view genes = section(page, "genes");
  CHECK(has(genes, "3 more genes were examined"));
  CHECK(has(genes, "1 called, 1 ambiguous, 1 not called"));
  CHECK(has(genes, "</b> *3/*4</li>"));
  CHECK(has(genes, "</b> *3/*4 or *5/*6</li>"));
  CHECK(has(genes, "(nothing fits)"));
  CHECK_FALSE(has(genes, "<th scope=\"row\">GENE"));
  CHECK(section(page, "undetermined") == section(before, "undetermined"));
}

TEST_CASE("the consequence precedes the gene result") {
  const std::string page = html_report(make_report());
  const std::string_view table = section(page, "needs-action");
  CHECK(table.find("consequence of clopidogrel") < table.find("<b>CYP2C19</b> *2/*2, Poor Metabolizer"));
}

TEST_CASE("a gene without a result is listed with its drugs and what would settle it") {
  const std::string page = html_report(make_report());
  const std::string_view table = section(page, "undetermined");
  CHECK(has(table, "copy number decides this gene."));
  CHECK(has(table, ">codeine</td>"));
  CHECK(has(table, "A dedicated CYP2D6 test; here 3 of 10 positions are missing."));
}

TEST_CASE("a gene that only advice names counts as not tested") {
  const std::string page = html_report(make_report());
  const std::string_view table = section(page, "undetermined");
  CHECK(has(table, "HLA-B"));
  CHECK(has(table, "Not tested."));
}

TEST_CASE("a called gene with an indeterminate phenotype is undetermined") {
  const std::string page = html_report(make_report());
  CHECK(has(section(page, "undetermined"), "c.1A&gt;G/c.2A&gt;G was found; what it does is not known."));
}

TEST_CASE("a drug that the guideline leaves open is listed apart from the genes") {
  const std::string page = html_report(make_report());
  const std::string_view text = section(page, "undetermined");
  const std::size_t apart = text.find("The guideline does not decide for this result");
  REQUIRE(apart != std::string_view::npos);
  const std::string_view table = text.substr(apart, text.find("</ul>", apart) - apart);
  CHECK(has(table, "mavacamten"));
  CHECK_FALSE(has(table, "codeine"));
}

TEST_CASE("an undetermined drug never appears under no change") {
  const std::string page = html_report(make_report());
  const std::string_view list = section(page, "no-change");
  CHECK(has(list, "<li>azathioprine</li>"));
  for (const char* drug : {"codeine", "mavacamten", "phenytoin", "clopidogrel"}) CHECK_FALSE(has(list, drug));
}

TEST_CASE("ambiguous diplotypes of one phenotype are a result, of two phenotypes are none") {
  SampleReport report;
  report.genes = {make_gene("NAT2", CallStatus::ambiguous, "*4/*5", "Intermediate Metabolizer")};
  report.genes[0].diplotypes.push_back("*11/*6");
  const std::string decided = html_report(report);
  CHECK(has(section(decided, "genes"), "*4/*5 or *11/*6"));
  CHECK_FALSE(has(section(decided, "undetermined"), "NAT2"));
  report.genes[0].phenotypes.push_back("Poor Metabolizer");
  CHECK(has(section(html_report(report), "undetermined"), "NAT2"));
}

TEST_CASE("alleles that missing positions leave open are named beside the call") {
  SampleReport report = make_report();
  report.genes[0].untested_alleles = {"*9", "*10", "*11", "*12", "*13"};
  report.genes[0].missing_sites = {"chr10:94761900 rs12248560"};
  const std::string page = html_report(report);
  const std::string_view genes = section(page, "genes");
  CHECK(has(genes, "Not excluded: *9; *10; *11; *12 and 1 more."));
  CHECK(has(genes, "Missing positions: chr10:94761900 rs12248560."));
  CHECK(has(genes, "Alleles not excluded: *9; *10; *11; *12; *13."));
}

TEST_CASE("the page says what speaks for the positions, and what a genotype had to reach") {
  SampleReport report = make_report();
  report.genes[0].sites_missing = 2;
  report.genes[0].sites_in_blocks = 5;
  report.genes[0].sites_filtered = 1;
  report.genes[0].missing_sites = {"chr10:1", "chr10:2"};
  report.genes[0].filtered_sites = {"chr10:2 (GQ)"};
  report.thresholds = {.filters = {"PASS", "q10"}, .min_depth = 15, .min_genotype_quality = 33};
  const std::string page = html_report(report);
  CHECK(has(page, "8 of 10, 5 in blocks; 1 filtered"));
  CHECK(has(page, "Missing positions: chr10:1; chr10:2. Of these filtered: chr10:2 (GQ)."));
  CHECK(has(page, "FILTER and FT were PASS or q10, DP was at least 15 (8 on a single copy), GQ at least 33"));
}

TEST_CASE("the page says how absent positions were read") {
  SampleReport report = make_report();
  CHECK(has(html_report(report), "Positions absent from the input count as not tested."));
  report.assume_reference = true;
  report.genes[0].sites_assumed = 7;
  const std::string page = html_report(report);
  CHECK(has(page, "Positions absent from the input were taken as reference at the user&#39;s word."));
  CHECK(has(page, "This holds for 7 positions."));
  CHECK(has(page, "10 of 10, 7 assumed"));
  CHECK_FALSE(has(page, "count as not tested"));
}

TEST_CASE("the policy allows the page's own style and script and nothing else") {
  const std::string page = html_report(make_report());
  CHECK(has(page, "default-src &#39;none&#39;; style-src &#39;" + escape_html(csp_hash(report_style())) +
                      "&#39;; script-src &#39;" + escape_html(csp_hash(report_script())) + "&#39;"));
  CHECK(page.find("<script") == page.rfind("<script"));
  for (const char* text : {"<link", "<img", "http://", "https://", "url(", "@import", " style=", "unsafe"}) {
    CHECK_MESSAGE(!has(page, text), text);
  }
}

TEST_CASE("the hash is SHA-256 in Base64") {
  CHECK(csp_hash(StyleSheet("p{}")) == "sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y=");
}

TEST_CASE("hostile text in any place stays text") {
  const std::string hostile = "<script>alert(1)</script>\x01\"'>";
  SampleReport report = make_report();
  report.sample = report.assembly = report.program_version = report.catalogue_date = hostile;
  report.attributions = {hostile};
  for (Advice& advice : report.advice) {
    advice.drug = advice.sentence = advice.source = advice.strength = advice.version = advice.dose_limit = hostile;
    advice.population = advice.consequence = advice.guideline = hostile;
    advice.alternatives = advice.pmids = {hostile};
    advice.basis = {{hostile, hostile, hostile}};
  }
  for (GeneFinding& gene : report.genes) {
    gene.gene = gene.reason = gene.basis = gene.phasing = hostile;
    gene.diplotypes = gene.phenotypes = gene.activity_scores = {hostile};
    gene.missing_sites = gene.untested_alleles = gene.remarks = {hostile};
  }
  report.medications = {{{hostile, {}, hostile}, {hostile, {hostile}, ""}}};
  const std::string page = html_report(report);
  CHECK(page.find("<script") == page.rfind("<script"));  // the page's own
  CHECK_FALSE(has(page, "<script>alert"));
  CHECK_FALSE(has(page, "\x01"));
}

TEST_CASE("a report without genes and drugs says so") {
  const std::string page = html_report(SampleReport{});
  CHECK(has(section(page, "needs-action"), "No drug with a guideline here needs action"));
  CHECK(has(section(page, "no-change"), "No drug is known to need no change."));
  CHECK(has(section(page, "genes"), "No gene was examined."));
}

TEST_CASE("the same report gives the same bytes") { CHECK(html_report(make_report()) == html_report(make_report())); }

TEST_CASE("what is not certain stands beside the gene, its advice and the drugs without change") {
  SampleReport report = make_report();
  report.genes[0].could_also_be = {"Rapid Metabolizer"};
  report.genes[0].runner_up = "*2/*9";
  report.genes[0].runner_up_why = "scores 1 against 2";
  report.advice[0].note = "TPMT could also be Poor Metabolizer: 2 of 43 positions missing.";
  const std::string page = html_report(report);
  CHECK(has(section(page, "genes"), "Could also be Rapid Metabolizer: positions are missing."));
  CHECK(has(section(page, "genes"), "Next best: *2/*9, scores 1 against 2."));
  CHECK(has(section(page, "no-change"), "<li>azathioprine (not certain)</li>"));
  CHECK(has(section(page, "no-change"), "<b>Not certain:</b> TPMT could also be Poor Metabolizer"));
  CHECK_FALSE(has(html_report(make_report()), "ot certain"));
}

}  // namespace
