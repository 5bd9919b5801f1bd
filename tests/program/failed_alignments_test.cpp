// One alignment of several that cannot be read: the others' results are there, and nobody can take the run for whole.
#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "tests/builders/covered_sites.h"
#include "tests/builders/vcf_builder.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;
using test::AlignmentBuilder;
using test::covering;

/// Deep enough for several blocks.
AlignmentBuilder reads_of(const std::string& sample) {
  return covering(sample, {{"chr1", 169549811, std::string(4000, 'C')}, {"chr16", 31096368, "CCCCCCCCCCTTTTTTTTTT"}});
}

ProgramResult run_on(const std::vector<std::string>& inputs, const std::string& out,
                     const std::vector<std::string>& more = {}) {
  std::vector<std::string> args{"run", "--output", out, "--genes", "F5,VKORC1"};
  for (const std::string& input : inputs) args.insert(args.end(), {"--input", input});
  args.insert(args.end(), more.begin(), more.end());
  return run_program(args);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Bytes in the middle of the file that no block has; its header, end and index are whole.
std::string damage(const std::string& path) {
  std::string bytes = file_text(path);
  bytes.replace(bytes.size() / 2, 40, std::string(40, 'x'));
  std::ofstream{path, std::ios::binary} << bytes;
  fs::last_write_time(path + ".bai", fs::file_time_type::clock::now());
  return path;
}

}  // namespace

