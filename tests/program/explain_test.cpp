// stardose explain: what it prints for the sample data, and what it refuses.
#include <doctest/doctest.h>

#include <sstream>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string samples = std::string{STARDOSE_SOURCE_DIR} + "/data-samples/";
const std::string family = samples + "family.vcf.gz";

ProgramResult explain(std::vector<std::string> args) {
  args.insert(args.begin(), "explain");
  return run_program(args);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("program: explain") {
  // data-samples/update_expected.sh writes them anew.
  TEST_CASE("explanations of the sample data are the expected ones") {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"stent", "CYP2C19"},
                                                                                       {"ambiguous", "SLCO1B1"},
                                                                                       {"no_call", "CYP2C9"},
                                                                                       {"colon_cancer", "DPYD"},
                                                                                       {"father", "G6PD"}}) {
      CAPTURE(words[0]);
      const ProgramResult run = explain({words[0], words[1], "--input", family, "--rank-by-frequency", "EUR"});
      CHECK_EQ(run.exit_code, 0);
      CHECK_EQ(run.err, "");
      CHECK_EQ(run.out, file_text(samples + "expected/explain/" + words[0] + "_" + words[1] + ".txt"));
    }
  }

  TEST_CASE("no line is longer than a terminal") {
    std::istringstream lines{explain({"mother", "CYP2C19", "--input", family, "--all-positions"}).out};
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) CHECK(line.size() <= 96);
    CHECK(count > 60);
  }

  TEST_CASE("positions are those of the input's assembly") {
    const ProgramResult on_38 = explain({"mother", "TPMT", "--input", family, "--all-positions"});
    const ProgramResult on_37 =
        explain({"mother", "TPMT", "--input", samples + "family_grch37.vcf.gz", "--all-positions"});
    CHECK_EQ(on_37.exit_code, 0);
    CHECK(has(on_38.out, "chr6:18130687"));
    CHECK(has(on_37.out, "chr6:18130918"));
    CHECK_FALSE(has(on_37.out, "chr6:18130687"));
    CHECK_EQ(on_37.out.substr(0, on_37.out.find('\n')), on_38.out.substr(0, on_38.out.find('\n')));
  }

  TEST_CASE("missing positions are told with what they could change, advice included") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header() + vcf_record("chr6 18130687 T C", {"0/0"}));
    const ProgramResult run = explain({"S1", "TPMT", "--input", input});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(run.out, "TPMT in S1: *1/*1, Normal Metabolizer"));
    CHECK(has(run.out, "42 missing"));
    CHECK(has(run.out, "more missing; --all-positions lists them."));
    CHECK(has(run.out, "- Poor Metabolizer, as with *2/*2: other advice on azathioprine, mercaptopurine"));
    const ProgramResult assumed = explain({"S1", "TPMT", "--input", input, "--assume-reference"});
    CHECK(has(assumed.out, "42 in no record and taken as reference because you asked for it."));
    CHECK_FALSE(has(assumed.out, "COULD CHANGE"));
  }

  TEST_CASE("a gene from outside is explained by its call") {
    const ProgramResult run =
        explain({"mother", "HLA-B", "--input", family, "--outside-calls", samples + "outside_calls.tsv"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.err, "");
    CHECK(has(run.out, "An outside call, which goes before what the variants say."));
    CHECK(has(run.out, "action   abacavir        CPIC  Avoid abacavir."));
  }

  TEST_CASE("an unknown gene or sample is refused with the nearest name") {
    check_refused(explain({"mother", "TPTM", "--input", family}), 2, "no such gene in the catalogue: TPTM");
    CHECK(has(explain({"mother", "TPTM", "--input", family}).err, "did you mean `TPMT`?"));
    check_refused(explain({"mohter", "TPMT", "--input", family}), 4,
                  family + ": sample mohter: no such sample in the file");
    CHECK(has(explain({"mohter", "TPMT", "--input", family}).err, "did you mean `mother`?"));
    check_refused(explain({"mother"}), 2, "GENE is required");
    check_refused(explain({"mother", "TPMT"}), 2, "no input");
  }
}

}  // namespace stardose::tests
