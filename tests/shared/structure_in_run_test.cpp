// Real slices through the program: a structural gene's call in the tables, the page, JSON and the explanation.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <htslib/sam.h>

#include <nlohmann/json.hpp>

#include "genomics/io/hts_handle.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"
#include "tests/reads/read_calls.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

/// What the calls are worth is tests/reads/'s business; here they must arrive.
const std::vector<std::string> slices = {"short/HG03130.GRCh38.nygc.bam", "short/SIM001_v1.GRCh38.sim_pe101.bam",
                                         "long/HG002_target_capture.GRCh38.bam",
                                         "long/HG01190_target_capture.GRCh38.bam", "long/NA20129_wgs.GRCh38.bam"};

/// Copies the reads of a region, and their index.
std::string cut_out(const std::string& bam, const std::string& region, const std::string& to) {
  using genomics::HtsHandle;
  const HtsHandle<htsFile> in{hts_open(bam.c_str(), "r")};
  const HtsHandle<sam_hdr_t> header{sam_hdr_read(in.get())};
  const HtsHandle<hts_idx_t> index{sam_index_load(in.get(), bam.c_str())};
  HtsHandle<htsFile> out{hts_open(to.c_str(), "wb")};
  const HtsHandle<bam1_t> read{bam_init1()};
  REQUIRE((index && sam_hdr_write(out.get(), header.get()) == 0));
  const HtsHandle<hts_itr_t> reads{sam_itr_querys(index.get(), header.get(), region.c_str())};
  while (sam_itr_next(in.get(), reads.get(), read.get()) >= 0) {
    REQUIRE(sam_write1(out.get(), header.get(), read.get()) >= 0);
  }
  REQUIRE_EQ(hts_close(out.release()), 0);
  REQUIRE_EQ(sam_index_build(to.c_str(), 0), 0);
  return to;
}

TableRow row_of(const std::string& table, const std::string& gene) {
  for (const TableRow& row : read_table(table)) {
    if (row.at("gene") == gene) return row;
  }
  return {};
}

}  // namespace

