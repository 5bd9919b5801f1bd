// Calls made elsewhere, given to the built program.
#include <doctest/doctest.h>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

std::string input_text(const std::vector<std::string>& samples) {
  return vcf_header(samples) + vcf_record("chr6 18130687 T C", std::vector<std::string>(samples.size(), "0/0"));
}

class Runs {
 public:
  explicit Runs(const std::vector<std::string>& samples, std::string outputs = "calls")
      : input_{folder_.write("in.vcf", input_text(samples))},
        path_{folder_ / "calls.tsv"},
        outputs_{std::move(outputs)} {}

  ProgramResult with(const std::string& calls) {
    folder_.write("calls.tsv", calls);
    return run_program(
        {"run", "--input", input_, "--outside-calls", path_, "--write", outputs_, "--output", folder_ / "out"});
  }
  /// The beginning of the sample's row of the gene, up to the basis.
  [[nodiscard]] std::string row(const std::string& sample, const std::string& gene) const {
    const std::string table = file_text(folder_ / "out/calls.tsv");
    const std::size_t at = table.find("\n" + sample + "\t" + gene + "\t");
    return at == std::string::npos ? "" : table.substr(at + 1, table.find('\n', at + 1) - at - 1);
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// A file of the output.
  [[nodiscard]] std::string file(const std::string& name) const { return file_text(folder_ / "out/" + name); }

 private:
  TempFolder folder_;
  std::string input_;
  std::string path_;
  std::string outputs_;
};

}  // namespace

