// Header, genes with their pictures, samples with their links.
#include "pharmaco/report/html_cohort.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_cohort_pictures.h"
#include "pharmaco/report/html_head.h"
#include "pharmaco/report/html_style.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t results_named = 5;  // the rest is "other"
constexpr std::array<FinderChoice, 3> choices = {{{"all", "Everything"}, {"genes", "Genes"}, {"samples", "Samples"}}};

void write_header(HtmlWriter& html, const CohortReport& report) {
  const auto header = html.open("header");
  html.element("h1", "Pharmacogenes of a cohort");
  {
    const auto facts = html.open("dl", {{"class", "facts"}});
    write_fact(html, "Samples", std::to_string(report.samples.size()));
    write_fact(html, "Genes", std::to_string(report.genes.size()));
    write_fact(html, "Assembly", report.shared.assembly);
    write_fact(html, "Catalogue",
               fmt::format("{} ({})", report.shared.catalogue_release, report.shared.catalogue_date));
    write_fact(html, "Program", "StarDose " + report.shared.program_version);
  }
  const auto status = html.open("p", {{"class", "status"}});
  html.element("strong", "For those who run and check the analysis.");
  html.text(" What it means for a person stands on that person's page.");
}

HtmlWriter::Element open_cell(HtmlWriter& html, std::string_view label) {
  return html.open("td", {{"data-label", label}});
}

void write_results(HtmlWriter& html, const CohortGene& gene) {
  const auto cell = open_cell(html, "Results");
  std::vector<CohortShare> shares;
  std::size_t others = gene.samples - gene.no_calls;
  for (const auto& [name, count] : gene.results) {
    if (shares.size() == results_named) break;
    shares.push_back({name, count});
    others -= count;
  }
  if (others > 0) shares.push_back({"other results", others});
  write_shares(html, shares, gene.no_calls, gene.samples);
}

void write_gene(HtmlWriter& html, const CohortReport& report, const CohortGene& gene) {
  const auto row = html.open("tr");
  html.element("th", {{"scope", "row"}}, gene.gene);
  write_results(html, gene);
  {
    const auto cell = open_cell(html, "No call");
    write_meter(html, static_cast<double>(gene.no_calls) / static_cast<double>(gene.samples), gene.no_calls, "shallow");
  }
  {
    const auto cell = open_cell(html, "Positions covered");
    if (gene.positions_covered) {
      write_meter(html, *gene.positions_covered, {}, "deep");
    } else {
      html.text("typed");
    }
  }
  if (report.concordance.empty()) return;
  const auto cell = open_cell(html, "Agrees with the truth");
  const auto counts = report.concordance.find(gene.gene);
  if (counts == report.concordance.end() || counts->second.compared() == 0) return html.text("not compared");
  write_proportion(html, counts->second.same_meaning(), counts->second.compared());
}

void write_gene_table(HtmlWriter& html, const CohortReport& report, std::string_view caption, bool has_guidance) {
  const auto table = html.open("table", {{"class", "cohort"}});
  std::vector<std::string_view> headings = {"Gene", "Results, of all samples", "No call", "Positions covered"};
  if (!report.concordance.empty()) headings.emplace_back("Agrees with the truth");
  write_table_head(html, caption, headings);
  const auto body = html.open("tbody", {{"class", "items"}});
  for (const CohortGene& gene : report.genes) {
    if (gene.has_guidance == has_guidance && gene.samples > 0) write_gene(html, report, gene);
  }
}

void write_genes(HtmlWriter& html, const CohortReport& report) {
  const auto section =
      html.open("section", {{"id", "genes"}, {"data-kind", "genes"}, {"aria-labelledby", "genes-title"}});
  html.element("h2", {{"id", "genes-title"}}, "Genes");
  html.element("p", {{"class", "note"}},
               "Phenotypes, or diplotypes of genes without them; a gap in a bar is samples without a call. Positions "
               "covered: mean share of the gene's positions that the input says something usable about.");
  if (!report.concordance.empty()) {
    html.element(
        "p", {{"class", "note"}},
        "Agrees with the truth: the same diplotype or another of the same phenotype, of the pairs compared, no "
        "calls among them; the line is the 95 % interval (Wilson).");
  }
  write_gene_table(html, report, "Genes with a guideline", true);
  const bool has_others = std::ranges::any_of(report.genes, [](const CohortGene& gene) { return !gene.has_guidance; });
  if (!has_others) return;
  const auto details = html.open("details");
  html.element("summary", "Genes without a guideline here");
  write_gene_table(html, report, "Genes without a guideline here", false);
}

void write_samples(HtmlWriter& html, const CohortReport& report) {
  const auto section =
      html.open("section", {{"id", "samples"}, {"data-kind", "samples"}, {"aria-labelledby", "samples-title"}});
  html.element("h2", {{"id", "samples-title"}}, "Samples");
  const auto table = html.open("table", {{"class", "samples"}});
  write_table_head(html, "Drugs by what to do, and genes with guidance that were not called; each name leads to a page",
                   {"Sample", "Need action", "Not determined", "No change", "Genes without call"});
  const auto body = html.open("tbody", {{"class", "items"}});
  for (const CohortSample& sample : report.samples) {
    const auto row = html.open("tr");
    {
      const auto name = html.open("th", {{"scope", "row"}});
      const auto link = html.link_to_page(sample.page);
      html.text(sample.sample);
    }
    for (const std::size_t count : {sample.needs_action, sample.undetermined, sample.no_change, sample.no_calls}) {
      html.element("td", std::to_string(count));
    }
  }
}

}  // namespace

std::string html_cohort(const CohortReport& report) {
  HtmlWriter html;
  html.doctype();
  {
    const auto page = html.open("html", {{"lang", "en"}});
    write_head(html, "Pharmacogenes of a cohort", cohort_style());
    const auto body = html.open("body");
    write_header(html, report);
    {
      const auto main = html.open("main");
      write_finder(html, "Find a gene, phenotype or sample", choices);
      write_genes(html, report);
      write_samples(html, report);
    }
    html.script(report_script());
  }
  return html.take();
}

}  // namespace stardose::pharmaco
