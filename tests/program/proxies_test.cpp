// HLA proxies: always labelled, never assumed, and never the reason for advice.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

const std::string proxy_of_5701 = "chr6 31464003 T G";

struct Outputs {
  std::string hla_a, hla_b;  // rows of calls.tsv
  std::string guidance, html;
  nlohmann::json json;
};

Outputs outputs_of(const std::vector<std::string>& records, const std::vector<std::string>& more = {}) {
  const TempFolder folder;
  std::string text = vcf_header();
  for (const std::string& record : records) text += record;
  std::vector<std::string> args{"run", "--input", folder.write("in.vcf", text), "--output", folder / "out"};
  args.insert(args.end(), more.begin(), more.end());
  const ProgramResult run = run_program(args);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  Outputs outputs;
  for (const std::string& line : split_text(file_text(folder / "out/calls.tsv"), "\n")) {
    if (line.starts_with("S1\tHLA-A\t")) outputs.hla_a = line;
    if (line.starts_with("S1\tHLA-B\t")) outputs.hla_b = line;
  }
  outputs.guidance = file_text(folder / "out/guidance.tsv");
  outputs.html = file_text(folder / "out/report/S1.html");
  outputs.json = nlohmann::json::parse(file_text(folder / "out/report/S1.json"));
  return outputs;
}

nlohmann::json proxies_of(const Outputs& outputs, const std::string& gene) {
  for (const auto& entry : outputs.json.at("genes")) {
    if (entry.at("gene") == gene) return entry.at("proxies");
  }
  return {};
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("program: HLA proxies") {
  TEST_CASE("a proxy is told as one in every output and changes no advice") {
    const std::string other = vcf_record("chr6 18130687 T C", {"0/1"});
    const Outputs without = outputs_of({other});
    const Outputs with = outputs_of({other, vcf_record(proxy_of_5701, {"0/1"})});
    CHECK(has(with.hla_b, "\tno_call\t.\t.\t"));
    const std::string label = "Proxy, not typing: rs2395029 T/G has G, the base that tends to go with HLA-B*57:01.";
    CHECK(has(with.hla_b, label));
    CHECK(has(with.html, label));
    CHECK(has(with.html, "Confirm by HLA typing."));
    const auto proxies = proxies_of(with, "HLA-B");
    REQUIRE_EQ(proxies.size(), 2);
    CHECK_EQ(proxies[0].at("allele"), "HLA-B*57:01");
    CHECK_EQ(proxies[0].at("carries"), true);
    CHECK(proxies[1].at("carries").is_null());
    CHECK_FALSE(has(without.hla_b, "Proxy"));
    CHECK(with.guidance == without.guidance);
    CHECK(with.json.at("drugs") == without.json.at("drugs"));
  }

  TEST_CASE("a proxy without a record stays missing, whatever is assumed") {
    const Outputs outputs = outputs_of({vcf_record("chr6 29945521 A T", {"1/1"}), vcf_record(proxy_of_5701, {"./."})},
                                       {"--assume-reference"});
    CHECK_FALSE(has(outputs.hla_b, "Proxy"));
    for (const auto& proxy : proxies_of(outputs, "HLA-B")) CHECK(proxy.at("genotype").is_null());
    CHECK(has(outputs.hla_a, "rs1061235 T/T has T"));
    CHECK(has(outputs.hla_a, "*33:03"));
  }

  TEST_CASE("a typing result goes before its proxy") {
    const TempFolder folder;
    const std::string typing = folder.write(
        "typing.tsv", "sample\tgene\tdiplotype\tphenotype\tactivity_score\nS1\tHLA-B\t*07:02/*44:02\t.\t.\n");
    const Outputs outputs = outputs_of({vcf_record(proxy_of_5701, {"0/1"})}, {"--outside-calls", typing});
    CHECK(has(outputs.hla_b, "\tcalled\t"));
    CHECK(has(outputs.hla_b, "*57:01 negative"));
    CHECK(has(outputs.hla_b, "Proxy, not typing"));
  }
}

}  // namespace stardose::tests
