// Runs the curated cases: tests/cases/GENE/NAME.yaml is the test case GENE/NAME. README.md says what a case holds.
#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"
#include "tests/shared/in_process_calls.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

/// A misspelled key must not pass for a check that was made.
void check_keys(const YAML::Node& map, const std::set<std::string>& known) {
  for (const auto& entry : map) {
    const std::string key = entry.first.as<std::string>();
    if (!known.contains(key)) throw std::runtime_error{"unknown key in a case: " + key};
  }
}

struct CaseRecord {
  std::string contig;
  long position = 0;
  long end = 0;  // last base of REF or block, 1-based
  std::string line;
};

/// `chr10 94761900 C T 0/1`, then perhaps `PS=7` or `END=94762000`.
CaseRecord read_record(const std::string& text) {
  const std::vector<std::string> words = split_text(text, " ");
  if (words.size() < 5) throw std::runtime_error{"a record has fewer than five words: " + text};
  CaseRecord record{words[0], std::stol(words[1]), 0, {}};
  record.end = record.position + static_cast<long>(words[2].size()) - 1;
  std::string info = ".";
  std::string format = "GT";
  std::string genotype = words[4];
  for (std::size_t i = 5; i < words.size(); ++i) {
    if (words[i].starts_with("END=")) {
      info = words[i];
      record.end = std::stol(words[i].substr(4));
    } else if (words[i].starts_with("PS=")) {
      format = "GT:PS";
      genotype += ":" + words[i].substr(3);
    } else {
      throw std::runtime_error{"neither END= nor PS=: " + text};
    }
  }
  record.line = vcf_record(words[0] + " " + words[1] + " " + words[2] + " " + words[3], {genotype}, info, format);
  return record;
}

/// The records written out, and one with genotype `rest` for every other site of the gene, unless it is `absent`.
std::string vcf_of(const pharmaco::Gene& gene, const YAML::Node& input, const std::string& rest) {
  std::vector<CaseRecord> records;
  for (const auto& text : input["records"]) records.push_back(read_record(text.as<std::string>()));
  const auto without = input["without"].as<std::vector<long>>(std::vector<long>{});
  const std::vector<CaseRecord> written = records;
  for (const genomics::Site& site : gene.sites) {
    const long position = static_cast<long>(site.position) + 1;
    const bool told = std::ranges::any_of(written, [&](const CaseRecord& record) {
      return record.contig == site.contig && record.position <= position && position <= record.end;
    });
    if (rest == "absent" || told || std::ranges::find(without, position) != without.end()) continue;
    records.push_back(read_record(site.contig + " " + std::to_string(position) + " " + site.ref + " " +
                                  join_text(site.alts, ",") + " " + rest));
  }
  std::ranges::stable_sort(records, {},
                           [](const CaseRecord& record) { return std::tie(record.contig, record.position); });
  std::string text = vcf_header();
  for (const CaseRecord& record : records) text += record.line;
  return text;
}

bool any_says(const std::vector<std::string>& texts, const std::string& part) {
  return std::ranges::any_of(texts, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

void check_texts(const YAML::Node& wanted, const std::vector<std::string>& got) {
  if (wanted) CHECK_EQ(join_text(wanted.as<std::vector<std::string>>(), "; "), join_text(got, "; "));
}

void check_number(const YAML::Node& wanted, int got) {
  if (wanted) CHECK_EQ(wanted.as<int>(), got);
}

void check_finding(const YAML::Node& expect, const pharmaco::GeneFinding& finding,
                   const std::vector<std::string>& warnings) {
  check_keys(expect, {"status", "diplotypes", "phenotypes", "activity_scores", "reason", "phasing", "missing",
                      "assumed", "undocumented", "remark", "untested", "could_also_be", "warning"});
  CHECK_EQ(expect["status"].as<std::string>(), std::string{to_string(finding.status)});
  check_texts(expect["diplotypes"], finding.diplotypes);
  check_texts(expect["phenotypes"], finding.phenotypes);
  check_texts(expect["activity_scores"], finding.activity_scores);
  if (expect["reason"]) CHECK_EQ(expect["reason"].as<std::string>(), finding.reason);
  if (expect["phasing"]) CHECK_EQ(expect["phasing"].as<std::string>(), finding.phasing);
  check_number(expect["missing"], finding.sites_missing);
  check_number(expect["assumed"], finding.sites_assumed);
  check_number(expect["undocumented"], finding.sites_undocumented);
  if (expect["remark"]) {
    INFO("remarks: ", join_text(finding.remarks, " | "));
    CHECK(any_says(finding.remarks, expect["remark"].as<std::string>()));
  }
  if (expect["untested"]) {
    const std::string allele = expect["untested"].as<std::string>();
    CHECK(std::ranges::find(finding.untested_alleles, allele) != finding.untested_alleles.end());
  }
  if (expect["could_also_be"]) {
    INFO("could also be: ", join_text(finding.could_also_be, " | "));
    CHECK(any_says(finding.could_also_be, expect["could_also_be"].as<std::string>()));
  }
  if (expect["warning"]) {
    CHECK(any_says(warnings, expect["warning"].as<std::string>()));
  } else {
    CHECK_EQ(join_text(warnings, "; "), "");
  }
}

void run_curated_case(const std::string& name) {
  const YAML::Node file = YAML::LoadFile(STARDOSE_SOURCE_DIR "/tests/cases/" + name + ".yaml");
  check_keys(file, {"about", "gene", "rest", "assume_reference", "inputs"});
  REQUIRE_GT(file["about"].as<std::string>().size(), 40);
  const std::string symbol = file["gene"].as<std::string>();
  const pharmaco::Gene* gene = embedded_knowledge().find_gene(symbol);
  REQUIRE(gene != nullptr);
  REQUIRE_GT(file["inputs"].size(), 0);
  for (const auto& input : file["inputs"]) {
    check_keys(input,
               {"is", "records", "without", "rest", "assume_reference", "find_combinations", "expect", "because"});
    INFO(input["is"].as<std::string>());
    CHECK_FALSE(input["because"].as<std::string>().empty());
    const TempFolder folder;
    const std::string rest = input["rest"].as<std::string>(file["rest"].as<std::string>());
    const pharmaco::CallingOptions options{
        .genes = {symbol},
        .assume_reference = input["assume_reference"].as<bool>(file["assume_reference"].as<bool>(false)),
        .find_combinations = input["find_combinations"].as<bool>(false)};
    const CalledCohort called =
        call_in_process({.files = {folder.write("in.vcf", vcf_of(*gene, input, rest))}}, options);
    check_finding(input["expect"], called.findings.at({"S1", symbol}), called.warnings);
  }
}

}  // namespace

#define CURATED_CASE(path) \
  TEST_CASE(path) { run_curated_case(path); }

TEST_SUITE("case: curated") {
#include "curated_cases.inc"
}

#undef CURATED_CASE

}  // namespace stardose::tests
