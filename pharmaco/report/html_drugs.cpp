// Three sections, one for each bucket.
#include "pharmaco/report/html_drugs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_drug_card.h"
#include "pharmaco/report/undetermined_genes.h"

namespace stardose::pharmaco {

namespace {

/// Those of the bucket that are not among the patient's own medicines.
std::vector<DrugSummary> in_bucket(const std::vector<DrugSummary>& drugs, DrugBucket bucket) {
  std::vector<DrugSummary> chosen;
  std::copy_if(drugs.begin(), drugs.end(), std::back_inserter(chosen),
               [bucket](const DrugSummary& drug) { return drug.bucket == bucket && !drug.taken; });
  return chosen;
}

HtmlWriter::Element open_cell(HtmlWriter& html, std::string_view label) {
  return html.open("td", {{"data-label", label}});
}

std::vector<DrugSummary> without(const std::vector<DrugSummary>& drugs, const std::vector<DrugSummary>& others) {
  std::vector<DrugSummary> rest;
  std::ranges::copy_if(drugs, std::back_inserter(rest), [&others](const DrugSummary& drug) {
    return std::ranges::find(others, drug.drug, &DrugSummary::drug) == others.end();
  });
  return rest;
}

void write_evidence(HtmlWriter& html, std::string_view summary, const std::vector<DrugSummary>& drugs) {
  const auto details = html.open("details");
  html.element("summary", summary);
  write_drug_cards(html, drugs);
}

void write_names(HtmlWriter& html, const std::vector<std::string>& names) {
  html.text(fmt::format("{}", fmt::join(names, ", ")));
}

void write_waiting_drugs(HtmlWriter& html, const UndeterminedGene& gene) {
  if (gene.drugs.empty() && gene.drugs_elsewhere.empty()) html.text("No drug with a guideline here.");
  write_names(html, gene.drugs);
  if (gene.drugs_elsewhere.empty()) return;
  const auto line = html.open("div", {{"class", "fact"}});
  html.text("Listed above: ");
  write_names(html, gene.drugs_elsewhere);
}

void write_gene_row(HtmlWriter& html, const UndeterminedGene& gene) {
  const auto row = html.open("tr");
  {
    const auto name = html.open("th", {{"scope", "row"}});
    html.text(gene.gene);
    html.text(" ");
    write_mark(html, AdviceLevel::unknown);
  }
  html.element("td", {{"data-label", "Reason"}}, gene.reason);
  {
    const auto cell = open_cell(html, "Drugs affected");
    write_waiting_drugs(html, gene);
  }
  html.element("td", {{"data-label", "What would settle it"}}, gene.settled_by);
}

bool is_uncertain(const DrugSummary& drug) {
  return std::any_of(drug.advice.begin(), drug.advice.end(),
                     [](const Advice* advice) { return !advice->note.empty(); });
}

void write_gene_rows(HtmlWriter& html, const std::vector<UndeterminedGene>& genes) {
  const auto table = html.open("table", {{"class", "waiting"}});
  write_table_head(html, "Genes without a usable result, and the drugs that wait for them",
                   {"Gene", "Reason", "Drugs affected", "What would settle it"});
  const auto body = html.open("tbody", {{"class", "items"}});
  for (const UndeterminedGene& gene : genes) write_gene_row(html, gene);
}

}  // namespace

void write_needs_action(HtmlWriter& html, const std::vector<DrugSummary>& drugs) {
  const auto section = html.open(
      "section", {{"id", "needs-action"}, {"data-kind", "needs-action"}, {"aria-labelledby", "needs-action-title"}});
  html.element("h2", {{"id", "needs-action-title"}}, "Needs action");
  const auto chosen = in_bucket(drugs, DrugBucket::needs_action);
  if (chosen.empty()) return html.element("p", "No drug with a guideline here needs action for the results found.");
  html.element("p", {{"class", "note"}}, "Prescribing should change or needs care; most urgent first.");
  html.element("p", {{"class", "note paper"}},
               "In short: where a line ends in dots, when it holds and what to watch stand on the page on screen.");
  write_drug_cards(html, chosen);
}

void write_undetermined(HtmlWriter& html, const SampleReport& report, const std::vector<DrugSummary>& drugs) {
  const auto section = html.open(
      "section", {{"id", "undetermined"}, {"data-kind", "undetermined"}, {"aria-labelledby", "undetermined-title"}});
  html.element("h2", {{"id", "undetermined-title"}}, "Could not be determined");
  const auto genes = undetermined_genes(report, drugs);
  const auto chosen = in_bucket(drugs, DrugBucket::undetermined);
  const auto left_open = drugs_left_open_by_guideline(report, chosen);
  if (genes.empty() && chosen.empty()) return html.element("p", "Every gene and every drug was determined.");
  html.element("p", {{"class", "note"}}, "Not known is not normal: treat these drugs as if no test had been done.");
  if (!genes.empty()) write_gene_rows(html, genes);
  if (!left_open.empty()) {
    html.element("h3", "The guideline does not decide for this result");
    write_drug_cards(html, left_open);
  }
  const auto waiting = without(chosen, left_open);
  if (!waiting.empty()) write_evidence(html, "What the guidelines say on each drug that waits for a gene", waiting);
}

void write_no_change(HtmlWriter& html, const std::vector<DrugSummary>& drugs) {
  const auto section =
      html.open("section", {{"id", "no-change"}, {"data-kind", "no-change"}, {"aria-labelledby", "no-change-title"}});
  html.element("h2", {{"id", "no-change-title"}}, "No change needed");
  const auto chosen = in_bucket(drugs, DrugBucket::no_change);
  if (chosen.empty()) return html.element("p", "No drug is known to need no change.");
  {
    const auto note = html.open("p", {{"class", "note"}});
    write_mark(html, AdviceLevel::none);
    html.text(
        " The guidelines ask for no change for the results found. Age, organ function, other drugs and genes that "
        "were not tested still count. A drug that this report does not list has no guideline here; it is not cleared.");
  }
  if (std::any_of(chosen.begin(), chosen.end(), is_uncertain)) {
    html.element("p", {{"class", "note"}},
                 "Not certain: a gene could turn out otherwise, were its missing positions known; see the evidence.");
  }
  {
    const auto list = html.open("ul", {{"class", "names items"}});
    for (const DrugSummary& drug : chosen)
      html.element("li", is_uncertain(drug) ? drug.drug + " (not certain)" : drug.drug);
  }
  write_evidence(html, "Evidence for each drug without change", chosen);
}

}  // namespace stardose::pharmaco
