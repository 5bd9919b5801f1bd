// `stardose knowledge`, and runs with another catalogue than the embedded one.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

/// The embedded catalogue as files, to be broken.
class Exported {
 public:
  Exported() { REQUIRE_EQ(run_program({"knowledge", "export", folder()}).exit_code, 0); }

  [[nodiscard]] std::string folder() const { return temp_ / "catalogue"; }
  [[nodiscard]] const TempFolder& temp() const { return temp_; }

  void replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = file_text(folder() + "/" + file);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    temp_.write("catalogue/" + file, text.replace(at, from.size(), to));
  }
  [[nodiscard]] ProgramResult run() const {
    const std::string input = temp_.write("in.vcf", vcf_header() + vcf_record("chr6 18130687 T C", {"0/1"}));
    return run_program({"run", "--input", input, "--knowledge", folder(), "--output", temp_ / "out"});
  }

 private:
  TempFolder temp_;
};

}  // namespace

TEST_SUITE("program: knowledge") {
  TEST_CASE("list has a line for each gene, show has a gene's tables") {
    const ProgramResult list = run_program({"knowledge", "list"});
    CHECK_EQ(list.exit_code, 0);
    CHECK_EQ(std::ranges::count(list.out, '\n'), 2 + 89);
    CHECK(list.out.starts_with("# catalogue "));
    CHECK(list.out.find("\nCYP2D6\tchr22\t") != std::string::npos);
    // VKORC1 is the last with a guideline, ABCB1 the first without.
    CHECK(list.out.find("\nVKORC1\t") < list.out.find("\nABCB1\t"));
    const ProgramResult show = run_program({"knowledge", "show", "TPMT"});
    CHECK_EQ(show.exit_code, 0);
    for (const char* part :
         {"## genes/TPMT/gene.yaml\n", "## genes/TPMT/sites.tsv\n", "rs1142345", "## guidelines\n"}) {
      CHECK(show.out.find(part) != std::string::npos);
    }
    check_refused(run_program({"knowledge", "show", "CYP9X9"}), 2, "no such gene in the catalogue: CYP9X9");
  }

  TEST_CASE("an exported catalogue is whole, equal to the embedded one, and gives the same bytes") {
    const Exported catalogue;
    const ProgramResult valid = run_program({"knowledge", "validate", catalogue.folder()});
    CHECK_EQ(valid.exit_code, 0);
    CHECK(valid.out.find("is whole: 89 genes") != std::string::npos);
    const ProgramResult diff = run_program({"knowledge", "diff", "embedded", catalogue.folder()});
    CHECK_EQ(diff.exit_code, 0);
    CHECK_EQ(diff.out, "");
    const std::string header = run_program({"knowledge", "list"}).out;
    CHECK_EQ(run_program({"knowledge", "list", "--knowledge", catalogue.folder()}).out, header);
    REQUIRE_EQ(catalogue.run().exit_code, 0);
    const std::string input = catalogue.temp() / "in.vcf";
    REQUIRE_EQ(run_program({"run", "--input", input, "--output", catalogue.temp() / "own"}).exit_code, 0);
    for (const char* file : {"calls.tsv", "guidance.tsv", "report/S1.html", "report/S1.json"}) {
      INFO(file);
      CHECK(file_text(catalogue.temp() / "out/" + file) == file_text(catalogue.temp() / "own/" + file));
    }
  }

  TEST_CASE("diff shows what changed and nothing else") {
    const Exported catalogue;
    catalogue.replace("genes/TPMT/sites.tsv", "rs1142345", "rs999");
    const ProgramResult diff = run_program({"knowledge", "diff", "embedded", catalogue.folder()});
    CHECK_EQ(diff.exit_code, 0);
    CHECK(diff.out.starts_with("## genes/TPMT/sites.tsv\n- "));
    CHECK_EQ(std::ranges::count(diff.out, '\n'), 3);
  }

  TEST_CASE("a catalogue with a file missing is refused") {
    const Exported catalogue;
    std::filesystem::remove(catalogue.folder() + "/genes/TPMT/sites.tsv");
    check_refused_saying(catalogue.run(), 6, {"error: " + catalogue.folder() + ": genes/TPMT"});
    const ProgramResult validate = run_program({"knowledge", "validate", catalogue.folder()});
    CHECK_EQ(validate.exit_code, 6);
    CHECK(validate.out.find("genes/TPMT") != std::string::npos);
    std::filesystem::remove(catalogue.folder() + "/release.yaml");
    check_refused_saying(catalogue.run(), 6, {"it has no release.yaml"});
    check_refused_saying(run_program({"knowledge", "validate", "/nowhere"}), 6, {"/nowhere: no such folder"});
    check_refused_saying(run_program({"knowledge", "diff", "embedded", "/nowhere"}), 6, {"/nowhere: no such folder"});
  }

  TEST_CASE("an allele that asks for a base its site does not have is refused with file and line") {
    const Exported catalogue;
    catalogue.replace("genes/TPMT/alleles.tsv", "18130687=C", "18130687=A");
    check_refused_saying(catalogue.run(), 6, {"genes/TPMT/alleles.tsv:"});
    CHECK(files_below(catalogue.temp() / "out").empty());
  }

  TEST_CASE("an allele named twice, and a site given twice, are refused") {
    const Exported alleles;
    alleles.replace("genes/TPMT/alleles.tsv", "\n*3C\t", "\n*3B\t");
    check_refused_saying(alleles.run(), 6, {"genes/TPMT/alleles.tsv:"});
    const Exported sites;
    sites.replace("genes/TPMT/sites.tsv", "\n18130687\t",
                  "\n18130687\tT\tC\trs1142345\tg.18130687T>C\t.\t.\n18130687\t");
    check_refused_saying(sites.run(), 6, {"genes/TPMT/sites.tsv:"});
  }

  TEST_CASE("validate names every fault") {
    const Exported catalogue;
    catalogue.replace("genes/TPMT/alleles.tsv", "18130687=C", "18130687=A");
    catalogue.replace("genes/NUDT15/gene.yaml", "ploidy: diploid", "ploidy: two");
    const ProgramResult validate = run_program({"knowledge", "validate", catalogue.folder()});
    CHECK_EQ(validate.exit_code, 6);
    CHECK(validate.out.find("genes/TPMT/alleles.tsv:") != std::string::npos);
    CHECK(validate.out.find("genes/NUDT15/gene.yaml") != std::string::npos);
    CHECK(validate.err.find("fault(s)") != std::string::npos);
    CHECK_EQ(lines_starting(validate.err, "error"), 1);
    CHECK_EQ(lines_starting(validate.err, "help"), 1);
  }
}

}  // namespace stardose::tests
