// Real slices through the program: a structural gene's call in the tables, the page, JSON and the explanation.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

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

  TEST_CASE("an outside call that the reads contradict goes first and is told everywhere") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    const std::string path = shared_path("cases/reads/" + slices.front());
    const std::string brought = folder.write("o.tsv", "CYP2D6\t*1/*1\n");
    const ProgramResult run =
        run_program({"run", "--input", path, "--outside-calls", brought, "--output", folder / "out"});
    CHECK(
        run.err.find("warning: sample HG03130: CYP2D6: the outside call says *1/*1 (Normal Metabolizer), the reads say "
                     "*17/*29") != std::string::npos);
    CHECK_EQ(row_of(folder / "out/calls.tsv", "CYP2D6").at("diplotype"), "*1/*1");
  }
}

}  // namespace stardose::tests
