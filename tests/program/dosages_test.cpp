// Dosage matrices as a user gets them.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "tests/program/bgzip.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

using Files = std::vector<std::string>;

const std::vector<std::string> people{"A", "B", "C"};

std::string small_vcf() {
  return vcf_header(people) + vcf_record("chr6 18130687 T C", {"0/1", "1/1", "./."}) +
         vcf_record("chr10 94761900 C T", {"0|0", "0|1", "1|1"}) +
         vcf_record("chr10 94770000 A G,T", {"1/2", "0", "."}) + vcf_record("chrM 1555 A G", {"1", "0", "."});
}

ProgramResult write_dosages(const std::string& input, const std::string& output, Files more = {}) {
  Files words{"run", "--input", input, "--output", output, "--write", "dosages"};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words);
}

std::vector<std::string> lines_with(const std::string& text, const std::string& start) {
  std::vector<std::string> found;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(start)) found.push_back(line);
  }
  return found;
}

}  // namespace

TEST_SUITE("program: dosages") {
  TEST_CASE("the table has a line for every documented alternative, and NA where nothing is known") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    const ProgramResult run = write_dosages(input, folder / "out");
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    CHECK(files_below(folder / "out") == Files{"dosages.tsv", "run.json"});
    const std::string table = file_text(folder / "out/dosages.tsv");
    CHECK(table.starts_with("chrom\tpos\tid\tref\talt\tA\tB\tC\n"));
    CHECK(lines_with(table, "chr6\t18130687\t") ==
          Files{"chr6\t18130687\trs1142345\tT\tC\t1\t2\tNA", "chr6\t18130687\trs1142345\tT\tG\t0\t0\tNA"});
    CHECK(lines_with(table, "chr10\t94761900\t") == Files{"chr10\t94761900\trs12248560\tC\tT\t0\t1\t2"});
    CHECK(lines_with(table, "chrM\t1555\t").size() == 1);
    CHECK(lines_with(table, "chrM\t1555\t").front().ends_with("\tA\tG\t1\t0\tNA"));
    CHECK(lines_with(table, "chr1\t97078987\t").front().ends_with("\tG\tT\tNA\tNA\tNA"));
    CHECK(lines_with(table, "chr10\t94770000\t").empty());
  }

  TEST_CASE("absent positions have no copies only where a call takes them for reference") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    REQUIRE(write_dosages(input, folder / "out", {"--assume-reference"}).exit_code == 0);
    const std::string table = file_text(folder / "out/dosages.tsv");
    CHECK(lines_with(table, "chr6\t18130687\t") ==
          Files{"chr6\t18130687\trs1142345\tT\tC\t1\t2\tNA", "chr6\t18130687\trs1142345\tT\tG\t0\t0\tNA"});
    CHECK(lines_with(table, "chr10\t94762706\t").front().ends_with("\tA\tG\t0\t0\t0"));
    CHECK(lines_with(table, "chr1\t97078987\t").front().ends_with("\tG\tT\tNA\tNA\tNA"));
  }

  TEST_CASE("all records become a PLINK fileset: a row an alternative, a single copy counted twice") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    const ProgramResult run = write_dosages(input, folder / "out", {"--dosage-sites", "all"});
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    CHECK(files_below(folder / "out") == Files{"dosages.bed", "dosages.bim", "dosages.fam", "run.json"});
    CHECK_EQ(file_text(folder / "out/dosages.bim"),
             "chr6\tchr6:18130687:T:C\t0\t18130687\tC\tT\nchr10\tchr10:94761900:C:T\t0\t94761900\tT\tC\n"
             "chr10\tchr10:94770000:A:G\t0\t94770000\tG\tA\nchr10\tchr10:94770000:A:T\t0\t94770000\tT\tA\n"
             "chrM\tchrM:1555:A:G\t0\t1555\tG\tA\n");
    CHECK_EQ(file_text(folder / "out/dosages.fam"), "0\tA\t0\t0\t0\t-9\n0\tB\t0\t0\t0\t-9\n0\tC\t0\t0\t0\t-9\n");
    // By twos of bits from the right: 0 two copies, 1 missing, 2 one copy, 3 none.
    const std::string rows{"\x6C\x1B\x01\x12\x0B\x1E\x1E\x1C", 8};
    CHECK(file_text(folder / "out/dosages.bed") == rows);
  }

  TEST_CASE("text, VCF.gz, BCF, standard input, an index and threads change no byte") {
    const TempFolder folder;
    std::string text = vcf_header(people);
    for (int k = 0; k < 3000; ++k) {
      text += vcf_record("chr10 " + std::to_string(94'700'000 + 40 * k) + " A G",
                         {k % 3 == 0 ? "0/1" : "0|0", k % 7 == 0 ? "1|1" : "0/0", k % 11 == 0 ? "./." : "1/0"});
    }
    const std::string plain = folder.write("in.vcf", text);
    convert_vcf(plain, folder / "in.vcf.gz", "wz");
    convert_vcf(plain, folder / "in.bcf", "wb");
    REQUIRE(bcf_index_build((folder / "in.bcf").c_str(), 14) == 0);
    for (const std::string sites : {"catalogue", "all"}) {
      REQUIRE(write_dosages(plain, folder / "first" + sites, {"--dosage-sites", sites}).exit_code == 0);
      for (const std::string input : {"in.vcf", "in.vcf.gz", "in.bcf", "-"}) {
        for (const std::string threads : {"1", "2", "8"}) {
          CAPTURE(sites + " " + input + " " + threads);
          const Files words{"run",     "--input",       input == "-" ? input : folder / input,
                            "--write", "dosages",       "--dosage-sites",
                            sites,     "--threads",     threads,
                            "-o",      folder / "other"};
          REQUIRE(run_program(words, input == "-" ? folder / "in.bcf" : "").exit_code == 0);
          for (const std::string file : {"dosages.tsv", "dosages.bed", "dosages.bim", "dosages.fam"}) {
            if ((file == "dosages.tsv") != (sites == "catalogue")) continue;
            CHECK(file_text(folder / "other/" + file) == file_text(folder / "first" + sites + "/" + file));
          }
        }
      }
    }
  }

  TEST_CASE("what the catalogue's table says, the fileset says of the same records") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    REQUIRE(write_dosages(input, folder / "all", {"--dosage-sites", "all", "--samples", "C,A"}).exit_code == 0);
    REQUIRE(write_dosages(input, folder / "some", {"--samples", "C,A"}).exit_code == 0);
    CHECK(lines_with(file_text(folder / "some/dosages.tsv"), "chr10\t94761900\t") ==
          Files{"chr10\t94761900\trs12248560\tC\tT\t0\t2"});
    CHECK_EQ(file_text(folder / "all/dosages.fam"), "0\tA\t0\t0\t0\t-9\n0\tC\t0\t0\t0\t-9\n");
    CHECK(static_cast<unsigned char>(file_text(folder / "all/dosages.bed")[4]) == 0x03);
  }

  TEST_CASE("a sample that a .fam cannot hold is refused, and nothing is left") {
    const TempFolder folder;
    for (const std::string name : {"A B", "0"}) {
      const std::string input = folder.write("in.vcf", vcf_header({name}) + vcf_record("chr10 94761900 C T", {"0/1"}));
      const ProgramResult run = write_dosages(input, folder / "out", {"--dosage-sites", "all"});
      CHECK_EQ(run.exit_code, 4);
      CHECK(run.err.find("a .fam can hold no sample of this name") != std::string::npos);
      CHECK(files_below(folder / "out").empty());
      CHECK_EQ(write_dosages(input, folder / "fine").exit_code, 0);
    }
  }

  TEST_CASE("an input that turns out broken leaves no fileset") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf() + "chr12\t5\tgarbage\n");
    const ProgramResult run = write_dosages(input, folder / "out", {"--dosage-sites", "all"});
    CHECK_EQ(run.exit_code, 3);
    CHECK(files_below(folder / "out").empty());
  }
}

}  // namespace stardose::tests
