// References beside the usual one: alternate contigs with the gene, none of its contig, GRCh37 without `chr`.
#include <doctest/doctest.h>

#include "tests/builders/covered_sites.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

using test::AlignmentBuilder;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Forty reads at every base of CYP2D6 and CYP2D7, and `reads` over the gene on an alternate contig.
std::string write_reads(const std::string& path, const std::string& alternate, int flags, int reads) {
  AlignmentBuilder builder;
  builder.contig(alternate, 176103).samples({"R1"});
  for (int at = 42123000; at < 42145000; at += 1000) {
    for (int k = 0; k < 40; ++k) {
      const std::string name = "p" + std::to_string(k) + "_" + std::to_string(at);
      builder.read(name + " 0 chr22 " + std::to_string(at) + " 60 1000M", std::string(1000, 'A'));
    }
  }
  for (int k = 0; k < reads; ++k) {
    builder.read("a" + std::to_string(k) + " " + std::to_string(flags) + " " + alternate + " 48001 60 6000M",
                 std::string(6000, 'A'));
  }
  return builder.write_bam(path);
}

std::string reason_of(const TempFolder& folder, const std::string& gene) {
  for (const TableRow& row : read_table(folder / "out/calls.tsv")) {
    if (row.at("gene") == gene) return row.at("status") + ": " + row.at("reason");
  }
  return "no such row";
}

ProgramResult run_cyp2d6(const TempFolder& folder, const std::string& bam) {
  return run_program({"run", "--input", bam, "--genes", "CYP2D6", "--output", folder / "out"});
}

}  // namespace

TEST_SUITE("program: alternate contigs") {
  TEST_CASE("reads that lie on an alternate contig are told, and their gene is not called") {
    const TempFolder folder;
    const std::string said = "% of the reads of CYP2D6 are aligned to alternate contigs (";
    for (const std::string name : {"chr22_KI270928v1_alt", "KI270928.1", "NT_187682.1", "chr22_KB663609v1_alt"}) {
      const std::string bam = write_reads(folder / "a.bam", name, 0, 40);
      const ProgramResult run = run_cyp2d6(folder, bam);
      CHECK_EQ(run.exit_code, 0);
      CHECK(run.err.starts_with("warning: " + bam + ": "));
      CHECK(has(run.err, said + name + ")"));
      CHECK(has(run.err, "align to GRCh38 without alternate contigs"));
      CHECK(has(reason_of(folder, "CYP2D6"), "no_call: a part of the gene's reads was aligned to an alternate contig"));
      CHECK(has(file_text(folder / "out/run.json"), said));
      CHECK(has(file_text(folder / "out/report/R1.html"), "aligned to an alternate contig"));
    }
    const ProgramResult explained =
        run_program({"explain", "R1", "CYP2D6", "--input", write_reads(folder / "a.bam", "KI270928.1", 0, 40)});
    CHECK(has(explained.err, said));
    CHECK(has(explained.out, "A part of the gene's reads was aligned to an alternate contig"));
  }

  TEST_CASE("alignments beside the primary one, and few that stray, change nothing") {
    const TempFolder folder;
    for (const auto& [flags, reads] : {std::pair{2048, 40}, std::pair{256, 40}, std::pair{1024, 40}, std::pair{0, 1}}) {
      CAPTURE(flags);
      const ProgramResult run = run_cyp2d6(folder, write_reads(folder / "a.bam", "chr22_KI270928v1_alt", flags, reads));
      CHECK_EQ(run.exit_code, 0);
      CHECK_FALSE(has(run.err, "alternate"));
      CHECK_FALSE(has(reason_of(folder, "CYP2D6"), "alternate"));
    }
  }

  TEST_CASE("a gene whose contig the reference lacks is a no call that says so") {
    const TempFolder folder;
    const std::string bam = AlignmentBuilder{}
                                .no_contigs()
                                .contig("chr1", 248956422)
                                .contig("chr10", 133797422)
                                .samples({"R1"})
                                .write_bam(folder / "a.bam");
    CHECK_EQ(run_cyp2d6(folder, bam).exit_code, 0);
    CHECK_EQ(reason_of(folder, "CYP2D6"), "no_call: the input's reference lacks the contig on which the gene lies");
  }

  TEST_CASE("GRCh37 with and without `chr`, told by the lengths: its own positions everywhere") {
    const TempFolder folder;
    for (const std::string chr : {"", "chr"}) {
      AlignmentBuilder builder;
      builder.no_contigs().contig(chr + "16", 90354753).samples({"R1"});
      for (int k = 0; k < 20; ++k) {
        builder.read("r" + std::to_string(k) + " 0 " + chr + "16 31107679 60 21M",
                     std::string{"GATTACAGAT"} + (k < 10 ? "C" : "T") + "CCATGCATGA");
      }
      const std::string bam = builder.write_bam(folder / "a.bam");
      const ProgramResult run = run_program({"run", "--input", bam, "--genes", "VKORC1", "--output", folder / "out"});
      CHECK_EQ(run.exit_code, 0);
      CHECK(has(file_text(folder / "out/calls.tsv"), "rs9923231 reference (C)/rs9923231 variant (T)"));
      CHECK(has(file_text(folder / "out/coverage.tsv"), "R1\tVKORC1\tchr16:31107689\t20\t20\t60\tyes\n"));
      CHECK(has(file_text(folder / "out/run.json"), "\"assembly\": \"GRCh37\""));
      const std::string page = file_text(folder / "out/report/R1.html");
      CHECK(has(page, "GRCh37"));
      CHECK_FALSE(has(page, "31096368"));
      CHECK_FALSE(has(file_text(folder / "out/report/R1.json"), "31096368"));
      const ProgramResult explained = run_program({"explain", "R1", "VKORC1", "--input", bam, "--all-positions"});
      CHECK(has(explained.out, "chr16:31107689"));
      CHECK_FALSE(has(explained.out, "31096368"));
    }
  }
}

}  // namespace stardose::tests
