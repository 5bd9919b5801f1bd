// The page: head, header, summary, sections, methods.
#include "pharmaco/report/html_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_dose.h"
#include "pharmaco/report/html_drugs.h"
#include "pharmaco/report/html_genes.h"
#include "pharmaco/report/html_head.h"
#include "pharmaco/report/html_medications.h"
#include "pharmaco/report/html_methods.h"
#include "pharmaco/report/html_style.h"
#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

namespace {

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

void write_tile(HtmlWriter& html, AdviceLevel level, std::size_t number, std::string_view words) {
  write_coloured_shape(html, level);
  html.element("b", std::to_string(number));
  html.element("span", words);
}

// Of the drugs that are not the patient's own, so that each is counted once.
void write_summary(HtmlWriter& html, const SampleReport& report, const std::vector<DrugSummary>& drugs) {
  const auto count = [&drugs](DrugBucket bucket, bool taken) {
    return static_cast<std::size_t>(std::ranges::count_if(
        drugs, [=](const DrugSummary& drug) { return drug.bucket == bucket && drug.taken == taken; }));
  };
  const auto nav = html.open("nav", {{"class", "summary"}, {"aria-label", "Summary: number of drugs"}});
  if (report.medications) {
    const auto link = html.link_to("medicines");
    const std::size_t urgent = count(DrugBucket::needs_action, true);
    write_tile(html, urgent > 0 ? AdviceLevel::action : AdviceLevel::none, urgent,
               fmt::format("of {} own medicines need action", report.medications->size()));
  }
  {
    const auto link = html.link_to("needs-action");
    write_tile(html, AdviceLevel::action, count(DrugBucket::needs_action, false),
               report.medications ? "other drugs need action" : "drugs need action");
  }
  {
    const auto link = html.link_to("undetermined");
    write_tile(html, AdviceLevel::unknown, count(DrugBucket::undetermined, false), "could not be determined");
  }
  {
    const auto link = html.link_to("no-change");
    write_tile(html, AdviceLevel::none, count(DrugBucket::no_change, false), "need no change");
  }
  if (report.doses.empty()) return;
  const auto link = html.link_to("dose");
  const auto worked_out = std::ranges::count_if(
      report.doses, [](const DoseReport& dose) { return dose.meant().status != DoseEstimate::Status::refused; });
  write_tile(html, level_of_doses(report), static_cast<std::size_t>(worked_out), doses_in_words(report));
}

constexpr std::array<FinderChoice, 5> choices = {{{"all", "Everything"},
                                                  {"needs-action", "Needs action"},
                                                  {"undetermined", "Not determined"},
                                                  {"no-change", "No change"},
                                                  {"genes", "Genes"}}};

}  // namespace

std::string html_report(const SampleReport& report) {
  const std::vector<DrugSummary> drugs = summarise_drugs(report);
  HtmlWriter html;
  html.doctype();
  {
    const auto page = html.open("html", {{"lang", "en"}, {"data-sample", "Sample " + report.sample}});
    write_head(html, "Pharmacogenomic report, " + report.sample, report_style());
    const auto body = html.open("body");
    write_header(html, report);
    const auto main = html.open("main");
    write_input_notice(html, report);
    write_summary(html, report, drugs);
    write_finder(html, "Find a drug, gene or phenotype", choices);
    write_medications(html, report, drugs);
    write_needs_action(html, drugs);
    write_undetermined(html, report, drugs);
    write_no_change(html, drugs);
    write_genes(html, report);
    write_doses(html, report);
    write_methods(html, report);
    html.script(report_script());
  }
  return html.take();
}

}  // namespace stardose::pharmaco
