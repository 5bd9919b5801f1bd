// FILTER, DP, GQ and AD from the flag to the report.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string declarations =
    "##FILTER=<ID=LowQual,Description=\"\">\n"
    "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"\">\n"
    "##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"\">\n"
    "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"\">\n"
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"\">\n";

const std::string tpmt_block = "chr6 18125000 A <NON_REF>";
const std::string tpmt_3c = "chr6 18130687 T C";

struct Told {
  ProgramResult run;
  std::string calls;
  std::string json;
  std::string page;

  /// The cell of the only row under that name.
  [[nodiscard]] std::string cell(const std::string& column) const {
    std::istringstream lines{calls};
    std::string header;
    std::string row;
    std::getline(lines, header);
    std::getline(lines, row);
    std::istringstream names{header};
    std::istringstream values{row};
    std::string name;
    std::string value;
    while (std::getline(names, name, '\t') && std::getline(values, value, '\t')) {
      if (name == column) return value;
    }
    return "no such column";
  }
};

Told tell_tpmt(const std::string& records, const std::vector<std::string>& flags = {}) {
  const TempFolder folder;
  const std::string input = folder.write("in.vcf", vcf_header({"S1"}, declarations) + records);
  std::vector<std::string> args{"run", "--input", input, "--genes", "TPMT", "-o", folder / "out"};
  args.insert(args.end(), flags.begin(), flags.end());
  Told told{run_program(args), "", "", ""};
  REQUIRE_EQ(told.run.exit_code, 0);
  told.calls = file_text(folder / "out/calls.tsv");
  told.json = file_text(folder / "out/report/S1.json");
  told.page = file_text(folder / "out/report/S1.html");
  return told;
}

std::string block(const std::string& format, const std::string& genotype, const std::string& end = "18156000",
                  const std::string& place = tpmt_block) {
  return vcf_record(place, {genotype}, "END=" + end, format);
}

const std::vector<std::string> all_off{
    "--filters", "any", "--min-depth", "0", "--min-genotype-quality", "0", "--min-allele-balance", "0"};

}  // namespace

