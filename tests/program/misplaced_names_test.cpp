// --pseudonymise: names that stand where none is due, typed or in a table, which a message would repeat; and indexes
// that are named after a person.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>

#include "tests/program/planted_names.h"
#include "tests/program/refusal.h"
#include "tests/program/shell.h"

namespace stardose::tests {

namespace {

/// Runs it under a key, and looks for names in whatever it says.
ProgramResult unnamed(const std::string& key, const Words& words) {
  const ProgramResult run = run_program(words + Words{"--pseudonymise", key});
  CAPTURE(words);
  check_unnamed(run.out + run.err);
  return run;
}

}  // namespace

TEST_SUITE("program: misplaced names") {
  TEST_CASE("words of the command line and of workflow files, where something else was expected") {
    const TempFolder folder;
    const std::string key = key_in(folder);
    const std::string vcf = write_vcf(folder);
    const std::string& name = people.front();
    const auto refused = [&](const Words& words, const std::string& why) {
      const ProgramResult run = unnamed(key, words);
      CHECK_EQ(run.exit_code, 2);
      CHECK_MESSAGE(run.err.find(why) != std::string::npos, run.err);
    };
    const std::string out = folder / "out";
    refused({"run", "--input", vcf, "--samples", name + "," + name, "-o", out}, "repeated entry: (not shown");
    refused({"run", "--input", vcf, "--input", vcf, "-o", out}, "repeated entry: (not shown");
    refused({"run", "--input", folder / "x.vcf", vcf, "-o", out}, "is not a workflow file");
    refused({"run", "--input", folder / "x.vcf", folder / "y.yaml", vcf}, "unexpected argument: (not shown");
    refused({vcf}, "unknown command: (not shown");
    refused({"run", "--input", vcf, "--samples=-" + name}, "found: the flag (not shown");
    refused({"run", "--input", vcf, "--threads", name}, "found: (not shown");
    refused({"explain", "TPMT", name, "--input", vcf}, "no such gene in the catalogue: (not shown");
    const std::string list = folder.write("list.yaml", "input: a.vcf\nsamples: " + name + "\n");
    refused({"run", list}, "write a list: `samples: [(not shown");
    const std::string twice = folder.write("twice.yaml", "input: a.vcf\nsamples: [" + name + ", " + name + "]\n");
    refused({"run", twice}, "repeated entry: (not shown");
    // Without a key the word is what helps.
    CHECK_NE(run_program({"explain", "TPMT", name, "--input", vcf}).err.find("catalogue: " + name), std::string::npos);
  }

  TEST_CASE("cells and keys of tables, where a gene or something else was expected") {
    const TempFolder folder;
    const std::string key = key_in(folder);
    const std::string vcf = write_vcf(folder);
    const std::string& name = people.front();
    int number = 0;
    const auto outside = [&](const std::string& text, int exit_code) {
      const std::string file = folder.write("calls" + std::to_string(++number), text);
      const ProgramResult run = unnamed(key, {"run", "--input", vcf, "--samples", name, "--outside-calls", file, "-o",
                                              folder / "out" + std::to_string(number)});
      CHECK_MESSAGE(run.exit_code == exit_code, run.err);
      if (exit_code == 0) check_unnamed(folder / "out" + std::to_string(number), run);
    };
    outside(name + "\tCYP2D6\t*1/*4\n", 0);
    outside("{\"" + name + "\": {\"Genotype\": 3, \"Filter\": \"PASS\"}}", 3);
    const std::string sound = "\"" + name + R"(": {"Genotype": "*1/*4", "Filter": "PASS"})";
    outside("{" + sound + ", " + sound + "}", 3);
    outside(
        "##fileformat=VCFv4.2\n##source=aldy-v4.8 (gene: CYP2D6-pharmvar-6.2.14 (2025-07-20))\n"
        "##INFO=<ID=ANN,Number=1,Type=String,Description=\"Location within CYP2D6\">\n"
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
            name + "\n",
        3);
    const std::string calls = folder.write("calls.tsv", "sample\tgene\tdiplotype\n" + name + "\tCYP2D6\t*1/*4\n");
    const std::string truth = folder.write("truth.tsv", "sample\tgene\tdiplotype\nCYP2D6\t" + name + "\t*1/*4\n");
    (void)unnamed(key, {"concordance", "--truth", truth, "--calls", calls});
  }

  TEST_CASE("an index that is named after the reads with another ending") {
    const TempFolder folder;
    const std::string key = key_in(folder);
    const std::string bam = write_bam(folder);
    const std::string index = folder / (of_reads + ".bai");
    fs::rename(bam + ".bai", index);
    fs::last_write_time(index, fs::last_write_time(bam) - std::chrono::hours{1});
    for (const Words& more : {Words{"--resume"}, Words{"--shard", "1/1"}}) {
      const std::string out = folder / more.front();
      const ProgramResult run = unnamed(key, Words{"run", "--input", bam, "-o", out} + more);
      CHECK_MESSAGE(run.exit_code == 0, run.err);
      CHECK_NE(run.err.find(".bai is older than the file"), std::string::npos);
      check_unnamed(out, run);
    }
    folder.write(of_reads + ".bai", "BAI\1 and no more");
    CHECK_EQ(unnamed(key, {"run", "--input", bam, "-o", folder / "out"}).exit_code, 3);
  }

  TEST_CASE("a variable that names no key lets no names through") {
    const TempFolder folder;
    for (const std::string name : {"STARDOSE_PSEUDONYMISE", "STARDOSE_AUDIT_LOG", "STARDOSE_REQUIRE_SIGNATURES"}) {
      check_refused(run_shell(name + "= $stardose knowledge list"), 2, name + ": names no file");
    }
  }
}

}  // namespace stardose::tests
