// Building the documents.
#include "pharmaco/report/multiqc.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

struct Counts {
  int called = 0;
  int undecided = 0;  ///< ambiguous, or a combination
  int no_call = 0;
  int sites = 0;
  int sites_known = 0;
};

Counts count(const MultiqcSample& sample) {
  Counts counts;
  for (const GeneFinding* finding : sample.genes) {
    switch (finding->status) {
      case CallStatus::called: ++counts.called; break;
      case CallStatus::ambiguous:
      case CallStatus::combination: ++counts.undecided; break;
      case CallStatus::no_call: ++counts.no_call; break;
    }
    counts.sites += finding->sites_total;
    counts.sites_known += finding->sites_total - finding->sites_missing;
  }
  return counts;
}

double in_tenths(double value) { return std::round(value * 10) / 10; }

Json column(const char* title, const char* description, Json more) {
  Json described = {{"title", title}, {"description", description}, {"namespace", "StarDose"}};
  described.update(more);
  return described;
}

Json general_columns() {
  const Json whole = {{"min", 0}, {"format", "{:,.0f}"}};
  const Json percent = {{"min", 0}, {"max", 100}, {"suffix", "%"}, {"format", "{:,.1f}"}};
  const auto coloured = [](Json more, const char* scale) {
    more["scale"] = scale;
    return more;
  };
  return Json::array({
      {{"genes_called", column("Genes called", "Genes with one best diplotype", coloured(whole, "Blues"))}},
      {{"genes_ambiguous",
        column("Ambiguous", "Genes where the data leave several diplotypes", coloured(whole, "Oranges"))}},
      {{"genes_no_call", column("No calls", "Genes that the data do not decide", coloured(whole, "Reds"))}},
      {{"positions_known", column("Positions known", "Of the genes' positions, those with a usable genotype",
                                  coloured(percent, "RdYlBu"))}},
      {{"mean_depth", column("Depth", "Mean depth of usable reads at the genes' positions",
                             coloured({{"min", 0}, {"suffix", "X"}, {"format", "{:,.1f}"}}, "Greens"))}},
      {{"positions_callable",
        column("Callable", "Of the genes' positions, those with enough usable reads", coloured(percent, "RdYlBu"))}},
  });
}

Json general_cells(const MultiqcSample& sample) {
  const Counts counts = count(sample);
  Json cells = {
      {"genes_called", counts.called}, {"genes_ambiguous", counts.undecided}, {"genes_no_call", counts.no_call}};
  if (counts.sites > 0) cells["positions_known"] = in_tenths(100.0 * counts.sites_known / counts.sites);
  if (sample.coverage == nullptr) return cells;
  double reads = 0;
  std::size_t positions = 0;
  std::size_t callable = 0;
  for (const GeneCoverage& gene : sample.coverage->genes) {
    reads += gene.mean_depth() * static_cast<double>(gene.positions.size());
    positions += gene.positions.size();
    callable += gene.callable();
  }
  if (positions == 0) return cells;
  cells["mean_depth"] = in_tenths(reads / static_cast<double>(positions));
  cells["positions_callable"] = in_tenths(100.0 * static_cast<double>(callable) / static_cast<double>(positions));
  return cells;
}

/// MultiQC takes points and commas for those of numbers and may put others in their place.
std::string inert(const std::string& text) {
  std::string safe;
  for (const char c : escape_html(text)) {
    if (c == ',') {
      safe += "&#44;";
    } else if (c == '.') {
      safe += "&#46;";
    } else {
      safe += c;
    }
  }
  return safe;
}

/// A gene in one cell; what is not certain begins with the word that says so.
std::string call_cell(const GeneFinding& finding) {
  if (finding.status == CallStatus::no_call) return "no call";
  const std::string diplotypes = fmt::format("{}", fmt::join(finding.diplotypes, " or "));
  const std::string phenotypes = fmt::format("{}", fmt::join(finding.phenotypes, " or "));
  std::string text = finding.status == CallStatus::called ? "" : std::string{to_string(finding.status)} + ": ";
  text += diplotypes.empty() ? phenotypes : diplotypes;
  if (!diplotypes.empty() && !phenotypes.empty()) text += " (" + phenotypes + ")";
  return inert(text);
}

