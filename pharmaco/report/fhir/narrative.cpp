// Sentences of the report.
#include "pharmaco/report/fhir/narrative.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/fhir/elements.h"
#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/undetermined_genes.h"

namespace stardose::pharmaco {

namespace {

std::vector<std::string> names_in(const std::vector<DrugSummary>& drugs, DrugBucket bucket) {
  std::vector<std::string> names;
  for (const DrugSummary& drug : drugs) {
    if (drug.bucket == bucket) names.push_back(drug.drug);
  }
  return names;
}

void write_list(HtmlWriter& html, std::string_view title, const std::vector<std::string>& items) {
  html.element("p", title);
  if (items.empty()) return html.element("p", "none");
  const auto list = html.open("ul");
  for (const std::string& item : items) html.element("li", item);
}

}  // namespace

std::string narrative_of(const SampleReport& report) {
  const auto drugs = summarise_drugs(report);
  std::vector<std::string> actions;
  for (const DrugSummary& drug : drugs) {
    if (drug.bucket != DrugBucket::needs_action) continue;
    for (const Advice* advice : drug.advice) {
      actions.push_back(fmt::format("{} ({}{}): {}", drug.drug, advice->source,
                                    advice->population.empty() ? "" : ", " + advice->population, advice->sentence));
    }
  }
  std::vector<std::string> open;
  for (const UndeterminedGene& gene : undetermined_genes(report, drugs)) {
    open.push_back(fmt::format("{}: {} Settled by: {}", gene.gene, gene.reason, gene.settled_by));
  }
  for (const std::string& drug : names_in(drugs, DrugBucket::undetermined)) open.push_back(drug);
  HtmlWriter html;
  {
    const auto all = html.open("div", {{"xmlns", "http://www.w3.org/1999/xhtml"}});
    html.element("p",
                 fmt::format("Pharmacogenomic report of sample {}, StarDose {}, catalogue {} of {}, {}. Preliminary.",
                             report.sample, report.program_version, report.catalogue_release, report.catalogue_date,
                             report.assembly));
    write_list(html, "Needs action", actions);
    write_list(html, "Could not be determined", open);
    write_list(html, "No change needed", names_in(drugs, DrugBucket::no_change));
  }
  return html.take();
}

std::string conclusion_of(const SampleReport& report) {
  const auto drugs = summarise_drugs(report);
  const auto calls = std::ranges::count_if(
      report.genes, [](const GeneFinding& finding) { return finding.status == CallStatus::called; });
  return fmt::format("{} of {} genes called. Drugs: {} need action, {} could not be determined, {} need no change.",
                     calls, report.genes.size(), names_in(drugs, DrugBucket::needs_action).size(),
                     names_in(drugs, DrugBucket::undetermined).size(), names_in(drugs, DrugBucket::no_change).size());
}

}  // namespace stardose::pharmaco
