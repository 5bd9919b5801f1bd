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
  explicit Runs(const std::vector<std::string>& samples)
      : input_{folder_.write("in.vcf", input_text(samples))}, path_{folder_ / "calls.tsv"} {}

  ProgramResult with(const std::string& calls) {
    folder_.write("calls.tsv", calls);
    return run_program(
        {"run", "--input", input_, "--outside-calls", path_, "--write", "calls", "--output", folder_ / "out"});
  }
  /// The beginning of the sample's row of the gene, up to the basis.
  [[nodiscard]] std::string row(const std::string& sample, const std::string& gene) const {
    const std::string table = file_text(folder_ / "out/calls.tsv");
    const std::size_t at = table.find("\n" + sample + "\t" + gene + "\t");
    return at == std::string::npos ? "" : table.substr(at + 1, table.find('\n', at + 1) - at - 1);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  TempFolder folder_;
  std::string input_;
  std::string path_;
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

  TEST_CASE("faulty calls are refused with file and line") {
    Runs runs{{"S1"}};
    check_refused(runs.with("CYP9X9\t*1/*1\n"), 3, runs.path() + ": 1: no such gene in the catalogue: CYP9X9");
    check_refused(runs.with("\nCYP2D6\n"), 3,
                  runs.path() + ": 2: the line states neither diplotype, phenotype nor activity score");
    check_refused(runs.with("CYP2D6\t.\t.\tmany\n"), 3, runs.path() + ": 1: not an activity score: many");
    check_refused(runs.with("CYP2D6\t*1/*1\nCYP2D6\t*1/*4\n"), 3,
                  runs.path() + ": 2: a second call of CYP2D6 for sample S1");
  }

  TEST_CASE("a file that does not name samples serves one sample only") {
    Runs runs{{"S1", "S2"}};
    check_refused(runs.with("CYP2D6\t*1/*4\n"), 3,
                  runs.path() + ": 1: the file does not say which sample a call belongs to, and the run has several");
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
