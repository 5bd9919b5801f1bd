// Combinations and all matches, as a user asks for them.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

// *3B and *3C of TPMT, not phased; and a base of rs1800462 that no allele has.
const std::string tpmt_3c = "chr6 18130687 T C";
const std::string tpmt_3b = "chr6 18138997 C T";
const std::string undocumented = "chr6 18143724 C T";

ProgramResult run_on(const TempFolder& folder, const std::string& vcf, const std::string& output,
                     const std::vector<std::string>& more) {
  std::vector<std::string> args{"run", "--input",      folder.write("in.vcf", vcf), "--genes", "TPMT",
                                "-o",  folder / output};
  args.insert(args.end(), more.begin(), more.end());
  ProgramResult run = run_program(args);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  return run;
}

}  // namespace

TEST_SUITE("program: matches") {
  TEST_CASE("all matches are a table of their own, and in the JSON") {
    const TempFolder folder;
    const std::string vcf = vcf_header() + vcf_record(tpmt_3c, {"0/1"}) + vcf_record(tpmt_3b, {"0/1"});
    run_on(folder, vcf, "out", {"--all-matches", "--write", "calls,json"});
    CHECK_EQ(file_text(folder / "out/matches.tsv"),
             "sample\tgene\trank\tscore\tcalled\tdiplotype\tphenotype\tactivity_score\n"
             "S1\tTPMT\t1\t4\tyes\t*1/*3A\tIntermediate Metabolizer\t.\n"
             "S1\tTPMT\t2\t2\tno\t*3B/*3C\tPoor Metabolizer\t.\n");
    const auto json = nlohmann::json::parse(file_text(folder / "out/report/S1.json"));
    CHECK_EQ(json["genes"][0]["matches"].size(), 2);
    CHECK_EQ(json["genes"][0]["diplotypes"].size(), 1);
    run_on(folder, vcf, "plain", {"--write", "calls,json"});
    CHECK_FALSE(std::filesystem::exists(folder / "plain/matches.tsv"));
    CHECK_EQ(file_text(folder / "plain/calls.tsv"), file_text(folder / "out/calls.tsv"));
  }

  TEST_CASE("a combination has a status of its own, and its advice rests on no known function") {
    const TempFolder folder;
    const std::string vcf = vcf_header() + vcf_record(tpmt_3c, {"0/0"}) + vcf_record(undocumented, {"0/1"});
    run_on(folder, vcf, "plain", {"--write", "calls"});
    CHECK_EQ(read_table(folder / "plain/calls.tsv").front().at("diplotype"), "*1/*1");
    run_on(folder, vcf, "out", {"--find-combinations"});
    const TableRow row = read_table(folder / "out/calls.tsv").front();
    CHECK_EQ(row.at("status"), "combination");
    CHECK_EQ(row.at("diplotype"), "*1/g.18143724C>T");
    CHECK_EQ(row.at("phenotype"), "Indeterminate");
    CHECK(row.at("remarks").find("what it does is not known") != std::string::npos);
    CHECK(row.at("remarks").find("read as reference") == std::string::npos);
    for (const TableRow& advice : read_table(folder / "out/guidance.tsv")) CHECK_NE(advice.at("level"), "none");
    CHECK(file_text(folder / "out/report/S1.html").find("combination") != std::string::npos);
  }

  TEST_CASE("the order of the samples changes no sample's rows") {
    const TempFolder folder;
    const auto rows = [&](const std::vector<std::string>& samples, const std::vector<std::string>& c,
                          const std::vector<std::string>& b, const std::vector<std::string>& u) {
      run_on(folder,
             vcf_header(samples) + vcf_record(tpmt_3c, c) + vcf_record(tpmt_3b, b) + vcf_record(undocumented, u),
             samples.front(), {"--all-matches", "--find-combinations", "--write", "calls"});
      std::set<std::string> lines;
      for (const char* table : {"/calls.tsv", "/matches.tsv"}) {
        for (const std::string& line : lines_of(folder / samples.front() + table)) lines.insert(line);
      }
      return lines;
    };
    CHECK(rows({"A", "B", "C"}, {"0/1", "0|1", "./1"}, {"0/1", "1|0", "0/0"}, {"0/1", "0|0", "0/0"}) ==
          rows({"C", "B", "A"}, {"./1", "0|1", "0/1"}, {"0/0", "1|0", "0/1"}, {"0/0", "0|0", "0/1"}));
  }
}

}  // namespace stardose::tests
