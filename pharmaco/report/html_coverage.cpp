// Coverage by gene, and the copies of structural genes.
#include "pharmaco/report/html_coverage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pharmaco/report/describe_structure.h"
#include "pharmaco/report/evidence.h"
#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_pictures.h"

namespace stardose::pharmaco {

namespace {

// Rounded down, so that what falls short does not look as if it did not.
std::size_t callable_percent(const GeneCoverage& gene) { return gene.callable() * 100 / gene.positions.size(); }

void write_cell(HtmlWriter& html, std::string_view label, std::string_view value) {
  html.element("td", {{"data-label", label}}, value);
}

void write_gene(HtmlWriter& html, const CoverageReport& coverage, const GeneCoverage& gene, std::uint32_t shown) {
  const auto row = html.open("tr");
  html.element("th", {{"scope", "row"}}, gene.gene);
  {
    const auto cell = html.open("td", {{"data-label", "Callable"}});
    const std::string text =
        fmt::format("{} of {} ({} %)", gene.callable(), gene.positions.size(), callable_percent(gene));
    if (coverage.falls_short(gene)) {
      const auto mark = html.open("span", {{"class", "mark caution"}});
      write_shape(html, AdviceLevel::caution);
      html.text(text);
    } else {
      html.text(text);
    }
  }
  write_cell(html, "Mean depth", fmt::format("{:.0f}", gene.mean_depth()));
  write_cell(html, "Least depth", std::to_string(gene.least_depth()));
  write_cell(html, "Mapping quality", fmt::format("{:.0f}", gene.mean_mapping_quality()));
  const auto cell = html.open("td", {{"class", "picture"}});
  write_depth_picture(html, gene, coverage.min_depth, shown);
}

void write_table(HtmlWriter& html, const CoverageReport& coverage, std::string_view title, bool with_guidance) {
  const auto is_shown = [&](const GeneCoverage& gene) { return gene.has_guidance == with_guidance; };
  if (std::ranges::none_of(coverage.genes, is_shown)) return;
  const std::uint32_t shown = depth_shown(coverage);
  const auto details = html.open("details");
  html.element("summary", title);
  const auto table = html.open("table", {{"class", "coverage"}});
  write_table_head(html, title,
                   {"Gene", "Callable", "Mean depth", "Least depth", "Mapping quality", "Depth at each position"});
  const auto body = html.open("tbody");
  for (const GeneCoverage& gene : coverage.genes) {
    if (is_shown(gene)) write_gene(html, coverage, gene, shown);
  }
}

std::string summary_of(const CoverageReport& coverage) {
  std::size_t positions = 0;
  std::size_t callable = 0;
  double depth = 0;
  for (const GeneCoverage& gene : coverage.genes) {
    positions += gene.positions.size();
    callable += gene.callable();
    depth += gene.mean_depth() * static_cast<double>(gene.positions.size());
  }
  if (positions == 0) return "No gene of the run has positions to cover.";
  return fmt::format(
      "{} of {} positions are callable: at least {} usable reads ({} on a single copy). Mean depth {:.0f}.", callable,
      positions, coverage.min_depth, (coverage.min_depth + 1) / 2, depth / static_cast<double>(positions));
}

void write_short_genes(HtmlWriter& html, const CoverageReport& coverage) {
  std::vector<std::string> genes;
  for (const GeneCoverage& gene : coverage.genes) {
    if (gene.has_guidance && coverage.falls_short(gene)) {
      genes.push_back(fmt::format("{} ({} %)", gene.gene, callable_percent(gene)));
    }
  }
  if (genes.empty()) return;
  const auto line = html.open("p");
  html.element("b", fmt::format("Under {:.4g} % callable:", coverage.min_callable * 100));
  html.text(fmt::format(" {}.", fmt::join(genes, ", ")));
}

void write_stretches(HtmlWriter& html, const GeneFinding& finding) {
  const StructureFinding& structure = *finding.structure;
  const auto table = html.open("table", {{"class", "stretches"}});
  write_table_head(html, fmt::format("Copies of {} by stretch", finding.gene),
                   {"Stretch", "Copies measured", "Expected", "Rests on"});
  const auto body = html.open("tbody");
  for (const StretchFinding& stretch : structure.stretches) {
    const auto row = html.open("tr");
    html.element("th", {{"scope", "row"}}, stretch.stretch);
    write_cell(html, "Copies measured", fmt::format("{:.2f}", stretch.measured));
    write_cell(html, "Expected", expected_copies(stretch.expected));
    write_cell(html, "Rests on", rests_on(stretch));
  }
}

void write_structure(HtmlWriter& html, const GeneFinding& finding) {
  const StructureFinding& structure = *finding.structure;
  const auto details = html.open("details");
  html.element("summary", fmt::format("How the copies of {} were counted", finding.gene));
  for (std::size_t k = 0; k < finding.diplotypes.size(); ++k) {
    const auto line = html.open("p");
    html.element("b", finding.diplotypes[k]);
    html.text(fmt::format(", {} probable: {} ({} {} of the gene).", percent(finding.posteriors[k]),
                          structure.structures[k], structure.copies[k], structure.copies[k] == 1 ? "copy" : "copies"));
  }
  if (!finding.runner_up.empty()) {
    html.element("p", fmt::format("Next: {}, {}.", finding.runner_up, finding.runner_up_why));
  }
  if (!structure.stretches.empty()) {
    write_copies_picture(html, finding.gene, structure);
    html.element("p", {{"class", "note"}}, "Stroke: copies that the call expects. Dot: copies measured.");
    write_stretches(html, finding);
  }
  std::string basis;
  if (structure.fragments > 0) {
    basis = fmt::format("{} read pairs or reads say something of the gene. ", structure.fragments);
  }
  if (structure.depth_per_copy > 0) {
    basis += fmt::format("One copy has {:.1f} reads over a base{}{}.", structure.depth_per_copy,
                         structure.scale.empty() ? "" : ", from ", structure.scale);
  }
  html.element("p", {{"class", "note"}}, basis);
}

}  // namespace

void write_coverage(HtmlWriter& html, const SampleReport& report) {
  for (const GeneFinding& finding : report.genes) {
    const auto& structure = finding.structure;
    if (structure && (structure->fragments > 0 || !structure->stretches.empty())) write_structure(html, finding);
  }
  if (!report.coverage) return;
  const CoverageReport& coverage = *report.coverage;
  html.element("h3", {{"id", "coverage"}}, "Coverage by reads");
  html.element("p", summary_of(coverage));
  write_short_genes(html, coverage);
  write_table(html, coverage, "Coverage of each gene", true);
  write_table(html, coverage, "Coverage of genes without a guideline here", false);
}

}  // namespace stardose::pharmaco
