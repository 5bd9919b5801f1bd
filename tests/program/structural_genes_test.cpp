// Genes whose copies depth counts, through stardose run: simulated reads of deletions, repeats and hybrids as they lie
// on the chromosome, at 10x, 30x and 60x.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/builders/copy_reads.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

using test::AlignmentBuilder;
using test::CopyReads;

const pharmaco::KnowledgeBase& knowledge() {
  static const pharmaco::KnowledgeBase loaded = pharmaco::open_knowledge("");
  return loaded;
}

/// A person of GRCh38 whose genes and what lies around them were read; SULT1A1 *1 differs from the reference.
CopyReads person(double depth, std::uint64_t seed) {
  CopyReads reads{knowledge(), genomics::Assembly::grch38, depth, seed};
  reads.window("chr1", 109629000, 109640000).window("chr1", 109680000, 109704000).window("chr1", 109749000, 109756000);
  reads.window("chr4", 68534000, 68572000).window("chr4", 68670000, 68690000);
  reads.window("chr16", 28600000, 28626000);
  reads.window("chr19", 40832000, 40884000).window("chr19", 40919000, 41026000);
  return reads.variant("chr16", 28606164, 1);
}

std::string bam_of(const TempFolder& folder, CopyReads reads) {
  AlignmentBuilder builder;
  builder.no_contigs().contig("chr1", 248956422).contig("chr4", 190214555).contig("chr16", 90338345);
  builder.contig("chr19", 58617616).contig("chr22", 50818468).samples({"P"});
  return reads.into(builder).write_bam(folder / "p.bam");
}

std::vector<TableRow> run_on(const TempFolder& folder, const std::string& bam, const std::string& genes) {
  const ProgramResult run = run_program({"run", "--input", bam, "--genes", genes, "--output", folder / "out"});
  INFO(run.err);
  REQUIRE_EQ(run.exit_code, 0);
  return read_table(folder / "out/calls.tsv");
}

/// The feature set's numbers of copies, in the order of the genes.
std::string copies_of(const TempFolder& folder, const std::string& bam) {
  const std::string set = folder.write("copies.yaml",
                                       "set: copies\ninputs:\n  gstm1: {copies: GSTM1}\n  ugt2b17: {copies: UGT2B17}\n"
                                       "  cyp2b6: {copies: CYP2B6}\nfeatures: {gstm1: {}, ugt2b17: {}, cyp2b6: {}}\n");
  return run_program({"features", set, "--input", bam}).out;
}

std::string cell_of(const std::vector<TableRow>& rows, const std::string& gene, const std::string& column) {
  for (const TableRow& row : rows) {
    if (row.at("gene") == gene) return row.at(column);
  }
  return "no such row";
}

constexpr const char* all_genes = "GSTM1,UGT2B17,SULT1A1,CYP2A6,CYP2B6";

/// What should be called, in the order of `all_genes`.
void check_calls(CopyReads reads, const std::vector<std::string>& expected) {
  const TempFolder folder;
  const auto rows = run_on(folder, bam_of(folder, std::move(reads)), all_genes);
  const std::vector<std::string> genes = {"GSTM1", "UGT2B17", "SULT1A1", "CYP2A6", "CYP2B6"};
  for (std::size_t k = 0; k < genes.size(); ++k) {
    CAPTURE(genes[k]);
    CAPTURE(cell_of(rows, genes[k], "reason"));
    CAPTURE(cell_of(rows, genes[k], "remarks"));
    // Ordinary copies leave CYP2B6 to its variants, and these ask for ten reads.
    if (cell_of(rows, genes[k], "reason").starts_with("reads cover ") && genes[k] == "CYP2B6") continue;
    CHECK_EQ(cell_of(rows, genes[k], "status"), "called");
    CHECK_EQ(cell_of(rows, genes[k], "diplotype"), expected[k]);
  }
}

/// `by` copies of each gene: what a chromosome lacks or has more.
CopyReads change_all(CopyReads reads, int by) {
  return reads.change("chr1", 109684000, 109700000, by)
      .change("chr4", 68510000, 68627000, by)
      .change("chr16", 28602000, 28612000, by)
      .change("chr19", 40842000, 40874000, by)
      .change("chr19", 40940500, 41008100, by);
}

}  // namespace

