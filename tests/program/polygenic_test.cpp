// Polygenic scores as a user gets them.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/program/bgzip.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

using Words = std::vector<std::string>;

const std::string score_text =
    "#pgs_id=PGS1\n#genome_build=GRCh38\n"
    "chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n"
    "6\t100\tC\tT\t1\n10\t200\tC\tT\t0.5\n10\t300\tG\tA\t-2\n10\t300\tC\tA\t4\n";

std::string small_vcf() {
  return vcf_header({"A", "B", "C"}) + vcf_record("chr6 100 T C", {"0/1", "1/1", "./."}) +
         vcf_record("chr10 200 C T", {"0|0", "0|1", "1|1"}) + vcf_record("chr10 300 A G,C", {"1/2", "0/0", "2/2"});
}

ProgramResult score(const std::string& input, const std::string& file, const std::string& output, Words more = {},
                    const std::string& standard_input = "") {
  Words words{"polygenic", "--input", input, "--score", file, "--output", output};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words, standard_input);
}

/// A cohort with missing genotypes, phases, several alleles and a score at most of its records.
std::string random_vcf(std::string& table, std::size_t samples, int records) {
  std::mt19937 random{9};
  Words names;
  for (std::size_t k = 0; k < samples; ++k) names.push_back("S" + std::to_string(k));
  std::string text = vcf_header(names);
  table = "#pgs_id=many\n#genome_build=GRCh38\nchr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n";
  for (int k = 0; k < records; ++k) {
    const std::string position = std::to_string(1'000'000 + 10 * k);
    const bool many = k % 17 == 0;
    Words genotypes;
    for (std::size_t sample = 0; sample < samples; ++sample) {
      const auto kind = random() % 20;
      const std::string alleles = many ? "012" : "01";
      const std::string one(1, alleles[random() % alleles.size()]);
      const std::string two(1, alleles[random() % alleles.size()]);
      genotypes.push_back(kind == 0 ? "./." : one + (kind < 10 ? "/" : "|") + two);
    }
    text += vcf_record("chr10 " + position + (many ? " A G,C" : " A G"), genotypes);
    if (k % 5 != 0 || many) {
      table += "10\t" + position + (k % 2 == 0 ? "\tA\tG\t" : "\tG\tA\t") + std::to_string(k % 13 - 6) + ".25e-2\n";
    }
  }
  return text;
}

}  // namespace

