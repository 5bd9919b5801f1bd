// Three GeT-RM genomes, 30x, unphased, one file a chromosome: by index and end to end, and against the consensus.
#include <doctest/doctest.h>
#include <htslib/tbx.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

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
    // NUDT15 has no consensus for the three.
    const std::set<std::string> genes{"CYP2C19", "CYP2C9", "CYP3A5",  "CYP4F2", "TPMT",
                                      "VKORC1",  "UGT1A1", "SLCO1B1", "NUDT15", "CYP2B6"};
    const TempFolder folder;
    call(genome_files(), folder / "out");
    std::map<std::pair<std::string, std::string>, std::string> ours;
    for (const TableRow& row : read_table(folder / "out/calls.tsv")) {
      ours[{row.at("sample"), row.at("gene")}] = row.at("diplotype");
    }
    std::map<std::pair<std::string, std::string>, std::set<std::string>> aliases;
    for (const TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/getrm_aliases.tsv")) {
      CHECK_FALSE(row.at("reason").empty());
      aliases[{row.at("gene"), row.at("truth")}].insert(row.at("ours"));
    }
    int compared = 0;
    int literally = 0;
    for (const TableRow& row : read_table(shared_path("cases/getrm/truth.tsv"))) {
      const auto own = ours.find({row.at("sample"), row.at("gene")});
      if (own == ours.end() || !genes.contains(row.at("gene"))) continue;
      if (row.at("source") != "GeT-RM_CDC_consolidated_2025") continue;
      ++compared;
      INFO(row.at("sample"), " ", row.at("gene"), ": consensus ", row.at("diplotype"), ", ours ", own->second);
      const bool same = own->second == row.at("diplotype");
      literally += same ? 1 : 0;
      CHECK((same || aliases[{row.at("gene"), row.at("diplotype")}].contains(own->second)));
    }
    CHECK_EQ(compared, 27);
    CHECK_EQ(literally, 19);
  }
}

}  // namespace stardose::tests
