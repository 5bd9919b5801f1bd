// The genes of the PyPGx tables on the 1000 Genomes cohort: called in nearly everybody, or left alone for a reason.
#include <doctest/doctest.h>

#include <map>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

struct Counts {
  int called = 0;
  int total = 0;
};

}  // namespace

TEST_SUITE("shared: added genes") {
  TEST_CASE("more than sixty genes are called from variants in one run, each in more than 95 of 100 genomes") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    // The cohort file covers part of the genes; the sample family covers all of them.
    const ProgramResult family =
        run_program({"run", "--input", STARDOSE_SOURCE_DIR "/data-samples/family.vcf.gz", "--samples", "mother",
                     "--write", "calls", "--output", folder / "family"});
    REQUIRE_MESSAGE(family.exit_code == 0, family.err);
    int called = 0;
    for (const std::string& line : split_text(file_text(folder / "family/calls.tsv"), "\n")) {
      called += line.find("\tcalled\t") != std::string::npos ? 1 : 0;
    }
    CHECK_GE(called, 60);

    const ProgramResult cohort = run_program({"run", "--input", shared_path("data/1kgp3202_pgx_grch38.bcf"),
                                              "--assume-reference", "--from-small-variants", "CYP2A6,GSTM1,SULT1A1",
                                              "--write", "calls", "--output", folder / "cohort"});
    REQUIRE_MESSAGE(cohort.exit_code == 0, cohort.err);
    std::map<std::string, Counts> counts;
    for (const std::string& line : split_text(file_text(folder / "cohort/calls.tsv"), "\n")) {
      const auto cells = split_text(line, "\t");
      if (cells.size() < 7 || cells[0] == "sample") continue;
      if (cells[6].starts_with("no position") || cells[6].starts_with("not called from") ||
          cells[6].starts_with("gene copies")) {
        continue;  // not in the file, or not called from variants
      }
      Counts& gene = counts[cells[1]];
      ++gene.total;
      gene.called += cells[2] == "called" ? 1 : 0;
    }
    CHECK_GE(counts.size(), 55);
    for (const auto& [gene, count] : counts) {
      INFO(gene << ": " << count.called << " of " << count.total);
      CHECK_GT(100 * count.called, 95 * count.total);
    }
  }
}

}  // namespace stardose::tests
