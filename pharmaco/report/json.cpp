// Building the JSON.
#include "pharmaco/report/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "pharmaco/dosing/dose_formats.h"
#include "pharmaco/report/drug_summary.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

// Parentheses: braces would make a list of one.
Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

double in_hundredths(double value) { return std::round(value * 100) / 100; }

Json proxies_json(const GeneFinding& gene) {
  Json proxies = Json::array();
  for (const ProxyFinding& proxy : gene.proxies) {
    proxies.push_back({{"allele", proxy.allele},
                       {"rsid", proxy.rsid},
                       {"genotype", text_or_null(proxy.genotype)},
                       {"carries", proxy.genotype.empty() ? Json(nullptr) : Json(proxy.carries)},
                       {"meaning", "a proxy, not typing; confirm by HLA typing"},
                       {"source", proxy.source}});
  }
  return proxies;
}

Json runner_up_json(const GeneFinding& gene) {
  if (gene.runner_up.empty()) return nullptr;
  return {{"diplotype", gene.runner_up}, {"why_not", gene.runner_up_why}};
}

Json matches_json(const GeneFinding& gene) {
  Json matches = Json::array();
  for (const MatchFinding& match : gene.matches) {
    matches.push_back({{"diplotype", match.diplotype},
                       {"score", match.score},
                       {"called", match.is_called},
                       {"phenotype", text_or_null(match.phenotype)},
                       {"activity_score", text_or_null(match.activity_score)}});
  }
  return matches;
}

Json structure_json(const GeneFinding& gene) {
  const StructureFinding& structure = *gene.structure;
  Json readings = Json::array();
  for (std::size_t k = 0; k < structure.copies.size(); ++k) {
    readings.push_back({{"diplotype", gene.diplotypes[k]},
                        {"structure", structure.structures[k]},
                        {"copies", structure.copies[k]},
                        {"posterior", gene.posteriors[k]}});
  }
  Json stretches = Json::array();
  for (const StretchFinding& stretch : structure.stretches) {
    stretches.push_back({{"stretch", stretch.stretch},
                         {"copies_measured", in_hundredths(stretch.measured)},
                         {"copies_expected", in_hundredths(stretch.expected)},
                         {"differentiating_sites", stretch.sites}});
  }
  return {{"readings", readings},
          {"stretches", stretches},
          {"depth_per_copy", in_hundredths(structure.depth_per_copy)},
          {"scale", text_or_null(structure.scale)},
          {"fragments", structure.fragments}};
}

Json coverage_json(const CoverageReport& coverage) {
  Json genes = Json::array();
  for (const GeneCoverage& gene : coverage.genes) {
    Json open = Json::array();
    for (const PositionCoverage& at : gene.positions) {
      if (!at.is_callable) open.push_back(at.position);
    }
    genes.push_back({{"gene", gene.gene},
                     {"positions", gene.positions.size()},
                     {"callable", gene.callable()},
                     {"mean_depth", in_hundredths(gene.mean_depth())},
                     {"least_depth", gene.least_depth()},
                     {"mean_mapping_quality", in_hundredths(gene.mean_mapping_quality())},
                     {"falls_short", coverage.falls_short(gene)},
                     {"not_callable", open}});
  }
  return {{"min_depth", coverage.min_depth},
          {"min_mapping_quality", coverage.min_mapping_quality},
          {"min_base_quality", coverage.min_base_quality},
          {"min_callable", coverage.min_callable},
          {"genes", genes}};
}