TEST_SUITE("program: thresholds") {
  TEST_CASE("a gVCF block over the gene is reference, and every output says that it was a block") {
    const Told told = tell_tpmt(block("GT:DP:GQ:MIN_DP", "0/0:31:90:22"));
    CHECK_EQ(told.cell("diplotype"), "*1/*1");
    CHECK_EQ(told.cell("sites_in_blocks"), told.cell("sites_total"));
    for (const char* none : {"sites_seen", "sites_assumed", "sites_missing", "sites_filtered"}) {
      CHECK_EQ(told.cell(none), "0");
    }
    CHECK(told.json.find("\"sites_in_blocks\": " + told.cell("sites_total")) != std::string::npos);
    CHECK(told.page.find(told.cell("sites_total") + " in blocks") != std::string::npos);
  }

  TEST_CASE("a variant among blocks is called, and counted as seen") {
    const Told told = tell_tpmt(block("GT:DP:GQ:MIN_DP", "0/0:31:90:22", "18130686") +
                                vcf_record("chr6 18130687 T C,<NON_REF>", {"0/1:15,16,0:31:99"}, ".", "GT:AD:DP:GQ") +
                                block("GT:DP:GQ:MIN_DP", "0/0:31:90:22", "18156000", "chr6 18130688 C <NON_REF>"));
    CHECK_EQ(told.cell("diplotype"), "*1/*3C");
    CHECK_EQ(told.cell("sites_seen"), "1");
    CHECK_EQ(told.cell("sites_missing"), "0");
  }

  TEST_CASE("a block below a threshold is not reference") {
    const Told told = tell_tpmt(block("GT:DP:GQ:MIN_DP", "0/0:31:90:9"), {"--assume-reference"});
    CHECK_EQ(told.cell("status"), "no_call");
    CHECK_EQ(told.cell("sites_filtered"), told.cell("sites_total"));
    CHECK_EQ(told.cell("sites_missing"), told.cell("sites_total"));
    CHECK_EQ(told.cell("sites_assumed"), "0");
    CHECK(told.cell("remarks").find("(DP " + told.cell("sites_total") + ")") != std::string::npos);
    CHECK_EQ(tell_tpmt(block("GT:DP:GQ:MIN_DP", "0/0:31:90:9"), {"--min-depth", "9"}).cell("diplotype"), "*1/*1");
  }

  TEST_CASE("a variant that falls short is a no call with its place and reason, whatever a block says of the place") {
    const std::string around = block("GT:DP:GQ:MIN_DP", "0/0:31:90:22");
    const Told told = tell_tpmt(around + vcf_record(tpmt_3c, {"0/1:7"}, ".", "GT:GQ"));
    CHECK_EQ(told.cell("status"), "no_call");
    CHECK_EQ(told.cell("reason"), "a variant is present whose genotype did not pass the filters or thresholds");
    CHECK(told.cell("remarks").find("Positions filtered: 1 of ") != std::string::npos);
    CHECK(told.cell("remarks").find("At chr6:18130687 rs1142345: a variant of too low a genotype quality (GQ).") !=
          std::string::npos);
    CHECK(told.json.find("\"chr6:18130687 rs1142345 (GQ)\"") != std::string::npos);
    CHECK(told.page.find("Of these filtered: chr6:18130687 rs1142345 (GQ).") != std::string::npos);
    const Told unbalanced = tell_tpmt(around + vcf_record(tpmt_3c, {"0/1:30,0"}, ".", "GT:AD"));
    CHECK(unbalanced.cell("remarks").find("too few reads for one of its two alleles (AD)") != std::string::npos);
  }

  TEST_CASE("the thresholds of a run stand in its reports") {
    const Told told = tell_tpmt(block("GT", "0/0"), {"--min-depth", "17", "--filters", "PASS,.", "--min-allele-balance",
                                                     "0.25", "--min-genotype-quality", "33"});
    for (const char* part :
         {"\"min_depth\": 17", "\"min_genotype_quality\": 33", "\"min_allele_balance\": 0.25", "\"PASS\""}) {
      CHECK(told.json.find(part) != std::string::npos);
    }
    CHECK(told.page.find("FILTER and FT were PASS or ., DP was at least 17 (9 on a single copy)") != std::string::npos);
  }

  TEST_CASE("FILTER values that took records away are named, and misspelled ones too") {
    std::string record = vcf_record(tpmt_3c, {"0/1"});
    record.replace(record.find("PASS"), 4, "LowQual");
    CHECK(tell_tpmt(record).run.err.find("warning: FILTER LowQual: the genotypes of 1 record(s)") != std::string::npos);
    const ProgramResult misspelled = tell_tpmt(record, {"--filters", "PASS,LowQaul"}).run;
    CHECK(misspelled.err.find("warning: `filters` names LowQaul, which no input's header declares") !=
          std::string::npos);
    CHECK_EQ(lines_starting(tell_tpmt(record, {"--filters", "PASS,LowQual"}).run.err, "warning"), 0);
    CHECK_EQ(lines_starting(tell_tpmt(record, {"--filters", "any"}).run.err, "warning"), 0);
  }

  TEST_CASE("values that make no sense are refused in words") {
    const auto refused = [](const std::string& flag, const std::string& value, const std::string& why) {
      check_refused(run_program({"run", "--input", "x.vcf", flag + "=" + value}), 2, flag + ": " + why + value);
    };
    for (const char* value : {"-1", "ten", "9.5"}) {
      refused("--min-depth", value, "expected a whole number from 0 to 1000000; found: ");
      refused("--min-genotype-quality", value, "expected a whole number from 0 to 1000000; found: ");
    }
    for (const char* value : {"-0.1", "0.6", "20", "a"}) {
      refused("--min-allele-balance", value, "expected a number from 0 to 0.5; found: ");
    }
    check_refused(run_program({"run", "--input", "x.vcf", "--filters", "PASS,,q10"}), 2,
                  "--filters: expected a list of names; found: an empty entry");
  }

  // The fields are there but fall short of nothing: the bytes are those of a run that does not look at them.
  TEST_CASE("thresholds that everything reaches change no byte") {
    const std::string good = block("GT:DP:GQ:MIN_DP", "0/0:31:90:22", "18130686") +
                             vcf_record(tpmt_3c, {"0/1:15,16:31:99"}, ".", "GT:AD:DP:GQ");
    CHECK_EQ(tell_tpmt(good).calls, tell_tpmt(good, all_off).calls);
  }
}

}  // namespace stardose::tests
