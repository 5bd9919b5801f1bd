// Covered medicines by urgency; those not covered before those without change.
#include "pharmaco/report/html_medications.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>

#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_drug_card.h"
#include "pharmaco/report/undetermined_genes.h"

namespace stardose::pharmaco {

namespace {

/// Says as what the list has it, where that is not the drug's name.
std::string given_as(const std::vector<Medication>& medications, const std::string& drug) {
  std::vector<std::string> entries;
  for (const Medication& medication : medications) {
    const bool names_it = std::ranges::find(medication.drugs, drug) != medication.drugs.end();
    if (names_it && medication.given != drug) entries.push_back(medication.given);
  }
  return entries.empty() ? std::string{} : fmt::format("listed as {}", fmt::join(entries, ", "));
}

void write_bucket(HtmlWriter& html, const std::vector<Medication>& medications, const std::vector<DrugSummary>& drugs,
                  DrugBucket bucket) {
  for (const DrugSummary& drug : drugs) {
    if (drug.taken && drug.bucket == bucket) write_drug_card(html, drug, given_as(medications, drug.drug));
  }
}

void write_uncovered_card(HtmlWriter& html, const std::string& name, const std::string& sentence) {
  const auto card = html.open("li", {{"class", "drug unknown"}});
  {
    const auto title = html.open("h3");
    write_uncovered_mark(html);
    html.element("bdi", name);
  }
  const auto line = html.open("div", {{"class", "line"}});
  const auto todo = html.open("div");
  html.element("strong", "Not covered by this report.");
  html.text(sentence);
}

void write_uncovered(HtmlWriter& html, const std::vector<Medication>& medications,
                     const std::vector<DrugSummary>& drugs) {
  for (const Medication& medication : medications) {
    if (medication.drugs.empty()) {
      std::string sentence = " No guideline here is about it under this name, which neither warns nor clears.";
      if (!medication.nearest.empty()) sentence += fmt::format(" Was {} meant?", medication.nearest);
      write_uncovered_card(html, medication.given, sentence);
    }
    for (const std::string& name : medication.drugs) {
      if (std::ranges::find(drugs, name, &DrugSummary::drug) != drugs.end()) continue;
      write_uncovered_card(html, name, " No gene that its guidelines ask for was examined.");
    }
  }
}

/// What the patient's undetermined medicines wait for.
void write_open_genes(HtmlWriter& html, const SampleReport& report, const std::vector<DrugSummary>& drugs) {
  for (const UndeterminedGene& gene : undetermined_genes(report, drugs)) {
    std::vector<std::string> waiting;
    for (const DrugSummary& drug : drugs) {
      const bool waits = std::ranges::find(gene.drugs_elsewhere, drug.drug) != gene.drugs_elsewhere.end();
      if (waits && drug.taken && drug.bucket == DrugBucket::undetermined) waiting.push_back(drug.drug);
    }
    if (waiting.empty()) continue;
    const auto line = html.open("p");
    html.element("b", fmt::format("{} waits for {}.", fmt::join(waiting, ", "), gene.gene));
    html.text(fmt::format(" {} {}", gene.reason, gene.settled_by));
  }
}

}  // namespace

void write_medications(HtmlWriter& html, const SampleReport& report, const std::vector<DrugSummary>& drugs) {
  if (!report.medications) return;
  const auto section =
      html.open("section", {{"id", "medicines"}, {"data-kind", "medicines"}, {"aria-labelledby", "medicines-title"}});
  html.element("h2", {{"id", "medicines-title"}}, "This patient's medicines");
  if (report.medications->empty()) return html.element("p", "The list that was given is empty: no medicine is taken.");
  html.element("p", {{"class", "note"}}, "As listed for this report. The headings below are about other drugs.");
  {
    const auto list = html.open("ul", {{"class", "cards items"}});
    write_bucket(html, *report.medications, drugs, DrugBucket::needs_action);
    write_bucket(html, *report.medications, drugs, DrugBucket::undetermined);
    write_uncovered(html, *report.medications, drugs);
    write_bucket(html, *report.medications, drugs, DrugBucket::no_change);
  }
  write_open_genes(html, report, drugs);
}

}  // namespace stardose::pharmaco
