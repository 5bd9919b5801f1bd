// Three GeT-RM genomes, 30x, unphased, one file a chromosome: by index and end to end, and against the consensus.
#include <doctest/doctest.h>
#include <htslib/tbx.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "pharmaco/concordance/concordance.h"
#include "tests/builders/concordance.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> genome_files() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator{shared_path("data/getrm3")}) {
    if (entry.path().extension() == ".bgz") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

std::string call(const std::vector<std::string>& files, const std::string& output) {
  std::vector<std::string> args{"run", "--assume-reference", "--write", "calls", "--output", output};
  for (const std::string& file : files) args.insert(args.end(), {"--input", file});
  const ProgramResult run = run_program(args);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  return file_text(output + "/calls.tsv");
}

}  // namespace

TEST_SUITE("shared: getrm3") {
  TEST_CASE("by index and from end to end the calls are the same") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    std::vector<std::string> indexed;
    for (const std::string& file : genome_files()) {
      indexed.push_back(folder / fs::path{file}.filename().string());
      fs::copy_file(file, indexed.back());
      fs::permissions(indexed.back(), fs::perms::owner_all);
      REQUIRE_EQ(tbx_index_build(indexed.back().c_str(), 0, &tbx_conf_vcf), 0);
      REQUIRE(fs::exists(indexed.back() + ".tbi"));
    }
    const std::string streamed = call(genome_files(), folder / "streamed");
    CHECK(call(indexed, folder / "indexed") == streamed);
    const auto provenance = nlohmann::json::parse(file_text(folder / "indexed/run.json"));
    for (const auto& file : provenance.at("inputs")) CHECK(file.at("index_used").get<bool>());
    CHECK_EQ(provenance.at("inputs").size(), indexed.size());
  }

  TEST_CASE("the consensus diplotypes come out") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    call(genome_files(), folder / "out");
    const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge("");
    const auto aliases = test::embedded_aliases(knowledge);
    const pharmaco::Concordance found =
        compare_tables(knowledge, aliases, pharmaco::read_truth_table(shared_path("cases/getrm/truth.tsv")),
                       pharmaco::read_calls_table(folder / "out/calls.tsv"), {"GeT-RM_CDC_consolidated_2025"});
    // CYP2D6 needs reads and HLA genes typing: no calls here.
    const std::set<std::string> genes{"CYP2B6", "CYP2C19", "CYP2C9", "CYP3A4",  "CYP3A5", "CYP4F2",
                                      "DPYD",   "NUDT15",  "TPMT",   "SLCO1B1", "UGT1A1", "VKORC1"};
    std::map<std::string, int> counts;
    std::set<std::string> differing;
    for (const pharmaco::Pair& pair : found.pairs) {
      if (!genes.contains(pair.gene)) continue;
      const std::string agreement{to_string(pair.comparison.agreement)};
      ++counts[agreement];
      if (agreement == "equal" || agreement == "alias") continue;
      differing.insert(pair.sample + " " + pair.gene + " " + pair.truth + " " + pair.call + " " + agreement);
    }
    CHECK_EQ(counts["equal"], 21);
    CHECK_EQ(counts["alias"], 10);
    // The study did not test rs3952537, nor rs11045852 and rs74064213 (getrm_differences.tsv).
    CHECK((differing ==
           std::set<std::string>{"NA18861 CYP4F2 *1/*1 *1/*19 different", "NA18861 SLCO1B1 *1/*14 *1/*43 different"}));
  }
}

}  // namespace stardose::tests
