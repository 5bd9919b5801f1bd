// Names that are not UTF-8: refused in tables and models, and whatever is written as JSON or HTML is UTF-8 all the
// same.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "genomics/basics/utf8.h"
#include "tests/program/all_formats.h"
#include "tests/program/refusal.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;

/// How many files of JSON and HTML are below the folder; each is UTF-8, and JSON is JSON.
int check_files(const std::string& folder) {
  int checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    const std::string ending = entry.path().extension().string();
    if (!entry.is_regular_file() || (ending != ".json" && ending != ".html")) continue;
    CAPTURE(entry.path().string());
    const std::string text = file_text(entry.path().string());
    CHECK_EQ(genomics::find_not_utf8(text), std::string::npos);
    if (ending == ".json") CHECK(Json::accept(text));
    ++checked;
  }
  return checked;
}

const std::string latin1 =
    "Gr\xe4\xdf"
    "e";
const std::string in_utf8 = "Gr\u00e4\u00dfe";

}  // namespace

TEST_SUITE("program: not UTF-8") {
  TEST_CASE("a sample of a VCF may be named in Latin-1; what is written of it is UTF-8") {
    const TempFolder files;
    const std::string vcf = files.write("in.vcf", vcf_header({latin1}) + vcf_record("chr6 18130687 T C", {"0/1"}));
    const ProgramResult run = run_program(
        {"run", "--input", vcf, "--output", files / "out", "--write", "calls,guidance,json,html,fhir,multiqc"});
    INFO(run.err);
    REQUIRE_EQ(run.exit_code, 0);
    CHECK_GT(check_files(files / "out"), 4);
    CHECK_NE(run.err.find(vcf + ": names of samples are not UTF-8, and were read as Latin-1"), std::string::npos);
    CHECK_NE(file_text(files / "out/calls.tsv").find("\n" + in_utf8 + "\t"), std::string::npos);
  }

  TEST_CASE("its calls are of the one whom a table names in UTF-8") {
    const TempFolder files;
    const std::string vcf = files.write("in.vcf", vcf_header({latin1}) + vcf_record("chr16 31096368 C T", {"0/1"}));
    REQUIRE_EQ(run_program({"run", "--input", vcf, "--output", files / "out"}).exit_code, 0);
    const std::string people =
        files.write("p.tsv", "sample\tage_years\theight_cm\tweight_kg\trace\n" + in_utf8 + "\t50\t175\t80\tWhite\n");
    for (const std::string flag : {"--calls", "--input"}) {
      const std::string from = flag == "--calls" ? files / "out/calls.tsv" : vcf;
      const ProgramResult dose =
          run_program({"dose", "warfarin-iwpc-2009", "--covariates", people, flag, from, "-o", files / "dose" + flag});
      INFO(dose.err);
      CHECK_EQ(dose.exit_code, 0);
    }
  }

  TEST_CASE("one name in UTF-8 and in Latin-1 is no two samples") {
    const TempFolder files;
    const std::string vcf =
        files.write("in.vcf", vcf_header({latin1, in_utf8}) + vcf_record("chr6 18130687 T C", {"0/1", "0/0"}));
    check_refused(run_program({"run", "--input", vcf, "-o", files / "out"}), 3,
                  vcf + ": header: sample " + in_utf8 + " is there twice, in UTF-8 and in Latin-1");
  }

  TEST_CASE("tables of people and patients are refused where they are not UTF-8") {
    const TempFolder files;
    const std::string table = files.write("t.tsv", "sample\tage\n" + latin1 + "\t60\n");
    const std::string model = files.write("m.csv", "feature,coefficient\nage,1\n");
    check_refused(run_program({"score", model, "--table", table, "-o", files / "s"}), 3,
                  table + ": 2:3: is not UTF-8: the people hold a byte that begins no character");
    CHECK_FALSE(fs::exists(files / "s"));
    check_refused(run_program({"dose", "warfarin", "--covariates", table, "-o", files / "d"}), 3,
                  table + ": 2:3: is not UTF-8: the covariates hold a byte that begins no character");
    const std::string other = files.write("l.csv", "feature,coefficient\n" + latin1 + ",1\n");
    check_refused(run_program({"score", other, "--table", table, "-o", files / "s"}), 3,
                  other + ": line 2: is not UTF-8: it holds a byte that begins no character");
  }
}

}  // namespace stardose::tests
