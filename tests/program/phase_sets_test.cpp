// Phase holds within a phase set; a file that does not declare PS in its header still means it.
#include <doctest/doctest.h>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string ps_line = "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"\">\n";

/// The row of TPMT for a person with the variants of *3B and *3C, one or both on a strand.
std::string tpmt_row(const std::string& header_lines, const std::string& genotype_3c, const std::string& genotype_3b) {
  const TempFolder folder;
  const std::string input = folder.write("in.vcf", vcf_header({"S1"}, header_lines) +
                                                       vcf_record("chr6 18130687 T C", {genotype_3c}, ".", "GT:PS") +
                                                       vcf_record("chr6 18138997 C T", {genotype_3b}, ".", "GT:PS"));
  const ProgramResult run = run_program({"run", "--input", input, "--genes", "TPMT", "-o", folder / "out"});
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  const std::string table = file_text(folder / "out/calls.tsv");
  return table.substr(table.find('\n') + 1);
}

}  // namespace

TEST_SUITE("program: phase sets") {
  TEST_CASE("one phase set tells the strands, two do not, declared or not") {
    for (const std::string& header_lines : {ps_line, std::string{}}) {
      INFO("header: ", header_lines);
      CHECK(tpmt_row(header_lines, "0|1:1", "1|0:1").starts_with("S1\tTPMT\tcalled\t*3B/*3C\tPoor Metabolizer\t"));
      CHECK(
          tpmt_row(header_lines, "0|1:1", "0|1:1").starts_with("S1\tTPMT\tcalled\t*1/*3A\tIntermediate Metabolizer\t"));
      const std::string two_sets = tpmt_row(header_lines, "0|1:1", "1|0:2");
      CHECK(two_sets.starts_with("S1\tTPMT\tcalled\t*1/*3A\tIntermediate Metabolizer\t"));
      CHECK(two_sets.find("\tunphased\t") != std::string::npos);
    }
  }
}

}  // namespace stardose::tests
