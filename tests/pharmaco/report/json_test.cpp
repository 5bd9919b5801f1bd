// The report as JSON.
#include "pharmaco/report/json.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

using namespace stardose::pharmaco;
using Json = nlohmann::ordered_json;

namespace {

SampleReport full_report() {
  SampleReport report;
  report.sample = "S\"1\"\n";
  report.program_version = "0.1.0";
  report.catalogue_release = "2026.11";
  report.catalogue_date = "2026-11-21";
  report.assembly = "GRCh38";
  report.attributions = {"one", "two"};
  GeneFinding gene;
  gene.gene = "CYP2C19";
  gene.status = CallStatus::called;
  gene.diplotypes = {"*1/*2"};
  gene.phenotypes = {"Intermediate Metabolizer"};
  gene.basis = "variants";
  gene.sites_total = 35;
  gene.missing_sites = {"chr10:1"};
  gene.remarks = {"One remark."};
  gene.proxies = {{"HLA-B*57:01", "rs1", "T/G", true, "Proxy.", "PMID 1"},
                  {"HLA-B*58:01", "rs2", "", false, "", "PMID 2"}};
  gene.could_also_be = {"Poor Metabolizer"};
  gene.posteriors = {0.75};
  gene.open = OpenCause::missing_positions;
  gene.runner_up = "*2/*4";
  gene.runner_up_why = "scores less";
  report.genes = {gene, {.gene = "CYP2D6", .reason = "why"}};
  Advice advice;
  advice.drug = "clopidogrel";
  advice.source = "CPIC";
  advice.level = AdviceLevel::action;
  advice.sentence = "Avoid.";
  advice.alternatives = {"prasugrel"};
  advice.note = "Not certain.";
  advice.basis = {{"CYP2C19", "*1/*2", "Intermediate Metabolizer"}};
  report.advice = {advice, {.drug = "abacavir"}};
  return report;
}

}  // namespace

TEST_CASE("the report reads back as what it was made of") {
  const std::string text = json_report(full_report());
  CHECK(text.ends_with("}\n"));
  const Json json = Json::parse(text);
  CHECK(json["schema"] == report_schema);
  CHECK(json["sample"] == "S\"1\"\n");
  CHECK(json["program"]["version"] == "0.1.0");
  CHECK(json["catalogue"]["release"] == "2026.11");
  CHECK(json["assume_reference"] == false);
  CHECK(json["attributions"] == Json::array({"one", "two"}));
  REQUIRE(json["genes"].size() == 2);
  CHECK(json["genes"][0]["diplotypes"] == Json::array({"*1/*2"}));
  CHECK(json["genes"][0]["evidence"]["sites_total"] == 35);
  CHECK(json["genes"][0]["evidence"]["missing_sites"] == Json::array({"chr10:1"}));
  CHECK(json["genes"][0]["remarks"] == Json::array({"One remark."}));
  const Json& proxies = json["genes"][0]["proxies"];
  REQUIRE(proxies.size() == 2);
  CHECK(proxies[0]["genotype"] == "T/G");
  CHECK(proxies[0]["carries"] == true);
  CHECK(proxies[1]["genotype"].is_null());
  CHECK(proxies[1]["carries"].is_null());
  CHECK(proxies[1]["meaning"] == "a proxy, not typing; confirm by HLA typing");
  const Json& evidence = json["genes"][0]["evidence"];
  CHECK(evidence["could_also_be"] == Json::array({"Poor Metabolizer"}));
  CHECK(evidence["posteriors"] == Json::array({0.75}));
  CHECK(evidence["open"] == "missing_positions");
  CHECK(evidence["runner_up"]["diplotype"] == "*2/*4");
  CHECK(evidence["runner_up"]["why_not"] == "scores less");
  CHECK(json["genes"][1]["evidence"]["runner_up"].is_null());
  CHECK(json["drugs"][0]["drug"] == "clopidogrel");
  CHECK(json["drugs"][0]["advice"][0]["note"] == "Not certain.");
  CHECK(json["drugs"][0]["bucket"] == "needs_action");
  CHECK(json["drugs"][0]["advice"][0]["basis"][0]["diplotype"] == "*1/*2");
  CHECK(json["drugs"][1]["bucket"] == "undetermined");
}

TEST_CASE("what is not there is null or an empty list, and its key is there") {
  const Json json = Json::parse(json_report(full_report()));
  const Json& gene = json["genes"][1];
  CHECK(gene["status"] == "no_call");
  CHECK(gene["reason"] == "why");
  CHECK(gene["diplotypes"] == Json::array());
  CHECK(gene["evidence"]["basis"].is_null());
  CHECK(json["genes"][0]["reason"].is_null());
  const Json& advice = json["drugs"][1]["advice"][0];
  CHECK(advice["dose_percent"].is_null());
  CHECK(advice["alternatives"] == Json::array());
  CHECK(advice["basis"] == Json::array());
}

TEST_CASE("an empty report is a whole document") {
  const Json json = Json::parse(json_report({}));
  CHECK(json["genes"] == Json::array());
  CHECK(json["drugs"] == Json::array());
  CHECK(json["sample"] == "");
}

TEST_CASE("one gene or one list item stays a list") {
  SampleReport report;
  report.genes = {{.gene = "A"}};
  report.attributions = {"one"};
  const Json json = Json::parse(json_report(report));
  CHECK(json["genes"].is_array());
  CHECK(json["attributions"] == Json::array({"one"}));
}

TEST_CASE("bytes that are not UTF-8 are replaced, not fatal") {
  SampleReport report;
  report.sample = "S\xff\xfe";
  CHECK(Json::parse(json_report(report))["sample"] == "S\uFFFD\uFFFD");
}

TEST_CASE("the same report gives the same bytes, its keys in their order") {
  const std::string text = json_report(full_report());
  CHECK(text == json_report(full_report()));
  CHECK(text.find("\"schema\"") < text.find("\"sample\""));
  CHECK(text.find("\"genes\"") < text.find("\"drugs\""));
}

TEST_CASE("matches are told where they were asked for, and only there") {
  SampleReport report = full_report();
  report.genes.front().matches = {{"*1/*2", 9, true, "Poor", "1.5"}, {"*3/*4", 2, false, "", ""}};
  const Json json = Json::parse(json_report(report));
  const Json& matches = json["genes"][0]["matches"];
  REQUIRE(matches.size() == 2);
  CHECK(matches[0] == Json::parse(R"({"diplotype": "*1/*2", "score": 9, "called": true, "phenotype": "Poor",
                                      "activity_score": "1.5"})"));
  CHECK(matches[1]["phenotype"].is_null());
  CHECK_FALSE(json["genes"][1].contains("matches"));
}