Json call_columns(const std::vector<std::string>& guided) {
  // Colour would say that the rest is well; the words alone say what is not known.
  Json columns = Json::object();
  for (const std::string& gene : guided) {
    const std::string name = escape_html(gene);
    columns[gene] = {{"title", name}, {"description", "Diplotype and phenotype of " + name}, {"scale", false}};
  }
  return columns;
}

Json call_cells(const MultiqcSample& sample) {
  Json cells = Json::object();
  for (const GeneFinding* finding : sample.genes) {
    if (finding->has_guidance) cells[finding->gene] = call_cell(*finding);
  }
  return cells;
}

Json outcome_cells(const MultiqcSample& sample) {
  const Counts counts = count(sample);
  return {{"called", counts.called}, {"ambiguous", counts.undecided}, {"no_call", counts.no_call}};
}

Json section(const char* id, const char* name, const char* description) {
  return {{"id", id},
          {"parent_id", "stardose"},
          {"parent_name", "StarDose"},
          {"parent_description", "calls the genes that matter for drugs. Decision support; not a medical device."},
          {"section_name", name},
          {"description", description}};
}

Json described(MultiqcDocument document, const std::vector<std::string>& guided) {
  Json description;
  switch (document) {
    case MultiqcDocument::general:
      return {{"id", "stardose_general"}, {"plot_type", "generalstats"}, {"pconfig", general_columns()}};
    case MultiqcDocument::outcomes:
      description = section("stardose_outcomes", "Outcome of genes",
                            "How many genes were called, were left with several diplotypes, or were not called.");
      description["plot_type"] = "bargraph";
      description["pconfig"] = {{"id", "stardose_outcomes_plot"}, {"title", "StarDose: genes"}, {"ylab", "Genes"}};
      description["categories"] = {{"called", {{"name", "Called"}, {"color", "#2b6cb0"}}},
                                   {"ambiguous", {{"name", "Ambiguous"}, {"color", "#dd8f2c"}}},
                                   {"no_call", {{"name", "No call"}, {"color", "#8a8a8a"}}}};
      return description;
    case MultiqcDocument::calls:
      description = section("stardose_calls", "Calls",
                            "Diplotype and phenotype of each gene with guidance. What no guideline asks for is in "
                            "calls.tsv, and so is why a gene has no call.");
      description["plot_type"] = "table";
      description["pconfig"] = {
          {"id", "stardose_calls_table"}, {"title", "StarDose: calls"}, {"namespace", "StarDose"}, {"no_violin", true}};
      description["headers"] = call_columns(guided);
      return description;
  }
  return description;
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string multiqc_file_name(MultiqcDocument document) {
  switch (document) {
    case MultiqcDocument::general: return "stardose_general_mqc.json";
    case MultiqcDocument::outcomes: return "stardose_outcomes_mqc.json";
    case MultiqcDocument::calls: return "stardose_calls_mqc.json";
  }
  return "";
}

std::string multiqc_start(MultiqcDocument document, const std::vector<std::string>& guided) {
  std::string start = dumped(described(document, guided));
  start.back() = ',';  // the brace that closed it
  return start + "\"data\": {\n";
}

std::string multiqc_row(MultiqcDocument document, const MultiqcSample& sample) {
  Json cells;
  switch (document) {
    case MultiqcDocument::general: cells = general_cells(sample); break;
    case MultiqcDocument::outcomes: cells = outcome_cells(sample); break;
    case MultiqcDocument::calls: cells = call_cells(sample); break;
  }
  return dumped(escape_html(sample.sample)) + ": " + dumped(cells);
}

std::string multiqc_versions(std::string_view program_version) {
  return fmt::format("StarDose: \"{}\"\n", program_version);
}

}  // namespace stardose::pharmaco
