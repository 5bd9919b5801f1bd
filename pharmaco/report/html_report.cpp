// The page: head, header, summary, sections, methods.
#include "pharmaco/report/html_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_dose.h"
#include "pharmaco/report/html_drugs.h"
#include "pharmaco/report/html_genes.h"
#include "pharmaco/report/html_methods.h"
#include "pharmaco/report/html_style.h"
#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

namespace {

void write_head(HtmlWriter& html, const SampleReport& report) {
  const auto head = html.open("head");
  html.void_element("meta", {{"charset", "utf-8"}});
  const std::string policy =
      fmt::format("default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'", csp_hash(report_style()));
  html.void_element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  html.void_element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.void_element("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.element("title", "Pharmacogenomic report, " + report.sample);
  html.style(report_style());
}

void write_fact(HtmlWriter& html, std::string_view term, std::string_view value) {
  const auto pair = html.open("div");
  html.element("dt", term);
  const auto description = html.open("dd");
  html.element("bdi", value.empty() ? "not stated" : value);
}

// On paper only.
void write_signature(HtmlWriter& html) {
  const auto line = html.open("p", {{"class", "signature"}});
  html.element("span", "Reviewed by");
  html.element("span", "Date");
}

void write_header(HtmlWriter& html, const SampleReport& report) {
  const auto header = html.open("header");
  html.element("h1", "Pharmacogenomic report");
  {
    const auto facts = html.open("dl", {{"class", "facts"}});
    write_fact(html, "Sample", report.sample);
    write_fact(html, "Assembly", report.assembly);
    write_fact(html, "Catalogue", fmt::format("{} ({})", report.catalogue_release, report.catalogue_date));
    write_fact(html, "Program", "StarDose " + report.program_version);
  }
  {
    const auto status = html.open("p", {{"class", "status"}});
    html.element("strong", "Preliminary until confirmed.");
    html.text(" Decision support for professionals, not a medical device.");
  }
  write_signature(html);
}

void write_input_notice(HtmlWriter& html, const SampleReport& report) {
  if (report.coverage) {
    return html.element("p", {{"class", "notice"}},
                        fmt::format("Read from an alignment. Positions with fewer than {} usable reads count as not "
                                    "tested.",
                                    report.coverage->min_depth));
  }
  if (!report.assume_reference) {
    return html.element("p", {{"class", "notice"}}, "Positions absent from the input count as not tested.");
  }
  int assumed = 0;
  for (const GeneFinding& finding : report.genes) assumed += finding.sites_assumed;
  const auto notice = html.open("p", {{"class", "notice assumed"}});
  write_shape(html, AdviceLevel::caution);
  html.element("strong", "Positions absent from the input were taken as reference at the user's word.");
  html.text(fmt::format(" This holds for {} positions. A variant there would have been missed.", assumed));
}

void write_summary(HtmlWriter& html, const SampleReport& report, const std::vector<DrugSummary>& drugs) {
  const auto count = [&drugs](DrugBucket bucket) {
    return std::to_string(
        std::count_if(drugs.begin(), drugs.end(), [bucket](const DrugSummary& drug) { return drug.bucket == bucket; }));
  };
  const auto write_number = [&html](AdviceLevel level, const std::string& number, std::string_view words) {
    write_shape(html, level);
    html.element("b", number);
    html.element("span", words);
  };
  const auto nav = html.open("nav", {{"class", "summary"}, {"aria-label", "Summary: number of drugs"}});
  if (!report.doses.empty()) {
    const auto link = html.link_to("dose");
    const auto worked_out = std::ranges::count_if(
        report.doses, [](const DoseReport& dose) { return dose.meant().status != DoseEstimate::Status::refused; });
    write_number(level_of_doses(report), std::to_string(worked_out), doses_in_words(report));
  }
  {
    const auto link = html.link_to("needs-action");
    write_number(AdviceLevel::action, count(DrugBucket::needs_action), "drugs need action");
  }
  {
    const auto link = html.link_to("undetermined");
    write_number(AdviceLevel::unknown, count(DrugBucket::undetermined), "could not be determined");
  }
  const auto link = html.link_to("no-change");
  write_number(AdviceLevel::none, count(DrugBucket::no_change), "need no change");
}

}  // namespace

std::string html_report(const SampleReport& report) {
  const std::vector<DrugSummary> drugs = summarise_drugs(report);
  HtmlWriter html;
  html.doctype();
  {
    const auto page = html.open("html", {{"lang", "en"}, {"data-sample", "Sample " + report.sample}});
    write_head(html, report);
    const auto body = html.open("body");
    write_header(html, report);
    const auto main = html.open("main");
    write_input_notice(html, report);
    write_summary(html, report, drugs);
    write_doses(html, report);
    write_needs_action(html, drugs);
    write_undetermined(html, report, drugs);
    write_no_change(html, drugs);
    write_genes(html, report);
    write_methods(html, report);
  }
  return html.take();
}

}  // namespace stardose::pharmaco
