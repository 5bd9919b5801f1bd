// A folded list: results in columns, then what was not called, by reason.
#include "pharmaco/report/html_other_genes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

namespace {

using Findings = std::vector<const GeneFinding*>;

Findings with_status(const Findings& findings, CallStatus status) {
  Findings chosen;
  std::ranges::copy_if(findings, std::back_inserter(chosen),
                       [status](const GeneFinding* finding) { return finding->status == status; });
  return chosen;
}

/// `*1/*1F`, or what is known of several: `*1A/*1L or *1C/*1V`; the phenotype, where the gene has one, in brackets.
std::string result_of(const GeneFinding& finding) {
  std::string text = fmt::format("{}", fmt::join(finding.diplotypes, " or "));
  if (!finding.phenotypes.empty()) text += fmt::format(" ({})", fmt::join(finding.phenotypes, " or "));
  if (finding.sites_missing > 0)
    text += fmt::format(", {} of {} positions missing", finding.sites_missing, finding.sites_total);
  return text;
}

void write_results(HtmlWriter& html, const Findings& findings) {
  const auto list = html.open("ul", {{"class", "other-genes items"}});
  for (const GeneFinding* finding : findings) {
    const auto item = html.open("li");
    html.element("b", finding->gene);
    html.text(" " + result_of(*finding));
  }
}

void write_not_called(HtmlWriter& html, const Findings& findings) {
  std::map<std::string_view, std::vector<std::string_view>> by_reason;
  for (const GeneFinding* finding : findings) by_reason[finding->reason].push_back(finding->gene);
  for (const auto& [reason, genes] : by_reason) {
    const auto line = html.open("p");
    html.element("b", "Not called:");
    html.text(fmt::format(" {}", fmt::join(genes, ", ")));
    html.text(reason.empty() ? "." : fmt::format(" ({}).", reason));
  }
}

}  // namespace

void write_other_genes(HtmlWriter& html, const SampleReport& report) {
  Findings others;
  for (const GeneFinding& finding : report.genes) {
    if (!finding.has_guidance) others.push_back(&finding);
  }
  if (others.empty()) return;
  const Findings called = with_status(others, CallStatus::called);
  const Findings ambiguous = with_status(others, CallStatus::ambiguous);
  const Findings not_called = with_status(others, CallStatus::no_call);
  html.element("h3", "Genes without a guideline here");
  html.element("p", fmt::format("{} more genes were examined that no guideline of this report asks for: {} called, {} "
                                "ambiguous, {} not called. They change no advice above.",
                                others.size(), called.size(), ambiguous.size(), not_called.size()));
  const auto details = html.open("details");
  html.element("summary", "Results of genes without a guideline here");
  if (!called.empty()) write_results(html, called);
  if (!ambiguous.empty()) {
    html.element("p", "Ambiguous: several diplotypes explain the variants equally well.");
    write_results(html, ambiguous);
  }
  write_not_called(html, not_called);
}

}  // namespace stardose::pharmaco