TEST_SUITE("program: outside calls") {
  TEST_CASE("a call made elsewhere is taken, for one sample or for named ones") {
    Runs one{{"S1"}};
    CHECK_EQ(one.with("# by another caller\nCYP2D6\t*4/*10\n").exit_code, 0);
    CHECK(one.row("S1", "CYP2D6")
              .starts_with("S1\tCYP2D6\tcalled\t*4/*10\tIntermediate Metabolizer\t0.25\t.\toutside call"));
    Runs two{{"S1", "S2"}};
    CHECK_EQ(two.with("sample\tgene\tdiplotype\tphenotype\nS2\tCYP2D6\t.\tPoor Metabolizer\n").exit_code, 0);
    CHECK(two.row("S2", "CYP2D6").starts_with("S2\tCYP2D6\tcalled\t.\tPoor Metabolizer\t"));
    CHECK(two.row("S1", "CYP2D6").starts_with("S1\tCYP2D6\tno_call\t.\t.\t"));
  }

  TEST_CASE("either of two names of a DPYD allele will do") {
    Runs runs{{"S1"}};
    for (const char* written : {"*1/*2A", "Reference/c.1905+1G>A", "Reference/c.1905+1G>A (*2A)"}) {
      CAPTURE(written);
      CHECK_EQ(runs.with("DPYD\t" + std::string{written} + "\n").exit_code, 0);
      CHECK_NE(runs.row("S1", "DPYD").find("\tReference/c.1905+1G>A (*2A)\t"), std::string::npos);
    }
    CHECK_EQ(runs.with("DPYD\tHapB3/*13\n").exit_code, 0);
    const std::string row = runs.row("S1", "DPYD");
    CHECK_NE(row.find("c.1129-5923C>G, c.1236G>A (HapB3)/c.1679T>G (*13)"), std::string::npos);
    CHECK_NE(row.find("\tPoor Metabolizer\t0.5\t"), std::string::npos);
  }

  TEST_CASE("faulty calls are refused with file and line") {
    Runs runs{{"S1"}};
    check_refused(runs.with("\nCYP2D6\n"), 3,
                  runs.path() + ": 2: the line states neither diplotype, phenotype nor activity score");
    check_refused(runs.with("CYP2D6\t.\t.\tmany\n"), 3, runs.path() + ": 1: not an activity score");
    check_refused(runs.with("CYP2D6\t.\tPoor Metabolixer\n"), 3, runs.path() + ": 1: not a phenotype of CYP2D6");
    check_refused(runs.with("sample\tgene\tdiplotipe\n"), 3, runs.path() + ": 1: unknown column: diplotipe");
  }

  TEST_CASE("samples and genes that the run does not know are told, with file and line, and in run.json") {
    Runs runs{{"S1"}};
    const ProgramResult run =
        runs.with("sample\tgene\tdiplotype\nS9\tCYP2D6\t*1/*4\nS1\tCYP2D7\t*1/*1\nS1\tCYP2D6\t*4/*4\n");
    CHECK_EQ(run.exit_code, 0);
    for (const std::string told :
         {":2: the input has no sample S9; the line is left out",
          ":3: no such gene in the catalogue: CYP2D7 (nearest: CYP2D6); the line is left out"}) {
      INFO(run.err);
      CHECK(run.err.find("warning: " + runs.path() + told) != std::string::npos);
      CHECK(runs.file("run.json").find(told) != std::string::npos);
    }
    CHECK(runs.row("S1", "CYP2D6").starts_with("S1\tCYP2D6\tcalled\t*4/*4\tPoor Metabolizer\t0.0\t"));
  }

  TEST_CASE("two calls of one gene that differ are both reported") {
    Runs runs{{"S1"}};
    CHECK_EQ(runs.with("CYP2D6\t*1/*1\nCYP2D6\t*4/*1\n").exit_code, 0);
    CHECK(runs.row("S1", "CYP2D6")
              .starts_with("S1\tCYP2D6\tambiguous\t*1/*1;*1/*4\tNormal Metabolizer;Intermediate Metabolizer\t2.0;1.0\t"
                           "the outside calls of the gene differ\toutside call"));
  }

  TEST_CASE("a call beside variants that say otherwise is told in every output") {
    Runs runs{{"S1"}, "calls,json,html"};
    CHECK_EQ(runs.with("TPMT\t*3A/*3A\n").exit_code, 0);
    const std::string told =
        "The variants of the input say *1/*1 (Normal Metabolizer); the outside call goes before them";
    CHECK(runs.row("S1", "TPMT").starts_with("S1\tTPMT\tcalled\t*3A/*3A\tPoor Metabolizer\t"));
    CHECK(runs.row("S1", "TPMT").find(told) != std::string::npos);
    CHECK(runs.file("report/S1.json").find(told) != std::string::npos);
    CHECK(runs.file("report/S1.html").find(told) != std::string::npos);
  }

  TEST_CASE("a call that contradicts itself is told") {
    Runs runs{{"S1"}};
    CHECK_EQ(runs.with("CYP2D6\t*1/*1\tPM\t>=4.0\n").exit_code, 0);
    CHECK(runs.row("S1", "CYP2D6").starts_with("S1\tCYP2D6\tcalled\t*1/*1\tPoor Metabolizer\t.\t"));
    CHECK(runs.row("S1", "CYP2D6")
              .find("The outside call contradicts itself: it states Poor Metabolizer, which is taken, "
                    "and activity score >=4.0, which gives Ultrarapid Metabolizer.") != std::string::npos);
  }

  TEST_CASE("a call without a result is a no call; a test that was not done leaves our own") {
    Runs runs{{"S1"}};
    CHECK_EQ(runs.with("TPMT\t./.\n").exit_code, 0);
    CHECK(runs.row("S1", "TPMT").starts_with("S1\tTPMT\tno_call\t.\t.\t.\tthe outside call is without a result\t"));
    CHECK_EQ(runs.with("TPMT\t\tNot available\n").exit_code, 0);
    CHECK(runs.row("S1", "TPMT").starts_with("S1\tTPMT\tcalled\t*1/*1\t"));
  }

  TEST_CASE("a file that does not name samples serves one sample only") {
    Runs runs{{"S1", "S2"}};
    check_refused(runs.with("CYP2D6\t*1/*4\n"), 3,
                  runs.path() + ": 1: the file does not say which sample a call belongs to, and the run has several");
  }

  TEST_CASE("a dry run reads them too") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", input_text({"S1"}));
    const std::string calls = folder.write("calls.tsv", "CYP2D6\n");
    check_refused(
        run_program({"run", "--input", input, "--outside-calls", calls, "--output", folder / "out", "--dry-run"}), 3,
        calls + ": 1: the line states neither diplotype, phenotype nor activity score");
  }

  TEST_CASE("a file that is not there is refused") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", input_text({"S1"}));
    check_refused(
        run_program({"run", "--input", input, "--outside-calls", "/nowhere/c.tsv", "--output", folder / "out"}), 3,
        "/nowhere/c.tsv: cannot open the outside calls");
    CHECK(files_below(folder / "out").empty());
  }
}

}  // namespace stardose::tests
