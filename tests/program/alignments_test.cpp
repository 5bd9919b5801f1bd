// stardose run on BAM files, alone, listed and beside VCFs.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/builders/covered_sites.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

using test::covering;

const std::string vkorc1_vcf = "chr16 31096368 C T";
const std::string five_each = "CCCCCCCCCCTTTTTTTTTT";

/// A BAM with 20 reads over the one position of VKORC1, and F5's with the bases given.
std::string write_bam(const TempFolder& folder, const std::string& sample, const std::string& vkorc1,
                      const std::string& f5 = std::string(20, 'C')) {
  return covering(sample, {{"chr1", 169549811, f5}, {"chr16", 31096368, vkorc1}}).write_bam(folder / (sample + ".bam"));
}

ProgramResult run_on(const TempFolder& folder, const std::vector<std::string>& inputs,
                     const std::vector<std::string>& more = {}, const std::string& name = "out") {
  std::vector<std::string> args{"run", "--output", folder / name, "--genes", "F5,VKORC1"};
  for (const std::string& input : inputs) args.insert(args.end(), {"--input", input});
  args.insert(args.end(), more.begin(), more.end());
  const ProgramResult run = run_program(args);
  INFO(run.err);
  CHECK_EQ(run.exit_code, 0);
  return run;
}

/// `S1 F5 called Reference/Leiden` for each line of calls.tsv.
std::vector<std::string> calls(const TempFolder& folder, const std::string& name = "out") {
  std::vector<std::string> found;
  for (const TableRow& row : read_table(folder / (name + "/calls.tsv"))) {
    found.push_back(row.at("sample") + " " + row.at("gene") + " " + row.at("status") + " " + row.at("diplotype"));
  }
  return found;
}

std::string cell_of(const TempFolder& folder, const std::string& sample, const std::string& gene,
                    const std::string& column) {
  for (const TableRow& row : read_table(folder / "out/calls.tsv")) {
    if (row.at("sample") == sample && row.at("gene") == gene) return row.at(column);
  }
  return "no such row";
}

constexpr const char* het = "rs9923231 reference (C)/rs9923231 variant (T)";
constexpr const char* ref = "rs9923231 reference (C)/rs9923231 reference (C)";

}  // namespace