TEST_SUITE("program: failed alignments") {
  TEST_CASE("damage that reading meets fails its sample alone, by name, with an exit code of its own") {
    const TempFolder folder;
    const std::string first = reads_of("R1").write_bam(folder / "1.bam");
    const std::string second = reads_of("R2").write_bam(folder / "2.bam");
    const std::string third = reads_of("R3").write_bam(folder / "3.bam");
    REQUIRE_EQ(run_on({first, second, third}, folder / "out").exit_code, 0);
    damage(second);
    const ProgramResult run = run_on({first, second, third}, folder / "out");
    CHECK_EQ(run.exit_code, 8);
    CHECK(has(run.err, "2 sample(s), 2 genes: results are in "));
    CHECK(has(run.err, "error: " + second + ": the file is damaged or truncated: "));
    CHECK(has(run.err, "\nhelp: the copy or the run that made it did not finish; make or fetch it again\n"));
    CHECK(run.err.ends_with("\nfailed, and in no result: R2\n"));
    const auto document = nlohmann::json::parse(file_text(folder / "out/run.json"));
    CHECK_EQ(document["failed"].size(), 1);
    CHECK_EQ(document["failed"].at(0)["sample"], "R2");
    CHECK_EQ(document["failed"].at(0)["path"], second);
    CHECK_EQ(document["inputs"].size(), 2);
    // The page of the run before must not stand for it.
    CHECK_FALSE(fs::exists(folder / "out/report/R2.html"));
    CHECK_FALSE(fs::exists(folder / "out/report/R2.json"));
    REQUIRE_EQ(run_on({first, third}, folder / "two").exit_code, 0);
    for (const std::string& file : files_below(folder / "two")) {
      if (file != "run.json") CHECK_EQ(file_text(folder / ("out/" + file)), file_text(folder / ("two/" + file)));
    }
    CHECK_EQ(files_below(folder / "out"), files_below(folder / "two"));
    CHECK_EQ(run_on({first, second, third}, folder / "out", {"--strict"}).exit_code, 8);
    const ProgramResult threads = run_on({third, first, second}, folder / "threads", {"--threads", "4"});
    CHECK_EQ(threads.exit_code, 8);
  }

  TEST_CASE("so does what opening meets, whatever it is; the file is named, since its sample may not be known") {
    const TempFolder folder;
    const std::string good = reads_of("R1").write_bam(folder / "good.bam");
    const std::string bad = folder / "bad.bam";
    const auto fresh = [&] { return (void)reads_of("R2").write_bam(bad); };
    const std::vector<std::pair<std::function<void()>, std::string>> mistakes = {
        {[&] { fs::resize_file(bad, fs::file_size(bad) / 2); }, "the file is truncated"},
        {[&] { fs::resize_file(bad, 0); }, "the file is empty"},
        {[&] { fs::remove(bad + ".bai"); }, "it has no index"},
        {[&] { (void)folder.write("bad.bam.bai", "no index"); }, "the index cannot be read"},
        {[&] { (void)reads_of("R2").order("queryname").write_bam(bad, false); },
         "the reads are not sorted by position"},
        {[&] {
           (void)reads_of("R2").samples({"A", "B"}).write_bam(bad);
         },
         "its read groups are of several samples: A, B"},
        {[&] { (void)AlignmentBuilder{}.no_contigs().write_bam(bad, false); }, "it names no contigs"},
    };
    for (const auto& [make, why] : mistakes) {
      fresh();
      make();
      const ProgramResult run = run_on({bad, good}, folder / "out");
      INFO(run.err);
      CHECK_EQ(run.exit_code, 8);
      CHECK(has(run.err, why));
      CHECK_EQ(lines_starting(run.err, "error"), 1);
      CHECK_EQ(lines_starting(run.err, "help"), 1);
      CHECK(run.err.ends_with("failed, and in no result: " + bad + "\n"));
      CHECK(has(file_text(folder / "out/calls.tsv"), "R1\tVKORC1\tcalled"));
      CHECK(has(file_text(folder / "out/run.json"), why));
      // Alone, and when only looked at, it ends the run.
      CHECK_EQ(run_on({bad}, folder / "alone").exit_code, 3);
      CHECK_EQ(run_on({bad, good}, folder / "alone", {"--dry-run"}).exit_code, 3);
      CHECK(files_below(folder / "alone").empty());
    }
  }

  TEST_CASE("a header without reads is no failure: nothing is known, and that is said") {
    const TempFolder folder;
    const std::string bare = AlignmentBuilder{}.write_bam(folder / "bare.bam");
    CHECK_EQ(run_on({bare}, folder / "out").exit_code, 0);
    CHECK(has(file_text(folder / "out/calls.tsv"), "reads cover 0 of 1 positions well enough"));
  }

  TEST_CASE("all that fail leave nothing, and samples of variant files stand") {
    const TempFolder folder;
    const std::string first = damage(reads_of("R1").write_bam(folder / "1.bam"));
    const std::string second = damage(reads_of("R2").write_bam(folder / "2.bam"));
    const ProgramResult none = run_on({first, second}, folder / "none");
    CHECK_EQ(none.exit_code, 3);
    CHECK(none.err.starts_with("error: " + first + ": the file is damaged"));
    CHECK(files_below(folder / "none").empty());
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}) + vcf_record("chr16 31096368 C T", {"0/1"}));
    const ProgramResult mixed = run_on({first, vcf}, folder / "mixed");
    CHECK_EQ(mixed.exit_code, 8);
    CHECK(has(file_text(folder / "mixed/calls.tsv"), "V1\tVKORC1\tcalled"));
    CHECK_FALSE(has(file_text(folder / "mixed/calls.tsv"), "R1\t"));
  }

  TEST_CASE("explain and genotype: the one sample's failure is the end, of several the column is left out") {
    const TempFolder folder;
    const std::string good = reads_of("R1").write_bam(folder / "good.bam");
    const std::string bad = damage(reads_of("R2").write_bam(folder / "bad.bam"));
    check_refused_saying(run_program({"explain", "R2", "F5", "--input", good, "--input", bad}), 3, {bad, "damaged"});
    fs::remove(bad + ".bai");
    check_refused_saying(run_program({"explain", "R2", "F5", "--input", good, "--input", bad}), 3, {bad, "no index"});
    CHECK_EQ(run_program({"explain", "R1", "F5", "--input", good, "--input", bad}).exit_code, 0);
    const ProgramResult closed = run_program({"genotype", "--input", bad, "--input", good, "--genes", "F5"});
    CHECK_EQ(closed.exit_code, 8);
    CHECK(closed.err.ends_with("failed, and in no result: " + bad + "\n"));
    const std::string torn = damage(reads_of("R2").write_bam(folder / "bad.bam"));
    const ProgramResult written = run_program({"genotype", "--input", torn, "--input", good, "--genes", "F5"});
    CHECK_EQ(written.exit_code, 8);
    CHECK(written.err.ends_with("failed, and in no result: R2\n"));
    CHECK(has(written.out, "\tFORMAT\tR1\n"));
    CHECK_EQ(written.out, run_program({"genotype", "--input", good, "--genes", "F5"}).out);
    // A list, and files that are opened again to be read.
    test::make_old(good + ".bai");
    const std::string gone = folder / "gone.bam";
    (void)reads_of("R3").write_bam(gone, false);
    const std::string list = folder.write("list.txt", "bad.bam\ngone.bam\ngood.bam\n");
    for (const char* threads : {"1", "3"}) {
      const ProgramResult listed = run_program(
          {"genotype", "--input-list", list, "--genes", "F5", "--threads", threads, "--max-in-flight", "2"});
      CHECK_EQ(listed.exit_code, 8);
      CHECK(listed.err.ends_with("failed, and in no result: " + gone + ", R2\n"));
      CHECK(has(listed.err, "warning: " + good + ".bai is older than the file"));
      CHECK(has(listed.err, "1 sample(s), "));
      CHECK_EQ(listed.out, written.out);
    }
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}));
    check_refused_saying(run_program({"genotype", "--input", torn, "--input", vcf}), 2, {vcf, "is no alignment"});
    check_refused_saying(run_program({"genotype", "--input", good, "--input", "-"}), 2, {"is no alignment"});
    check_refused_saying(run_program({"genotype", "--input", torn, "--genes", "F5"}), 3, {torn, "damaged"});
  }

  TEST_CASE("a reference that cannot be used is no one file's fault") {
    const TempFolder folder;
    const std::string good = reads_of("R1").write_bam(folder / "good.bam");
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}) + vcf_record("chr16 31096368 C T", {"0/1"}));
    const ProgramResult run = run_on({good, vcf}, folder / "out", {"--reference", folder / "none.fa"});
    check_refused_saying(run, 3, {folder / "none.fa"});
    CHECK(files_below(folder / "out").empty());
  }

  TEST_CASE("an index older than its file is told, and goes into run.json") {
    const TempFolder folder;
    const std::string bam = reads_of("R1").write_bam(folder / "a.bam");
    test::make_old(bam + ".bai");
    const std::string said = bam + ".bai is older than the file";
    const ProgramResult run = run_on({bam}, folder / "out");
    CHECK_EQ(run.exit_code, 0);
    CHECK(run.err.starts_with("warning: " + said));
    CHECK(has(file_text(folder / "out/run.json"), said));
    CHECK(has(run_on({bam}, folder / "dry", {"--dry-run"}).err, "warning: " + said));
    CHECK(has(run_program({"explain", "R1", "F5", "--input", bam}).err, "warning: " + said));
    CHECK(has(run_program({"genotype", "--input", bam, "--genes", "F5"}).err, "warning: " + said));
  }
}

}  // namespace stardose::tests