TEST_SUITE("program: polygenic") {
  TEST_CASE("sums, averages, alleles and what became of each variant") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    const std::string file = folder.write("s.txt", score_text);
    const ProgramResult run = score(input, file, folder / "out");
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    CHECK_EQ(run.err, "3 sample(s), 1 score(s): results are in " + folder / "out" + "\n");
    CHECK(files_below(folder / "out") == Words{"PGS1.matches.tsv", "run.json", "scores.tsv", "summary.tsv"});
    // A: 1 + 2*0.5 - 2 + 4; B: 2 + 0.5; C: the mean of 1 and 2, and 2*4
    CHECK_EQ(file_text(folder / "out/scores.tsv"),
             "sample\tscore\tsum\taverage\talleles\tmissing\tz\nA\tPGS1\t4\t0.5\t8\t0\tNA\n"
             "B\tPGS1\t2.5\t0.3125\t8\t0\tNA\nC\tPGS1\t9.5\t1.1875\t6\t1\tNA\n");
    CHECK_EQ(file_text(folder / "out/PGS1.matches.tsv"),
             "line\tchrom\tpos\teffect_allele\tother_allele\tfate\n4\tchr6\t100\tC\tT\tmatched\n"
             "5\tchr10\t200\tC\tT\tmatched_swapped\n6\tchr10\t300\tG\tA\tmatched\n7\tchr10\t300\tC\tA\tmatched\n");
    CHECK(file_text(folder / "out/summary.tsv").find("\nPGS1\tscored\t4\t4\t1.0000\t1.0000\t0\t3\t1\t0\t") !=
          std::string::npos);
    CHECK(file_text(folder / "out/run.json").find("\"assembly\": \"GRCh38\"") != std::string::npos);
  }

  TEST_CASE("a reference distribution gives z, and a choice of samples changes nobody's genotypes") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    const std::string file = folder.write("s.txt", score_text);
    const std::string reference = folder.write("r.tsv", "score\tmean\tsd\nPGS1\t1.5\t2\n");
    const ProgramResult run = score(input, file, folder / "out",
                                    {"--reference-scores", reference, "--samples", "B,A", "--impute-missing", "none"});
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    CHECK_EQ(file_text(folder / "out/scores.tsv"),
             "sample\tscore\tsum\taverage\talleles\tmissing\tz\nA\tPGS1\t4\t0.5\t8\t0\t1.25\n"
             "B\tPGS1\t2.5\t0.3125\t8\t0\t0.5\n");
  }

  TEST_CASE("text, BCF, standard input, a PLINK fileset, several files and threads change no byte") {
    const TempFolder folder;
    std::string table;
    const std::string text = random_vcf(table, 41, 6000);
    const std::string plain = folder.write("in.vcf", text);
    const std::string file = folder.write("many.txt", table);
    convert_vcf(plain, folder / "in.bcf", "wb");
    REQUIRE(run_program(
                {"run", "--input", plain, "--write", "dosages", "--dosage-sites", "all", "--output", folder / "plink"})
                .exit_code == 0);
    REQUIRE(score(plain, file, folder / "first").exit_code == 0);
    const std::string scores = file_text(folder / "first/scores.tsv");
    CHECK(std::ranges::count(scores, '\n') == 42);
    for (const std::string input : {"in.vcf", "in.bcf", "-"}) {
      for (const std::string threads : {"1", "2", "7"}) {
        CAPTURE(input + " " + threads);
        const ProgramResult run = score(input == "-" ? input : folder / input, file, folder / "other",
                                        {"--threads", threads}, input == "-" ? folder / "in.bcf" : "");
        REQUIRE_MESSAGE(run.exit_code == 0, run.err);
        CHECK(file_text(folder / "other/scores.tsv") == scores);
        CHECK(file_text(folder / "other/many.matches.tsv") == file_text(folder / "first/many.matches.tsv"));
      }
    }
    // Rows of a fileset do not say that REF of a record with several alternatives is not all that is left, so those
    // records are out of this comparison.
    const std::string header = text.substr(0, text.find("chr10\t1000000"));
    std::string simple = header;
    std::string halves[2] = {header, header};
    for (std::size_t at = header.size(), k = 0; at < text.size(); at = text.find('\n', at) + 1, ++k) {
      const std::string line = text.substr(at, text.find('\n', at) + 1 - at);
      if (k % 17 == 0) continue;
      simple += line;
      halves[k < 3000 ? 0 : 1] += line;
    }
    const std::string simple_vcf = folder.write("simple.vcf", simple);
    REQUIRE(run_program({"run", "--input", simple_vcf, "--write", "dosages", "--dosage-sites", "all", "--output",
                         folder / "plink"})
                .exit_code == 0);
    REQUIRE(score(simple_vcf, file, folder / "simple").exit_code == 0);
    for (const std::string threads : {"1", "3"}) {
      REQUIRE(score(folder / "plink/dosages.bed", file, folder / "other", {"--threads", threads}).exit_code == 0);
      CHECK(file_text(folder / "other/scores.tsv") == file_text(folder / "simple/scores.tsv"));
    }
    // Two files that follow on each other are not one that is sorted, but the same scores.
    REQUIRE(
        score(folder.write("h0.vcf", halves[0]), file, folder / "other", {"--input", folder.write("h1.vcf", halves[1])})
            .exit_code == 0);
    CHECK(file_text(folder / "other/scores.tsv") == file_text(folder / "simple/scores.tsv"));
    REQUIRE(score(folder / "plink/dosages.bed", file, folder / "other", {"--samples", "S7,S30"}).exit_code == 0);
    CHECK(std::ranges::count(file_text(folder / "other/scores.tsv"), '\n') == 3);
  }

  TEST_CASE("DS is taken where it is asked for, and GT where a record has none") {
    const TempFolder folder;
    const std::string input =
        folder.write("in.vcf", vcf_header({"A", "B"}, "##FORMAT=<ID=DS,Number=A,Type=Float,Description=\"\">\n") +
                                   vcf_record("chr6 100 T C", {"0/1:0.75", "0/0:."}, ".", "GT:DS") +
                                   vcf_record("chr10 200 C T", {"0|0", "0|1"}) +
                                   vcf_record("chr10 300 A G,C", {"0/0:0.5,0.25", "1/2:1,1"}, ".", "GT:DS"));
    const std::string file = folder.write("s.txt", score_text);
    REQUIRE(score(input, file, folder / "out", {"--genotype-field", "DS"}).exit_code == 0);
    // A: 0.75 + 2*0.5 - 2*0.5 + 4*0.25; B: the mean, 0.75, + 0.5 - 2 + 4
    CHECK(file_text(folder / "out/scores.tsv").find("\nA\tPGS1\t1.75\t") != std::string::npos);
    CHECK(file_text(folder / "out/scores.tsv").find("\nB\tPGS1\t3.25\t") != std::string::npos);
    const std::string bad =
        folder.write("bad.vcf", vcf_header({"A"}, "##FORMAT=<ID=DS,Number=A,Type=Float,Description=\"\">\n") +
                                    vcf_record("chr6 100 T C", {"0/1:2.5"}, ".", "GT:DS"));
    check_refused(score(bad, file, folder / "none", {"--genotype-field", "DS"}), 3,
                  bad + ": chr6:100: FORMAT/DS of the 1. sample is not between 0 and 2");
  }

  TEST_CASE("a score that the input lacks too much of is refused with the numbers, and the others are not") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    const std::string good = folder.write("s.txt", score_text);
    const std::string poor = folder.write("p.txt",
                                          "#pgs_id=P\n#genome_build=GRCh38\n"
                                          "chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n"
                                          "6\t100\tC\tT\t1\n6\t101\tC\tT\t1\n6\t102\tC\tT\t2\n");
    const ProgramResult run = score(input, poor, folder / "out", {"--score", good});
    CHECK_EQ(run.exit_code, 4);
    CHECK_EQ(run.err,
             "error: " + poor +
                 ": P: 1 of 3 variants can be scored (33.3 %), with 25.0 % of the weight; min-overlap asks for "
                 "75 %\nhelp: " +
                 folder / "out" + "/P.matches.tsv says what became of each variant; --min-overlap lowers the bar\n");
    CHECK(file_text(folder / "out/summary.tsv").find("\nP\trefused\t3\t1\t0.3333\t0.2500\t") != std::string::npos);
    CHECK(file_text(folder / "out/scores.tsv").find("\tP\t") == std::string::npos);
    CHECK(file_text(folder / "out/scores.tsv").find("\tPGS1\t") != std::string::npos);
    // Alone, it leaves no scores: not even those of an earlier run.
    CHECK_EQ(score(input, poor, folder / "out").exit_code, 4);
    CHECK(!std::ranges::count(files_below(folder / "out"), "scores.tsv"));
    CHECK_EQ(score(input, poor, folder / "out", {"--min-overlap", "0.25"}).exit_code, 0);
  }

  TEST_CASE("newcomers' mistakes") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    const std::string file = folder.write("s.txt", score_text);
    check_refused(run_program({"polygenic", "--input", input}), 2, "no score");
    check_refused(run_program({"polygenic", "--score", file}), 2, "no input");
    check_refused(score(input, folder / "none.txt", folder / "out"), 3,
                  folder / "none.txt" + ": cannot open the scoring file: No such file or directory");
    const std::string copy = folder.write("copy.txt", score_text);
    check_refused(score(input, file, folder / "out", {"--score", copy}), 2,
                  copy + ": a score of this name is there twice: PGS1, also in " + file);
    const std::string old =
        folder.write("o.txt", "#genome_build=GRCh37\n" + score_text.substr(score_text.find("chr_")));
    check_refused(score(input, old, folder / "out"), 4,
                  old + ": header: its positions are on GRCh37, and the input is on GRCh38");
    check_refused(score(input, input, folder / "out"), 3,
                  input +
                      ": says of no variant where it is: there are neither columns hm_chr and hm_pos nor chr_name "
                      "and chr_position");
    check_refused(score(input, file, folder / "out", {"--palindromes", "maybe"}), 2,
                  "--palindromes: expected one of frequency, exclude, keep; found: maybe");
    const std::string regions = folder.write("x.bed", "chr1\t1\t2\n");
    check_refused(score(regions, file, folder / "out"), 3,
                  folder / "x.fam" + ": cannot open the list of samples: No such file or directory");
    check_refused(score(input, file, folder / "out", {"--input", regions}), 2,
                  "input: some inputs are PLINK filesets and some are not");
    CHECK(files_below(folder / "out").empty());
  }

  TEST_CASE("a workflow file has the same keys, each for its own command") {
    const TempFolder folder;
    folder.write("in.vcf", small_vcf());
    folder.write("s.txt", score_text);
    const std::string workflow =
        folder.write("w.yaml", "input: in.vcf\nscore: s.txt\nmin-overlap: 0.5\noutput: " + folder / "out" + "\n");
    const ProgramResult run = run_program({"polygenic", workflow});
    CHECK_MESSAGE(run.exit_code == 0, run.err);
    CHECK(files_below(folder / "out").size() == 4);
    const ProgramResult other = run_program({"run", workflow});
    CHECK_EQ(other.exit_code, 2);
    CHECK(other.err.find("w.yaml: 2:1: score is no setting of this command\nhelp: it is one of `stardose polygenic`") !=
          std::string::npos);
    const ProgramResult dry = run_program({"polygenic", workflow, "--dry-run", "--output", folder / "dry"});
    CHECK_EQ(dry.exit_code, 0);
    CHECK_EQ(dry.err, "dry run: 3 sample(s) would get 1 score(s); nothing was written\n");
    CHECK(files_below(folder / "dry").empty());
  }

  TEST_CASE("a fileset says nothing of its assembly, so that is said, and scores must agree") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", small_vcf());
    const std::string file = folder.write("s.txt", score_text);
    REQUIRE(run_program({"run", "--input", input, "--write", "dosages", "--dosage-sites", "all", "-o", folder / "p"})
                .exit_code == 0);
    const ProgramResult run = score(folder / "p/dosages.bed", file, folder / "out");
    CHECK_EQ(run.exit_code, 0);
    CHECK(
        run.err.starts_with("warning: the input does not say what assembly it is on, so its positions are taken for "
                            "those of the scores; --assembly settles it\n"));
    const std::string old =
        folder.write("o.txt", "#pgs_id=O\n#genome_build=GRCh37\n" + score_text.substr(score_text.find("chr_")));
    check_refused(score(folder / "p/dosages.bed", file, folder / "out", {"--score", old}), 4,
                  old + ": header: its positions are on GRCh37, and those of " + file + " on GRCh38");
  }
}

}  // namespace stardose::tests