TEST_SUITE("program: alignments") {
  TEST_CASE("one BAM gives calls, coverage, a report, and its counts") {
    const TempFolder folder;
    run_on(folder, {write_bam(folder, "R1", five_each)});
    CHECK(calls(folder) ==
          std::vector<std::string>{"R1 F5 called Reference/Reference", std::string{"R1 VKORC1 called "} + het});
    CHECK_EQ(cell_of(folder, "R1", "VKORC1", "basis"), "reads");
    CHECK(files_below(folder / "out") == std::vector<std::string>{"calls.tsv", "coverage.tsv", "guidance.tsv",
                                                                  "report/R1.html", "report/R1.json", "run.json"});
    CHECK_EQ(file_text(folder / "out/coverage.tsv"),
             "sample\tgene\tposition\tdepth\tusable_depth\tmapping_quality\tcallable\n"
             "R1\tF5\tchr1:169549811\t20\t20\t60\tyes\nR1\tVKORC1\tchr16:31096368\t20\t20\t60\tyes\n");
    const auto run = nlohmann::json::parse(file_text(folder / "out/run.json"));
    CHECK_EQ(run["assembly"], "GRCh38");
    const auto& input = run["inputs"].at(0);
    CHECK_EQ(input["kind"], "alignment");
    CHECK_EQ(input["sample"], "R1");
    CHECK_EQ(input["reads"], 40);
    CHECK_EQ(input["duplicates"], 0);
    CHECK_EQ(input["mean_depth"], 20);
    const auto report = nlohmann::json::parse(file_text(folder / "out/report/R1.json"));
    CHECK_EQ(report["coverage"]["genes"].at(1)["callable"], 1);
    CHECK(file_text(folder / "out/report/R1.html").find("<svg class=\"depth\"") != std::string::npos);
  }

  TEST_CASE("too few reads are no call, with the figures; min-callable and min-depth decide") {
    const TempFolder folder;
    const std::string bam = write_bam(folder, "R1", "CCCCCCCC");
    run_on(folder, {bam});
    CHECK_EQ(cell_of(folder, "R1", "VKORC1", "status"), "no_call");
    CHECK_EQ(cell_of(folder, "R1", "VKORC1", "reason"),
             "reads cover 0 of 1 positions well enough (0 %; 90 % are asked)");
    run_on(folder, {bam}, {"--min-depth", "8"});
    CHECK_EQ(cell_of(folder, "R1", "VKORC1", "diplotype"), ref);
    run_on(folder, {bam}, {"--min-callable", "0"});
    CHECK_EQ(cell_of(folder, "R1", "VKORC1", "reason"), "no position of the gene has a genotype in the input");
  }

  TEST_CASE("nothing is assumed of reads that are not there") {
    const TempFolder folder;
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}) + vcf_record("chr16 31096000 A G", {"0/1"}));
    run_on(folder, {covering("R1", {{"chr1", 169549811, five_each}}).write_bam(folder / "R1.bam"), vcf},
           {"--assume-reference", "--min-callable", "0", "--write", "calls,html,dosages"});
    CHECK_EQ(cell_of(folder, "V1", "VKORC1", "diplotype"), ref);
    CHECK_EQ(cell_of(folder, "R1", "VKORC1", "status"), "no_call");
    CHECK_EQ(cell_of(folder, "R1", "VKORC1", "sites_assumed"), "0");
    CHECK(file_text(folder / "out/report/R1.html").find("at the user&#39;s word") == std::string::npos);
    const std::string dosages = file_text(folder / "out/dosages.tsv");
    CHECK(dosages.starts_with("chrom\tpos\tid\tref\talt\tV1\tR1\n"));
    CHECK(dosages.find("chr16\t31096368\trs9923231\tC\tT\t0\tNA\n") != std::string::npos);
    CHECK(dosages.find("chr1\t169549811\trs6025\tC\tT\tNA\t1\n") != std::string::npos);
  }

  TEST_CASE("a mixture is one run: each sample as it is alone, for any number of threads") {
    const TempFolder folder;
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1", "V2"}) + vcf_record(vkorc1_vcf, {"0/1", "1/1"}));
    const std::string first = write_bam(folder, "R1", five_each);
    const std::string second = write_bam(folder, "R2", std::string(20, 'T'));
    run_on(folder, {first, vcf, second}, {}, "mixed");
    run_on(folder, {vcf}, {}, "vcf");
    run_on(folder, {first, second}, {}, "bam");
    const auto body = [&](const std::string& file) {
      const std::string text = file_text(folder / file);
      return text.substr(text.find('\n') + 1);
    };
    for (const std::string table : {"/calls.tsv", "/guidance.tsv"}) {
      CHECK_EQ(body("mixed" + table), body("vcf" + table) + body("bam" + table));
    }
    CHECK_EQ(body("mixed/coverage.tsv"), body("bam/coverage.tsv"));
    CHECK_EQ(file_text(folder / "mixed/report/V1.html"), file_text(folder / "vcf/report/V1.html"));
    CHECK_EQ(file_text(folder / "mixed/report/R2.json"), file_text(folder / "bam/report/R2.json"));
    run_on(folder, {first, vcf, second}, {"--threads", "4", "--max-in-flight", "2"}, "threads");
    for (const std::string& file : files_below(folder / "mixed")) {
      CHECK_EQ(file_text(folder / ("threads/" + file)), file_text(folder / ("mixed/" + file)));
    }
  }

  TEST_CASE("a list of inputs starts from its folder, or from here when it is piped") {
    const TempFolder folder;
    write_bam(folder, "R1", five_each);
    const std::string second = write_bam(folder, "R2", five_each);
    const std::string list = folder.write("list.txt", "# two files\n\nR1.bam\r\n" + second + "\n");
    run_on(folder, {}, {"--input-list", list});
    CHECK_EQ(calls(folder).size(), 4);
    const std::string piped = folder.write("piped.txt", second + "\n");
    const ProgramResult run =
        run_program({"run", "--input-list", "-", "--genes", "F5", "--output", folder / "piped"}, piped);
    CHECK_EQ(run.exit_code, 0);
    CHECK(calls(folder, "piped") == std::vector<std::string>{"R2 F5 called Reference/Reference"});
  }

  TEST_CASE("inputs of flags stand for those of the workflow file, listed or not") {
    const TempFolder folder;
    write_bam(folder, "R1", five_each);
    const std::string second = write_bam(folder, "R2", five_each);
    const std::string workflow = folder.write("w.yaml", "input: R1.bam\ngenes: [F5]\nwrite: [calls]\n");
    const std::string list = folder.write("list.txt", "R2.bam\n");
    CHECK_EQ(run_program({"run", workflow, "--input-list", list, "-o", folder / "out"}).exit_code, 0);
    CHECK(calls(folder) == std::vector<std::string>{"R2 F5 called Reference/Reference"});
    const std::string listing = folder.write("l.yaml", "input-list: list.txt\ngenes: [F5]\nwrite: [calls]\n");
    CHECK_EQ(run_program({"run", listing, "-o", folder / "listed"}).exit_code, 0);
    CHECK_EQ(run_program({"run", listing, "--input", folder / "R1.bam", "-o", folder / "given"}).exit_code, 0);
    CHECK(calls(folder, "listed") == std::vector<std::string>{"R2 F5 called Reference/Reference"});
    CHECK(calls(folder, "given") == std::vector<std::string>{"R1 F5 called Reference/Reference"});
  }

  TEST_CASE("samples are chosen among all inputs") {
    const TempFolder folder;
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1", "V2"}) + vcf_record(vkorc1_vcf, {"0/1", "1/1"}));
    const std::vector<std::string> inputs{vcf, write_bam(folder, "R1", five_each), write_bam(folder, "R2", five_each)};
    const auto chosen = [&](const std::vector<std::string>& more) {
      run_on(folder, inputs, more);
      std::string names;
      for (const std::string& call : calls(folder)) {
        if (call.find(" F5 ") != std::string::npos) names += (names.empty() ? "" : " ") + call.substr(0, 2);
      }
      return names;
    };
    CHECK_EQ(chosen({}), "V1 V2 R1 R2");
    CHECK_EQ(chosen({"--samples", "R2,V1"}), "V1 R2");
    CHECK_EQ(chosen({"--samples", "R2"}), "R2");
    CHECK_EQ(chosen({"--samples", "V2"}), "V2");
    CHECK_EQ(chosen({"--samples", "^V1,R2"}), "V2 R1");
    CHECK_EQ(chosen({"--samples", "^R1"}), "V1 V2 R2");
    CHECK_EQ(chosen({"--samples-file", folder.write("names", "V2\nR1\n")}), "V2 R1");
    CHECK_EQ(chosen({"--samples-file", folder.write("names", "\xef\xbb\xbfV2 \r\nR1\r\n")}), "V2 R1");
  }

  TEST_CASE("an outside call goes before the reads, and a contradiction is said loudly") {
    const TempFolder folder;
    const std::string bam = write_bam(folder, "R1", five_each);
    const std::string brought = folder.write("o.tsv", std::string{"VKORC1\t"} + ref + "\n");
    const ProgramResult run = run_on(folder, {bam}, {"--outside-calls", brought});
    const std::string said = std::string{"VKORC1: the outside call says "} + ref;
    const std::string warned = "sample R1: VKORC1: the outside call is not what the reads say";
    CHECK(run.err.find("warning: " + warned) != std::string::npos);
    CHECK_EQ(run.err.find(ref), std::string::npos);  // no genotype in a log
    CHECK_EQ(cell_of(folder, "R1", "VKORC1", "diplotype"), ref);
    CHECK(cell_of(folder, "R1", "VKORC1", "remarks").find("The reads of the input say ") != std::string::npos);
    CHECK(file_text(folder / "out/guidance.tsv").find(said) != std::string::npos);
    CHECK(file_text(folder / "out/run.json").find(warned) != std::string::npos);
    const std::string same = folder.write("s.tsv", std::string{"VKORC1\t"} + het + "\n");
    CHECK_EQ(run_on(folder, {bam}, {"--outside-calls", same}).err.find("warning"), std::string::npos);
  }

  TEST_CASE("explain argues from the reads") {
    const TempFolder folder;
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}) + vcf_record(vkorc1_vcf, {"0/0"}));
    const std::string bam = write_bam(folder, "R1", five_each);
    const ProgramResult run = run_program({"explain", "R1", "VKORC1", "--input", vcf, "--input", bam});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.err, "");
    CHECK(run.out.starts_with(std::string{"VKORC1 in R1: "} + het));
    CHECK(run.out.find("1 of 1 positions are callable. Usable reads: mean 20, least 20.") != std::string::npos);
    const ProgramResult other = run_program({"explain", "V1", "VKORC1", "--input", bam, "--input", vcf});
    CHECK(other.out.find("WHAT THE FILE SHOWS") != std::string::npos);
    check_refused(run_program({"explain", "R2", "VKORC1", "--input", bam}), 4, "sample R2: no input has this sample");
  }

  TEST_CASE("a dry run opens every alignment and writes nothing") {
    const TempFolder folder;
    const std::string bam = write_bam(folder, "R1", five_each);
    const ProgramResult run = run_on(folder, {bam}, {"--dry-run"});
    CHECK_EQ(run.err, "dry run: 1 input(s) can be read and 2 genes would be called; nothing was written\n");
    CHECK(files_below(folder / "out").empty());
    const std::string other = covering("R2", {}).write_bam(folder / "R2.bam", false);
    check_refused(run_program({"run", "--input", bam, "--input", other, "--dry-run"}), 3, other + ": it has no index");
  }
}

}  // namespace stardose::tests
