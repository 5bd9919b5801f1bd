// Documents for MultiQC.
#include "pharmaco/report/multiqc.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/builders/sample_report.h"

using namespace stardose::test;
using Json = nlohmann::ordered_json;
using stardose::pharmaco::CoverageReport;
using stardose::pharmaco::MultiqcDocument;
using stardose::pharmaco::MultiqcSample;

namespace {

Json document_of(MultiqcDocument document, const MultiqcSample& sample) {
  return Json::parse(multiqc_start(document, {"CYP2C9", "G6PD"}) + multiqc_row(document, sample) +
                     std::string{stardose::pharmaco::multiqc_end});
}

/// A call, two diplotypes, a combination, a gene without guidance that was called, and one without a call.
std::vector<GeneFinding> five_genes() {
  std::vector<GeneFinding> genes = {make_gene("CYP2C9", CallStatus::called, "*1/*2", "Intermediate Metabolizer"),
                                    make_gene("SLCO1B1", CallStatus::ambiguous, "*5/*14", "Decreased Function"),
                                    make_gene("TPMT", CallStatus::combination, "[*2 + *8]/*1", ""),
                                    make_gene("POR", CallStatus::called, "*1/*1", ""),
                                    make_gene("DPYD", CallStatus::no_call, "", "")};
  genes[1].diplotypes.push_back("*4/*15");
  genes[3].has_guidance = false;
  genes[4].sites_missing = 5;
  return genes;
}

MultiqcSample sample_of(const std::vector<GeneFinding>& genes, const CoverageReport* coverage = nullptr) {
  MultiqcSample sample{"S1", {}, coverage};
  for (const GeneFinding& gene : genes) sample.genes.push_back(&gene);
  return sample;
}

}  // namespace

TEST_CASE("general statistics count genes by outcome, and positions that are known") {
  const auto genes = five_genes();
  const Json json = document_of(MultiqcDocument::general, sample_of(genes));
  CHECK(json["plot_type"] == "generalstats");
  const Json expected = {
      {"genes_called", 2}, {"genes_ambiguous", 2}, {"genes_no_call", 1}, {"positions_known", 90.0}};  // 45 of 50
  CHECK(json["data"]["S1"] == expected);
  for (const auto& [name, value] : expected.items()) {
    CAPTURE(name);
    CHECK(std::ranges::any_of(json["pconfig"], [&](const Json& column) { return column.contains(name); }));
  }
}

TEST_CASE("of alignments there are depth and callable positions, each position counted alike") {
  const auto genes = five_genes();
  const CoverageReport coverage{
      .genes = {{"CYP2C9", true, {{0, "chr10:1", 35, 30, 60, true}}},
                {"DPYD", true, {{0, "chr1:1", 20, 18, 60, true}, {1, "chr1:2", 0, 0, 0, false}}}}};
  const Json cells = document_of(MultiqcDocument::general, sample_of(genes, &coverage))["data"]["S1"];
  CHECK(cells["mean_depth"] == 16.0);
  CHECK(cells["positions_callable"] == 66.7);
  const CoverageReport nothing;
  CHECK_FALSE(document_of(MultiqcDocument::general, sample_of(genes, &nothing))["data"]["S1"].contains("mean_depth"));
}

TEST_CASE("a call that is not certain says so first, and no call is no diplotype") {
  const auto genes = five_genes();
  const Json json = document_of(MultiqcDocument::calls, sample_of(genes));
  CHECK(json["plot_type"] == "table");
  CHECK(json["data"]["S1"] == Json{{"CYP2C9", "*1/*2 (Intermediate Metabolizer)"},
                                   {"SLCO1B1", "ambiguous: *5/*14 or *4/*15 (Decreased Function)"},
                                   {"TPMT", "combination: [*2 + *8]/*1"},
                                   {"DPYD", "no call"}});
  CHECK(json["headers"].size() == 2);
}

TEST_CASE("the bars have a category for each outcome") {
  const auto genes = five_genes();
  const Json json = document_of(MultiqcDocument::outcomes, sample_of(genes));
  CHECK(json["data"]["S1"] == Json{{"called", 2}, {"ambiguous", 2}, {"no_call", 1}});
  for (const auto& [name, value] : json["data"]["S1"].items()) CHECK(json["categories"].contains(name));
}

TEST_CASE("names cannot become markup, and MultiQC cannot change the numbers in them") {
  const std::vector<GeneFinding> genes = {
      make_gene("G6PD", CallStatus::called, "Mediterranean, Dallas", "c.1905+1G>A <b>")};
  MultiqcSample sample = sample_of(genes);
  sample.sample = "<script>\"1\xff";
  const Json json = document_of(MultiqcDocument::calls, sample);
  CHECK(json["data"].begin().key() == "&lt;script&gt;&quot;1\xef\xbf\xbd");
  CHECK(json["data"].begin().value()["G6PD"] == "Mediterranean&#44; Dallas (c&#46;1905+1G&gt;A &lt;b&gt;)");
}

TEST_CASE("a document without samples is whole, and the version stands in quotes") {
  for (const auto document : {MultiqcDocument::general, MultiqcDocument::outcomes, MultiqcDocument::calls}) {
    const Json json = Json::parse(multiqc_start(document, {}) + std::string{stardose::pharmaco::multiqc_end});
    CHECK(json["data"].empty());
    CHECK(multiqc_file_name(document).ends_with("_mqc.json"));
  }
  CHECK(stardose::pharmaco::multiqc_versions("1.10") == "StarDose: \"1.10\"\n");
}