TEST_SUITE("program: structural genes") {
  TEST_CASE("an ordinary person has two copies of each gene, at any depth") {
    for (const double depth : {10.0, 30.0, 60.0}) {
      for (const std::uint64_t seed : {1U, 2U, 3U}) {
        CAPTURE(depth);
        CAPTURE(seed);
        check_calls(person(depth, seed), {"*A/*A", "*1/*1", "*1/*1", "*1/*1", "*1/*1"});
      }
    }
  }

  TEST_CASE("one chromosome lacks the gene, or has the hybrid that the deletion leaves") {
    for (const double depth : {10.0, 30.0, 60.0}) {
      CAPTURE(depth);
      check_calls(change_all(person(depth, 4), -1), {"*0/*A", "*1/*2", "*1/*DEL", "*1/*4", "*1/*29"});
    }
  }

  TEST_CASE("both chromosomes lack the gene: no read of it at all is a finding, as what lies around it was read") {
    for (const double depth : {10.0, 30.0, 60.0}) {
      CAPTURE(depth);
      check_calls(change_all(person(depth, 5), -2), {"*0/*0", "*2/*2", "*DEL/*DEL", "*4/*4", "*29/*29"});
    }
  }

  TEST_CASE("one chromosome has the gene twice, or the hybrid beside it") {
    for (const double depth : {30.0, 60.0}) {
      CAPTURE(depth);
      const TempFolder folder;
      const auto rows = run_on(folder, bam_of(folder, change_all(person(depth, 6), 1)), all_genes);
      CHECK_EQ(cell_of(rows, "GSTM1", "diplotype"), "*A/*Ax2");
      CHECK_EQ(cell_of(rows, "SULT1A1", "diplotype"), "*1/*1x2");
      CHECK_EQ(cell_of(rows, "CYP2A6", "diplotype"), "*1/*1x2");
      CHECK_EQ(cell_of(rows, "CYP2B6", "diplotype"), "*1/*30+*1");
      // Nobody has described it, so that depth alone need not convince; but it is not taken for ordinary.
      CHECK(cell_of(rows, "UGT2B17", "diplotype").find("*1/*1x2") != std::string::npos);
    }
  }

  TEST_CASE("at 10x a repeat is called or ambiguous, and never an ordinary gene") {
    const TempFolder folder;
    const auto rows = run_on(folder, bam_of(folder, change_all(person(10, 7), 1)), all_genes);
    for (const std::string gene : {"GSTM1", "SULT1A1", "CYP2A6", "CYP2B6"}) {
      CAPTURE(gene);
      CHECK_NE(cell_of(rows, gene, "status"), "no_call");
      CHECK((cell_of(rows, gene, "diplotype").find("x2") != std::string::npos ||
             cell_of(rows, gene, "diplotype").find("*30") != std::string::npos));
    }
  }

  TEST_CASE("numbers of copies are features, as reads show them") {
    const TempFolder folder;
    CHECK_EQ(copies_of(folder, bam_of(folder, person(60, 1))), "sample\tgstm1\tugt2b17\tcyp2b6\nP\t2\t2\t2\n");
    const std::string deleted = bam_of(folder, change_all(person(60, 4), -1));
    CHECK(copies_of(folder, deleted).starts_with("sample\tgstm1\tugt2b17\tcyp2b6\nP\t1\t1\t"));
  }

  TEST_CASE("variants are counted by copies") {
    const TempFolder folder;
    CopyReads reads = person(30, 8);
    reads.change("chr1", 109684000, 109700000, -1).variant("chr1", 109690516, 1);
    reads.change("chr16", 28602000, 28612000, 1).variant("chr16", 28606193, 1.0 / 3);
    reads.variant("chr19", 40850474, 0.5).variant("chr19", 41016810, 0.5);
    const auto rows = run_on(folder, bam_of(folder, std::move(reads)), all_genes);
    CHECK_EQ(cell_of(rows, "GSTM1", "diplotype"), "*0/*B");
    CHECK_EQ(cell_of(rows, "SULT1A1", "diplotype"), "*1x2/*2");
    CHECK_EQ(cell_of(rows, "SULT1A1", "copies"), "3");
    CHECK_EQ(cell_of(rows, "CYP2A6", "diplotype"), "*1/*9");
    CHECK_EQ(cell_of(rows, "CYP2B6", "diplotype"), "*1/*33");
    CHECK_EQ(cell_of(rows, "CYP2B6", "basis"), "reads");
    CHECK(cell_of(rows, "CYP2B6", "remarks").find("Depth shows one whole gene on each chromosome.") !=
          std::string::npos);
  }

  TEST_CASE("a hybrid of CYP2A6 in place of both genes, and copies of CYP2A7 that change nothing") {
    const TempFolder folder;
    CopyReads hybrid = person(30, 9);
    hybrid.change("chr19", 40849300, 40881200, -1);
    CHECK_EQ(cell_of(run_on(folder, bam_of(folder, std::move(hybrid)), "CYP2A6"), "CYP2A6", "diplotype"), "*1/*12");
    CopyReads paralog = person(30, 10);
    paralog.change("chr19", 40875000, 40883500, -1);
    CHECK_EQ(cell_of(run_on(folder, bam_of(folder, std::move(paralog)), "CYP2A6"), "CYP2A6", "diplotype"), "*1/*1");
  }

  TEST_CASE("depth that no known structure explains is a no call: the gene's exons alone, and a part of the gene") {
    const TempFolder folder;
    CopyReads exons = person(30, 11);
    exons.change("chr19", 40843000, 40852000, -1).change("chr19", 41009000, 41019000, -1);
    const auto rows = run_on(folder, bam_of(folder, std::move(exons)), "CYP2A6,CYP2B6");
    for (const std::string gene : {"CYP2A6", "CYP2B6"}) {
      CAPTURE(gene);
      CAPTURE(cell_of(rows, gene, "remarks"));
      CHECK_EQ(cell_of(rows, gene, "status"), "no_call");
      CHECK_EQ(cell_of(rows, gene, "reason"),
               "no configuration of copies and hybrids that the catalogue knows explains the reads");
    }
  }

  TEST_CASE("captured reads tell nothing of copies: no call, and genes that variants decide stay as they are") {
    const TempFolder folder;
    CopyReads reads = person(60, 12);
    reads.captured({0.1, 2.5, 0.6, 0.05, 1.7, 0.3, 3, 0.8});
    const auto rows = run_on(folder, bam_of(folder, std::move(reads)), all_genes);
    for (const std::string gene : {"GSTM1", "UGT2B17", "SULT1A1", "CYP2A6"}) {
      CAPTURE(gene);
      CHECK_EQ(cell_of(rows, gene, "status"), "no_call");
      CHECK_EQ(cell_of(rows, gene, "reason"),
               "the number of copies hangs on the depth, and nothing in the input tells what depth one copy has");
    }
    CHECK_EQ(cell_of(rows, "CYP2B6", "basis"), cell_of(rows, "CYP2B6", "status") == "no_call" ? "." : "reads");
  }

  TEST_CASE("the gene's surroundings were not read: what looks like a deletion is none") {
    const TempFolder folder;
    CopyReads reads{knowledge(), genomics::Assembly::grch38, 30, 13};
    reads.window("chr1", 109700000, 109710000).window("chr4", 68534000, 68572000);
    reads.window("chr19", 40990000, 41019000);
    const auto rows = run_on(folder, bam_of(folder, std::move(reads)), all_genes);
    CHECK_EQ(cell_of(rows, "GSTM1", "reason"), "too few reads at the gene to tell its copies and alleles");
    CHECK_EQ(cell_of(rows, "UGT2B17", "reason"),
             "the number of copies hangs on the depth, and nothing in the input tells what depth one copy has");
    CHECK_EQ(cell_of(rows, "SULT1A1", "status"), "no_call");
    CHECK_EQ(cell_of(rows, "CYP2A6", "status"), "no_call");
    CHECK_EQ(cell_of(rows, "CYP2B6", "diplotype"), "*1/*1");
    CHECK(cell_of(rows, "CYP2B6", "remarks").find("Copies and hybrids were not looked at: ") != std::string::npos);
  }

  TEST_CASE("GSTT1 is called on GRCh37, and on GRCh38 the reason is the contig") {
    const TempFolder folder;
    const auto on37 = [&](int by, std::uint64_t seed) {
      CopyReads reads{knowledge(), genomics::Assembly::grch37, 30, seed};
      reads.window("chr22", 24229000, 24235000).window("chr22", 24375000, 24385000).window("chr22", 24449000, 24455000);
      reads.change("chr22", 24343000, 24397000, by);
      AlignmentBuilder builder;
      builder.no_contigs().contig("1", 249250621).contig("22", 51304566).samples({"P"});
      const std::string bam = reads.into(builder).write_bam(folder / "p37.bam");
      return cell_of(run_on(folder, bam, "GSTT1"), "GSTT1", "diplotype");
    };
    CHECK_EQ(on37(0, 14), "*A/*A");
    CHECK_EQ(on37(-1, 15), "*0/*A");
    CHECK_EQ(on37(-2, 16), "*0/*0");
    const auto rows = run_on(folder, bam_of(folder, person(10, 17)), "GSTT1");
    CHECK_EQ(cell_of(rows, "GSTT1", "status"), "no_call");
    CHECK(cell_of(rows, "GSTT1", "reason").starts_with("GRCh38 has the gene on an alternate contig alone"));
  }

  TEST_CASE("variant files are called as before: no copies, no call") {
    const TempFolder folder;
    const std::string vcf = folder.write("v.vcf", vcf_header({"V"}) + vcf_record("chr1 109690516 G C", {"0/0"}) +
                                                      vcf_record("chr16 28606193 C T", {"0/0"}) +
                                                      vcf_record("chr19 40850474 A C", {"0/1"}));
    const auto rows = run_on(folder, vcf, std::string{all_genes} + ",GSTT1");
    for (const std::string gene : {"GSTM1", "GSTT1", "UGT2B17", "SULT1A1", "CYP2A6"}) {
      CAPTURE(gene);
      CHECK_EQ(cell_of(rows, gene, "status"), "no_call");
      CHECK(cell_of(rows, gene, "reason").starts_with("gene copies and hybrids decide"));
    }
  }
}

}  // namespace stardose::tests
