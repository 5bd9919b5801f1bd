// Building the JSON.
#include "pharmaco/report/json.h"

#include <nlohmann/json.hpp>

#include "pharmaco/report/drug_summary.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

// Parentheses: braces would make a list of one.
Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

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

const char* bucket_name(DrugBucket bucket) {
  switch (bucket) {
    case DrugBucket::needs_action: return "needs_action";
    case DrugBucket::undetermined: return "undetermined";
    case DrugBucket::no_change: return "no_change";
  }
  return "undetermined";
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
                     {"bucket", bucket_name(drug.bucket)},
                     {"level", to_string(drug.level)},
                     {"advice", advice}});
  }
  const Json document = {
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
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stardose::pharmaco