TEST_SUITE("shared: structure in run") {
  TEST_CASE("each slice's call is in calls.tsv as the caller alone makes it, with copies and structure") {
    if (!shared_is_there()) return;
    for (const std::string& slice : slices) {
      CAPTURE(slice);
      const TempFolder folder;
      const std::string path = shared_path("cases/reads/" + slice);
      const ProgramResult run = run_program({"run", "--input", path, "--output", folder / "out", "--threads", "2"});
      REQUIRE_MESSAGE(run.exit_code == 0, run.err);
      TableRow row = row_of(folder / "out/calls.tsv", "CYP2D6");
      const ReadCall alone = call_cyp2d6(path);
      REQUIRE_FALSE(alone.call.readings.empty());
      CHECK_EQ(row["status"], to_string(alone.call.status));
      CHECK_EQ(row["basis"], "reads, with copies and hybrids");
      CHECK(row["posterior"].starts_with(fmt::format("{:.4f}", alone.posterior)));
      CHECK(row["copies"].starts_with(std::to_string(alone.call.readings.front().copies)));
      CHECK(row["structure"].starts_with(alone.call.readings.front().structure));
      CHECK(row["remarks"].find("Copies measured (expected): ") != std::string::npos);
      CHECK_EQ(row_of(folder / "out/calls.tsv", "CYP2C19")["status"], "no_call");
      // What the slice leaves out looks like a deletion, and is none.
      const bool has_all_contigs = slice == slices.front();
      for (const std::string gene : {"CYP2A6", "GSTM1", "SULT1A1", "UGT2B17"}) {
        CAPTURE(gene);
        CHECK_EQ(row_of(folder / "out/calls.tsv", gene)["status"], "no_call");
        CHECK_EQ(row_of(folder / "out/calls.tsv", gene)["reason"],
                 has_all_contigs ? "too few reads at the gene to tell its copies and alleles"
                                 : "the input's reference lacks the contig on which the gene lies");
      }
      CHECK_EQ(row_of(folder / "out/calls.tsv", "GSTT1")["status"], "no_call");
    }
  }

  TEST_CASE("a slice beside a VCF: the page, JSON and the explanation argue from the reads") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    const std::string path = shared_path("cases/reads/" + slices.front());
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}) + vcf_record("chr6 18130687 T C", {"0/1"}));
    REQUIRE_EQ(run_program({"run", "--input", path, "--input", vcf, "--output", folder / "out"}).exit_code, 0);
    const std::string page = file_text(folder / "out/report/HG03130.html");
    CHECK(page.find("<summary>How the copies of CYP2D6 were counted</summary>") != std::string::npos);
    CHECK(page.find("<svg class=\"copies\"") != std::string::npos);
    const auto report = nlohmann::json::parse(file_text(folder / "out/report/HG03130.json"));
    for (const auto& gene : report["genes"]) {
      if (gene["gene"] != "CYP2D6") continue;
      CHECK_EQ(gene["structure"]["readings"].at(0)["diplotype"], "*17/*29");
      CHECK(gene["structure"]["stretches"].size() > 1);
    }
    CHECK_EQ(row_of(folder / "out/calls.tsv", "CYP2D6").at("reason").substr(0, 33),
             "gene copies and hybrids decide, w");
    // The gene alone has the same answer as among all others.
    const ProgramResult explained = run_program({"explain", "HG03130", "CYP2D6", "--input", path, "--input", vcf});
    CHECK_EQ(explained.exit_code, 0);
    CHECK(explained.out.starts_with("CYP2D6 in HG03130: *17/*29, "));
    CHECK(explained.out.find("WHAT THE READS SAY OF COPIES") != std::string::npos);
    REQUIRE_EQ(run_program({"run", "--input", path, "--genes", "CYP2D6", "--output", folder / "one"}).exit_code, 0);
    TableRow alone = row_of(folder / "one/calls.tsv", "CYP2D6");
    REQUIRE_EQ(run_program({"run", "--input", path, "--output", folder / "all"}).exit_code, 0);
    CHECK(alone == row_of(folder / "all/calls.tsv", "CYP2D6"));
  }

  TEST_CASE("a panel that leaves CYP2D7 out cannot tell copies, and says so; a bound on depth makes no other call") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    const std::string path = shared_path("cases/reads/" + slices.front());
    for (const std::string depth : {"10", "20", "40"}) {
      CAPTURE(depth);
      REQUIRE_EQ(run_program({"run", "--input", path, "--max-depth", depth, "--output", folder / "out"}).exit_code, 0);
      const TableRow row = row_of(folder / "out/calls.tsv", "CYP2D6");
      // Two or three reads a copy leave more than one diplotype, the right one first.
      CHECK_EQ(row.at("status"), depth == "10" ? "ambiguous" : "called");
      CHECK_EQ(row.at("diplotype").substr(0, row.at("diplotype").find(';')), "*17/*29");
    }
    const std::string panel = cut_out(path, "chr22:42126400-42131000", folder / "panel.bam");
    REQUIRE_EQ(run_program({"run", "--input", panel, "--output", folder / "out"}).exit_code, 0);
    const TableRow row = row_of(folder / "out/calls.tsv", "CYP2D6");
    CHECK_EQ(row.at("status"), "no_call");
    CHECK(row.at("reason").starts_with("the input has next to no reads of the paralog"));
  }

  TEST_CASE("an outside call that the reads contradict goes first and is told everywhere") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    const std::string path = shared_path("cases/reads/" + slices.front());
    const std::string brought = folder.write("o.tsv", "CYP2D6\t*1/*1\n");
    const ProgramResult run =
        run_program({"run", "--input", path, "--outside-calls", brought, "--output", folder / "out"});
    CHECK(run.err.find("warning: sample HG03130: CYP2D6: the outside call is not what the reads say") !=
          std::string::npos);
    CHECK(file_text(folder / "out/guidance.tsv")
              .find("CYP2D6: the outside call says *1/*1 (Normal Metabolizer), the reads say *17/*29") !=
          std::string::npos);
    CHECK_EQ(row_of(folder / "out/calls.tsv", "CYP2D6").at("diplotype"), "*1/*1");
  }
}

}  // namespace stardose::tests
