// Files of other callers, given to the built program as they are.
#include <doctest/doctest.h>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

/// Runs of two samples with a file of calls under a name of its own.
class Runs {
 public:
  Runs() : input_{folder_.write("in.vcf", vcf_header({"A", "B"}) + vcf_record("chr6 18130687 T C", {"0/0", "0/0"}))} {}

  ProgramResult with(const std::string& name, const std::string& text) {
    path_ = folder_.write(name, text);
    return run_program(
        {"run", "--input", input_, "--outside-calls", path_, "--write", "calls", "--output", folder_ / "out"});
  }
  /// Status, diplotype, phenotype, activity score and reason of CYP2D6.
  [[nodiscard]] std::string row(const std::string& sample) const {
    const std::string table = file_text(folder_ / "out/calls.tsv");
    const std::string start = "\n" + sample + "\tCYP2D6\t";
    const std::size_t at = table.find(start);
    REQUIRE_NE(at, std::string::npos);
    const std::size_t from = at + start.size();
    return table.substr(from, table.find("\toutside call", from) - from);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  TempFolder folder_;
  std::string input_;
  std::string path_;
};

/// The file is refused at this place and for this reason.
void check_refused_file(Runs& runs, const std::string& name, const std::string& text, const std::string& why) {
  const ProgramResult run = runs.with(name, text);
  check_refused(run, 3, runs.path() + why);
}

}  // namespace

TEST_SUITE("program: calls of other programs") {
  TEST_CASE("Cyrius's table: a call, an ambiguous one, and none with its reason") {
    Runs runs;
    REQUIRE_EQ(runs.with("cyrius.tsv",
                         "Sample\tGenotype\tFilter\nA\t*1/*4+*68\tPASS\n"
                         "B\t*1/*46;*43/*45\tMore_than_one_possible_genotype\n")
                   .exit_code,
               0);
    CHECK_EQ(runs.row("A"), "called\t*1/*4+*68\tIntermediate Metabolizer\t1.0\t.");
    CHECK(runs.row("B").starts_with("ambiguous\t*1/*46;*43/*45\t"));
    REQUIRE_EQ(
        runs.with("cyrius.tsv", "Sample\tGenotype\tFilter\nA\t*1_*2_*68\tNot_assigned_to_haplotypes\nB\tNone\tNone\n")
            .exit_code,
        0);
    CHECK_EQ(
        runs.row("A"),
        "no_call\t.\t.\t.\tthe outside call is without a result: Cyrius names alleles without saying which chromosome "
        "has which: *1_*2_*68");
    CHECK_EQ(runs.row("B"), "no_call\t.\t.\t.\tthe outside call is without a result: Cyrius has no call");
  }

  TEST_CASE("Aldy's solutions: minor alleles by their core, several as ambiguous, copies summed") {
    Runs runs;
    const std::string header = "#Sample\tGene\tSolutionID\tMajor\tMinor\tCopy\tAllele\tLocation\tType\tCoverage\n";
    REQUIRE_EQ(
        runs.with("x.aldy", header + "#Solution 1: *1.018, *4.021\nA\tCYP2D6\t1\t*1/*4.021\t\t0\t1.018\t1\tT>C\t9\n"
                                     "#Solution 2: *1.018, *10\nA\tCYP2D6\t2\t*1/*10\t\t0\t1.018\t1\tT>C\t9\n"
                                     "B\tCYP2D6\t1\t*2+*2/*4.021\t\t0\t2.001\t1\tT>C\t9\n")
            .exit_code,
        0);
    CHECK(runs.row("A").starts_with("ambiguous\t*1/*4;*1/*10\t"));
    CHECK_EQ(runs.row("B"), "called\t*2+*2/*4\tNormal Metabolizer\t2.0\t.");
  }

  TEST_CASE("an allele that the catalogue does not know is named, and has no known effect") {
    Runs runs;
    REQUIRE_EQ(runs.with("x.tsv", "Sample\tGenotype\tFilter\nA\t*1/*999\tPASS\n").exit_code, 0);
    CHECK(runs.row("A").starts_with("called\t*1/*999\tIndeterminate\t.\t"));
  }

  TEST_CASE("StellarPGx names no sample: the file's name does, or it is refused") {
    Runs runs;
    const auto text = [](const std::string& result) {
      return "CYP2D6 Star Allele Calling with StellarPGx\n\nResult:\n" + result + "\n\nActivity score:\n1.0\n";
    };
    REQUIRE_EQ(runs.with("B_2d6.alleles", text("*17/*29")).exit_code, 0);
    CHECK_EQ(runs.row("B"), "called\t*17/*29\tIntermediate Metabolizer\t1.0\t.");
    REQUIRE_EQ(runs.with("A_2d6.alleles", text("*1/*2 or *1/*35\tDuplication present")).exit_code, 0);
    CHECK(runs.row("A").ends_with("without a result: StellarPGx says: *1/*2 or *1/*35; Duplication present"));
    check_refused_file(runs, "other.alleles", text("*17/*29"),
                       ": the file does not say which sample a call belongs to, and the run has several");
  }

  TEST_CASE("PharmCAT's JSON; what is broken or of another program is refused with file, line and help") {
    Runs runs;
    REQUIRE_EQ(
        runs.with("report.json",
                  R"({"genes": {"CYP2D6": {"callSource": "OUTSIDE", "sourceDiplotypes": [{"allele1": {"name": "*1"},
                             "allele2": {"name": "*4"}, "phenotypes": ["Intermediate Metabolizer"]}]}},
                             "matcherMetadata": {"sampleId": "A"}})")
            .exit_code,
        0);
    CHECK_EQ(runs.row("A"), "called\t*1/*4\tIntermediate Metabolizer\t1.0\t.");
    check_refused_file(runs, "broken.json", "{\"genes\":\n {,}}", ": 2: not JSON, though it begins like it");
    check_refused_file(runs, "other.json", "{\"a\": 1}", ": 1: JSON of a program that is not known");
    check_refused_file(runs, "other.vcf", vcf_header({"A"}), ": 1: a VCF that is not Aldy's");
  }
}

}  // namespace stardose::tests
