// The table of genes and the evidence behind it.
#include "pharmaco/report/html_genes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_coverage.h"
#include "pharmaco/report/html_other_genes.h"
#include "pharmaco/report/undetermined_genes.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t names_shown = 4;                // the rest is in the evidence
constexpr std::string_view nothing = "\xE2\x80\x93";  // en dash

std::string either(const std::vector<std::string>& values) {
  return values.empty() ? std::string(nothing) : fmt::format("{}", fmt::join(values, " or "));
}

// HLA: a gene has a phenotype for each allele asked about, so several do not mean doubt unless the call is ambiguous.
std::string phenotype_text(const GeneFinding& finding) {
  if (finding.status != CallStatus::called || finding.phenotypes.empty()) return either(finding.phenotypes);
  return fmt::format("{}", fmt::join(finding.phenotypes, "; "));
}

std::string first_of(const std::vector<std::string>& names, std::string_view separator, std::string_view last) {
  const std::size_t shown = std::min(names.size(), names_shown);
  const std::string text = fmt::format("{}", fmt::join(names.data(), names.data() + shown, separator));
  return shown == names.size() ? text : fmt::format("{} {} {} more", text, last, names.size() - shown);
}

std::string diplotype_text(const GeneFinding& finding) {
  return finding.diplotypes.empty() ? std::string(nothing) : first_of(finding.diplotypes, " or ", "or");
}

std::string_view status_text(CallStatus status) {
  switch (status) {
    case CallStatus::called: return "called";
    case CallStatus::ambiguous: return "ambiguous";
    case CallStatus::combination: return "combination";
    case CallStatus::no_call: return "no call";
  }
  return "no call";
}

std::string positions_text(const GeneFinding& finding) {
  if (finding.sites_total == 0) return std::string(nothing);
  std::string text = fmt::format("{} of {}", finding.sites_total - finding.sites_missing, finding.sites_total);
  if (finding.sites_in_blocks > 0) text += fmt::format(", {} in blocks", finding.sites_in_blocks);
  if (finding.sites_assumed > 0) text += fmt::format(", {} assumed", finding.sites_assumed);
  if (finding.sites_filtered > 0) text += fmt::format("; {} filtered", finding.sites_filtered);
  return text;
}

std::vector<std::string> remarks_of(const GeneFinding& finding) {
  std::vector<std::string> remarks;
  if (is_undetermined(finding)) {
    remarks.emplace_back("See above.");
  } else if (!finding.reason.empty()) {
    remarks.push_back(finding.reason + ".");
  }
  if (finding.sites_undocumented > 0) {
    remarks.push_back(
        finding.sites_undocumented == 1
            ? std::string("1 position has a variant that no definition knows.")
            : fmt::format("{} positions have variants that no definition knows.", finding.sites_undocumented));
  }
  if (!finding.untested_alleles.empty()) {
    remarks.push_back("Not excluded: " + first_of(finding.untested_alleles, "; ", "and") + ".");
  }
  if (!finding.could_also_be.empty()) {
    remarks.push_back("Could also be " + first_of(finding.could_also_be, " or ", "or") + ": positions are missing.");
  }
  const bool is_ordinary = finding.basis == "variants" || finding.basis == "reads";
  if (!finding.basis.empty() && !is_ordinary) remarks.push_back("Basis: " + finding.basis + ".");
  remarks.insert(remarks.end(), finding.remarks.begin(), finding.remarks.end());
  return remarks;
}

void write_cell(HtmlWriter& html, std::string_view label, std::string_view value, bool is_unknown) {
  const auto cell = html.open("td", {{"data-label", label}});
  if (!is_unknown) return html.text(value);
  const auto mark = html.open("span", {{"class", "mark unknown"}});
  write_shape(html, AdviceLevel::unknown);
  html.text(value);
}

void write_gene(HtmlWriter& html, const GeneFinding& finding) {
  const bool is_unknown = is_undetermined(finding);
  const bool is_called = finding.status == CallStatus::called;
  const auto row = html.open("tr");
  html.element("th", {{"scope", "row"}}, finding.gene);
  write_cell(html, "Diplotype", diplotype_text(finding), false);
  write_cell(html, "Phenotype", phenotype_text(finding), is_unknown && is_called);
  write_cell(html, "Activity score", either(finding.activity_scores), false);
  write_cell(html, "Status", status_text(finding.status), is_unknown && !is_called);
  write_cell(html, "Positions covered", positions_text(finding), false);
  write_cell(html, "Remarks", fmt::format("{}", fmt::join(remarks_of(finding), " ")), false);
}

// Names of alleles hold commas (Mediterranean, Dallas, ...).
void write_list(HtmlWriter& html, std::string_view label, const std::vector<std::string>& items) {
  if (!items.empty()) html.text(fmt::format(" {}: {}.", label, fmt::join(items, "; ")));
}

bool has_evidence(const GeneFinding& finding) {
  if (!finding.has_guidance) return false;
  return !finding.phasing.empty() || !finding.runner_up.empty() || !finding.missing_sites.empty() ||
         !finding.untested_alleles.empty() || finding.diplotypes.size() > names_shown;
}

void write_gene_evidence(HtmlWriter& html, const GeneFinding& finding) {
  const auto line = html.open("p");
  html.element("b", finding.gene + ":");
  if (!finding.phasing.empty()) html.text(" " + finding.phasing + ".");
  if (finding.diplotypes.size() > names_shown) write_list(html, "All diplotypes", finding.diplotypes);
  if (!finding.runner_up.empty()) {
    html.text(fmt::format(" Next best: {}, {}.", finding.runner_up, finding.runner_up_why));
  }
  write_list(html, "Missing positions", finding.missing_sites);
  write_list(html, "Of these filtered", finding.filtered_sites);
  write_list(html, "Alleles not excluded", finding.untested_alleles);
}

void write_guided_genes(HtmlWriter& html, const SampleReport& report) {
  {
    const auto table = html.open("table", {{"class", "genes"}});
    write_table_head(html, "Result of each gene",
                     {"Gene", "Diplotype", "Phenotype", "Activity score", "Status", "Positions covered", "Remarks"});
    const auto body = html.open("tbody", {{"class", "items"}});
    for (const GeneFinding& finding : report.genes) {
      if (finding.has_guidance) write_gene(html, finding);
    }
  }
  if (std::none_of(report.genes.begin(), report.genes.end(), has_evidence)) return;
  const auto details = html.open("details");
  html.element("summary", "Phase, next best diplotypes, missing positions and alleles not tested");
  for (const GeneFinding& finding : report.genes) {
    if (has_evidence(finding)) write_gene_evidence(html, finding);
  }
}

}  // namespace

void write_genes(HtmlWriter& html, const SampleReport& report) {
  const auto section =
      html.open("section", {{"id", "genes"}, {"data-kind", "genes"}, {"aria-labelledby", "genes-title"}});
  html.element("h2", {{"id", "genes-title"}}, "Genes");
  if (report.genes.empty()) return html.element("p", "No gene was examined.");
  if (std::ranges::any_of(report.genes, &GeneFinding::has_guidance)) write_guided_genes(html, report);
  write_coverage(html, report);
  write_other_genes(html, report);
}

}  // namespace stardose::pharmaco
