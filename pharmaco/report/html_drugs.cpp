// Three sections, one for each bucket.
#include "pharmaco/report/html_drugs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>

#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/undetermined_genes.h"

namespace stardose::pharmaco {

namespace {

std::vector<DrugSummary> in_bucket(const std::vector<DrugSummary>& drugs, DrugBucket bucket) {
  std::vector<DrugSummary> chosen;
  std::copy_if(drugs.begin(), drugs.end(), std::back_inserter(chosen),
               [bucket](const DrugSummary& drug) { return drug.bucket == bucket; });
  return chosen;
}

HtmlWriter::Element open_cell(HtmlWriter& html, std::string_view label) {
  return html.open("td", {{"data-label", label}});
}

void write_drug_name(HtmlWriter& html, const DrugSummary& drug) {
  if (drug.advice.size() == 1) return html.element("th", {{"scope", "row"}}, drug.drug);
  html.element("th", {{"scope", "rowgroup"}, {"rowspan", std::to_string(drug.advice.size())}}, drug.drug);
}

bool is_same(const std::vector<AdviceBasis>& a, const std::vector<AdviceBasis>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const AdviceBasis& x, const AdviceBasis& y) {
    return std::tie(x.gene, x.diplotype, x.phenotype) == std::tie(y.gene, y.diplotype, y.phenotype);
  });
}

// A result that the row above has just given is not repeated.
void write_advice_cells(HtmlWriter& html, const Advice& advice, const Advice* above) {
  {
    const auto cell = open_cell(html, "Do this");
    write_instruction(html, advice);
  }
  {
    const auto cell = open_cell(html, "Why");
    if (!advice.consequence.empty()) html.element("div", advice.consequence);
    if (above == nullptr || !is_same(above->basis, advice.basis)) write_basis(html, advice.basis);
  }
  const auto cell = open_cell(html, "Source");
  write_source(html, advice);
}

void write_advice_table(HtmlWriter& html, std::string_view caption, const std::vector<DrugSummary>& drugs) {
  const auto table = html.open("table", {{"class", "advice"}});
  write_table_head(html, caption, {"Drug", "Do this", "Why", "Source"});
  for (const DrugSummary& drug : drugs) {
    const auto body = html.open("tbody", {{"class", to_string(drug.level)}});
    const Advice* above = nullptr;
    for (const Advice* advice : drug.advice) {
      const auto row = html.open("tr");
      if (above == nullptr) write_drug_name(html, drug);
      write_advice_cells(html, *advice, above);
      above = advice;
    }
  }
}

void write_evidence(HtmlWriter& html, std::string_view summary, const std::vector<DrugSummary>& drugs) {
  const auto details = html.open("details");
  html.element("summary", summary);
  write_advice_table(html, summary, drugs);
}

void write_names(HtmlWriter& html, const std::vector<std::string>& names) {
  html.text(fmt::format("{}", fmt::join(names, ", ")));
}

void write_waiting_drugs(HtmlWriter& html, const UndeterminedGene& gene) {
  if (gene.drugs.empty() && gene.drugs_elsewhere.empty()) html.text("No drug with a guideline here.");
  write_names(html, gene.drugs);
  if (gene.drugs_elsewhere.empty()) return;
  const auto line = html.open("div", {{"class", "fact"}});
  html.text("In part, see section 1: ");
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
  const auto body = html.open("tbody", {{"class", "unknown"}});
  for (const UndeterminedGene& gene : genes) write_gene_row(html, gene);
}

}  // namespace

void write_needs_action(HtmlWriter& html, const std::vector<DrugSummary>& drugs) {
  const auto section = html.open("section", {{"id", "needs-action"}, {"aria-labelledby", "needs-action-title"}});
  html.element("h2", {{"id", "needs-action-title"}}, "1. Needs action");
  const auto chosen = in_bucket(drugs, DrugBucket::needs_action);
  if (chosen.empty()) return html.element("p", "No drug with a guideline here needs action for the results found.");
  write_advice_table(html, "Drugs whose prescribing should change or needs care, most urgent first", chosen);
}

void write_undetermined(HtmlWriter& html, const SampleReport& report, const std::vector<DrugSummary>& drugs) {
  const auto section = html.open("section", {{"id", "undetermined"}, {"aria-labelledby", "undetermined-title"}});
  html.element("h2", {{"id", "undetermined-title"}}, "2. Could not be determined");
  const auto genes = undetermined_genes(report, drugs);
  const auto left_open = drugs_left_open_by_guideline(report, drugs);
  const auto chosen = in_bucket(drugs, DrugBucket::undetermined);
  if (genes.empty() && chosen.empty()) return html.element("p", "Every gene and every drug was determined.");
  html.element("p", {{"class", "note"}}, "Not known is not normal: treat these drugs as if no test had been done.");
  if (!genes.empty()) write_gene_rows(html, genes);
  if (!left_open.empty()) {
    write_advice_table(html, "Drugs whose guideline does not decide for this result", left_open);
  }
  if (left_open.size() < chosen.size()) {
    write_evidence(html, "What the guidelines say on each undetermined drug", chosen);
  }
}

void write_no_change(HtmlWriter& html, const std::vector<DrugSummary>& drugs) {
  const auto section = html.open("section", {{"id", "no-change"}, {"aria-labelledby", "no-change-title"}});
  html.element("h2", {{"id", "no-change-title"}}, "3. No change needed");
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
    const auto list = html.open("ul", {{"class", "drugs"}});
    for (const DrugSummary& drug : chosen)
      html.element("li", is_uncertain(drug) ? drug.drug + " (not certain)" : drug.drug);
  }
  write_evidence(html, "Evidence for each drug without change", chosen);
}

}  // namespace stardose::pharmaco