Json gene_json(const GeneFinding& gene) {
  Json json = {
      {"gene", gene.gene},
      {"has_guidance", gene.has_guidance},
      {"status", to_string(gene.status)},
      {"diplotypes", gene.diplotypes},
      {"phenotypes", gene.phenotypes},
      {"activity_scores", gene.activity_scores},
      {"reason", text_or_null(gene.reason)},
      {"evidence",
       {{"basis", text_or_null(gene.basis)},
        {"phasing", text_or_null(gene.phasing)},
        {"sites_total", gene.sites_total},
        {"sites_seen", gene.sites_seen},
        {"sites_in_blocks", gene.sites_in_blocks},
        {"sites_assumed", gene.sites_assumed},
        {"sites_missing", gene.sites_missing},
        {"sites_filtered", gene.sites_filtered},
        {"sites_undocumented", gene.sites_undocumented},
        {"missing_sites", gene.missing_sites},
        {"filtered_sites", gene.filtered_sites},
        {"untested_alleles", gene.untested_alleles},
        {"could_also_be", gene.could_also_be},
        {"posteriors", gene.posteriors},
        {"open", to_string(gene.open)},
        {"runner_up", runner_up_json(gene)}}},
      {"remarks", gene.remarks},
      {"proxies", proxies_json(gene)},
  };
  if (gene.structure) json["structure"] = structure_json(gene);
  if (!gene.matches.empty()) json["matches"] = matches_json(gene);
  return json;
}

Json advice_json(const Advice& advice) {
  Json basis = Json::array();
  for (const AdviceBasis& part : advice.basis) {
    basis.push_back({{"gene", part.gene},
                     {"diplotype", text_or_null(part.diplotype)},
                     {"phenotype", text_or_null(part.phenotype)}});
  }
  return {
      {"source", advice.source},
      {"guideline", advice.guideline},
      {"version", text_or_null(advice.version)},
      {"population", text_or_null(advice.population)},
      {"level", to_string(advice.level)},
      {"action", advice.action},
      {"recommendation", advice.sentence},
      {"expected", text_or_null(advice.consequence)},
      {"dose_percent", text_or_null(advice.dose_percent)},
      {"dose_limit", text_or_null(advice.dose_limit)},
      {"alternatives", advice.alternatives},
      {"strength", text_or_null(advice.strength)},
      {"basis", basis},
      {"note", text_or_null(advice.note)},
      {"pmids", advice.pmids},
  };
}

Json medications_json(const std::vector<Medication>& medications) {
  Json list = Json::array();
  for (const Medication& medication : medications) {
    list.push_back({{"given", medication.given},
                    {"covered", !medication.drugs.empty()},
                    {"drugs", medication.drugs},
                    {"nearest", text_or_null(medication.nearest)}});
  }
  return list;
}

}  // namespace

std::string json_report(const SampleReport& report) {
  Json genes = Json::array();
  for (const GeneFinding& gene : report.genes) genes.push_back(gene_json(gene));
  Json drugs = Json::array();
  for (const DrugSummary& drug : summarise_drugs(report)) {
    Json advice = Json::array();
    for (const Advice* part : drug.advice) advice.push_back(advice_json(*part));
    drugs.push_back({{"drug", drug.drug},
                     {"bucket", to_string(drug.bucket)},
                     {"level", to_string(drug.level)},
                     {"advice", advice}});
    if (report.medications) drugs.back()["taken"] = drug.taken;
  }
  Json document = {
      {"schema", report_schema},
      {"sample", report.sample},
      {"program", {{"name", "stardose"}, {"version", report.program_version}}},
      {"catalogue", {{"release", report.catalogue_release}, {"date", report.catalogue_date}}},
      {"assembly", report.assembly},
      {"assume_reference", report.assume_reference},
      {"thresholds",
       {{"filters", report.thresholds.filters},
        {"min_depth", report.thresholds.min_depth},
        {"min_genotype_quality", report.thresholds.min_genotype_quality},
        {"min_allele_balance", report.thresholds.min_allele_balance}}},
      {"genes", genes},
      {"drugs", drugs},
      {"attributions", report.attributions},
  };
  if (report.medications) document["medications"] = medications_json(*report.medications);
  for (const DoseReport& dose : report.doses) document["doses"].push_back(dose_object(dose));
  if (report.coverage) document["coverage"] = coverage_json(*report.coverage);
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stardose::pharmaco
