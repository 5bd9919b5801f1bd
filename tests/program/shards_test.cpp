// stardose run --shard and stardose merge: the bytes of one run, or a refusal.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "pipeline/provenance.h"
#include "tests/builders/covered_sites.h"
#include "tests/program/bgzip.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

const std::string samples = STARDOSE_SOURCE_DIR "/data-samples";

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// Runs the shards one by one and returns their folders.
Words run_shards(const TempFolder& folder, const Words& job, int count, int exit_code = 0) {
  Words folders;
  int worst = 0;
  for (int number = 1; number <= count; ++number) {
    const std::string part = std::to_string(number) + "/" + std::to_string(count);
    folders.push_back(folder / ("shards" + std::to_string(count) + "/" + std::to_string(number)));
    const ProgramResult run = run_program(Words{"run"} + job + Words{"--shard", part, "-o", folders.back()});
    CHECK_MESSAGE((run.exit_code == 0 || run.exit_code == exit_code), run.err);
    CHECK_FALSE(fs::exists(folders.back() + "/run.json"));
    CHECK_FALSE(fs::exists(folders.back() + "/report/index.html"));
    worst = std::max(worst, run.exit_code);
  }
  CHECK_EQ(worst, exit_code);
  return folders;
}

void check_same_files(const std::string& one, const std::string& other) {
  CHECK(files_below(one) == files_below(other));
  for (const std::string& file : files_below(one)) {
    CAPTURE(file);
    CHECK(file_text(one + "/" + file) == file_text(other + "/" + file));
  }
}

/// A job, whole and in shards, which leave the same bytes.
void check_shards(const TempFolder& folder, const Words& job, const std::vector<int>& counts, int exit_code = 0) {
  const ProgramResult whole = run_program(Words{"run"} + job + Words{"-o", folder / "whole"});
  REQUIRE_MESSAGE(whole.exit_code == exit_code, whole.err);
  for (const int count : counts) {
    CAPTURE(count);
    Words folders = run_shards(folder, job, count, exit_code);
    std::ranges::reverse(folders);  // their order does not matter
    const std::string merged = folder / ("merged" + std::to_string(count));
    const bool with_crate = std::ranges::find(job, "--ro-crate") != job.end();
    const ProgramResult merge =
        run_program(Words{"merge", "-o", merged} + (with_crate ? Words{"--ro-crate"} : Words{}) + folders);
    CHECK_EQ(merge.exit_code, exit_code);
    INFO(merge.err);
    check_same_files(folder / "whole", merged);
  }
}

Words names(int count) {
  Words list;
  for (int k = 0; k < count; ++k) list.push_back("S" + std::to_string(k));
  return list;
}

/// Genotypes drawn at random, some missing, some phased, some that are not left-aligned.
std::string random_vcf(int count) {
  std::mt19937 random{7};
  const auto draw = [&] {
    static const char* const choices[] = {"0/0", "0/0", "0/1", "0|1", "1|0", "1/1", "./.", "0/."};
    return std::string{choices[random() % 8]};
  };
  std::string text = vcf_header(names(count));
  for (const char* site : {"chr6 18130687 T C", "chr6 18138997 C T", "chr10 94761900 C T", "chr10 94781859 G A",
                           "chr12 21178615 T C", "chr16 31096368 C T", "chr19 38448712 G A"}) {
    Words genotypes;
    for (int k = 0; k < count; ++k) genotypes.push_back(draw());
    text += vcf_record(site, genotypes);
  }
  return text;
}

std::string bam(const TempFolder& folder, const std::string& sample, const std::string& bases) {
  return test::covering(sample, {{"chr1", 169549811, std::string(20, 'C')}, {"chr16", 31096368, bases}})
      .write_bam(folder / (sample + ".bam"));
}

}  // namespace

TEST_SUITE("program: shards") {
  TEST_CASE("variants, reads, doses, outside calls and a truth: any number of shards gives the bytes of one run") {
    const TempFolder folder;
    std::string list;
    for (const char* name : {"R1", "R2", "R3"}) list += bam(folder, name, "CCCCCCCCCCTTTTTTTTTT") + "\n";
    const std::string broken = bam(folder, "R4", std::string(20, 'C'));
    const std::string bytes = file_text(broken);
    folder.write("R4.bam", bytes.substr(0, bytes.size() - 28));
    list += broken + "\n";
    const std::string calls = folder.write("calls.tsv",
                                           "sample\tgene\tdiplotype\nR2\tCYP2D6\t*1/*4\nmother\tSLCO1B1\t*15/*15\n"
                                           "stent\tSLCO1B1\t*1/*1\nnobody\tTPMT\t*1/*1\n");
    const std::string features =
        folder.write("set.yaml",
                     "set: some\ninputs:\n  weight: {}\n  cyp2c9: {diplotype: CYP2C9, alleles: "
                     "[\"*1\", \"*2\", \"*3\"]}\n  af: {polygenic: PGS000016, scale: sum}\n"
                     "features: {weight: {}, cyp2c9: {}, af: {}}\n");
    const Words job{"--input",
                    samples + "/family.vcf.gz",
                    "--input-list",
                    folder.write("list", list),
                    "--outside-calls",
                    calls,
                    "--dose",
                    "warfarin",
                    "--covariates",
                    samples + "/patients.tsv",
                    "--medications-file",
                    samples + "/medications.tsv",
                    "--truth",
                    samples + "/truth.tsv",
                    "--features",
                    features,
                    "--all-matches",
                    "--ro-crate",
                    "--write",
                    "calls,guidance,coverage,dosing,features,html,json,fhir,multiqc,dosages"};
    check_shards(folder, job, {1, 3, 16}, 8);
    CHECK(file_text(folder / "whole/run.json").find("nobody has a value of af") != std::string::npos);
  }

  TEST_CASE("random genotypes, one file and several, and every record as a fileset") {
    const TempFolder folder;
    const std::string one = folder.write("one.vcf", random_vcf(11));
    const std::string two =
        folder.write("two.vcf", vcf_header(names(11)) + vcf_record("chr13 48037782 A G", Words(11, "0/1")));
    convert_vcf(one, folder / "one.bcf", "wb");
    REQUIRE(bcf_index_build((folder / "one.bcf").c_str(), 14) == 0);
    const Words job{"--input", folder / "one.bcf", "--input", two, "--write", "calls,guidance,json,dosages"};
    check_shards(folder, job + Words{"--dosage-sites", "all"}, {2, 5, 11});
  }

  TEST_CASE("samples that were asked for are what is split") {
    const TempFolder folder;
    const std::string vcf = folder.write("in.vcf", random_vcf(6));
    const Words inputs{"--input", vcf,
                       "--input", bam(folder, "R1", std::string(20, 'C')),
                       "--input", bam(folder, "R2", std::string(20, 'T'))};
    check_shards(folder, inputs + Words{"--samples", "S4,R2,S0,S5"}, {2, 4});
    for (const char* left_out : {"^S4,R2", "^R1,S0"}) {
      const TempFolder other;
      check_shards(other, inputs + Words{"--samples", left_out}, {3});
    }
  }

  TEST_CASE("shards are stretches: of ten samples, three have three, three and four") {
    const TempFolder folder;
    const Words job{"--input", samples + "/family.vcf.gz", "--write", "json"};
    const Words folders = run_shards(folder, job, 3);
    CHECK(files_below(folders[0] + "/report").size() == 3);
    CHECK(files_below(folders[1] + "/report").size() == 3);
    CHECK(files_below(folders[2] + "/report").size() == 4);
    CHECK(fs::exists(folders[0] + "/report/mother.json"));
  }

  TEST_CASE("a shard without a sample says so and no more, and one whose reads cannot be read fails") {
    const TempFolder folder;
    const std::string good = bam(folder, "R1", std::string(20, 'C'));
    const std::string broken = bam(folder, "R2", std::string(20, 'C'));
    const std::string bytes = file_text(broken);
    folder.write("R2.bam", bytes.substr(0, bytes.size() - 28));
    const Words job{"run", "--input", good, "--input", broken, "--write", "calls"};
    CHECK_EQ(run_program(job + Words{"--shard", "2/2", "-o", folder / "two"}).exit_code, 8);
    CHECK(files_below(folder / "two") == Words{"shard.json"});
    CHECK_EQ(run_program(job + Words{"--shard", "1/3", "-o", folder / "none"}).exit_code, 0);
    CHECK(files_below(folder / "none") == Words{"shard.json"});
  }

  TEST_CASE("shards that do not fit are refused in one line, and nothing is written") {
    const TempFolder folder;
    const std::string vcf = folder.write("in.vcf", random_vcf(6));
    const Words job{"--input", vcf, "--write", "calls"};
    const Words shards = run_shards(folder, job, 3);
    const std::string out = folder / "out";
    const auto merge = [&](const Words& folders) { return run_program(Words{"merge", "-o", out} + folders); };
    const auto run = [&](const Words& more, const std::string& name) {
      const ProgramResult result = run_program(Words{"run"} + job + more + Words{"-o", folder / name});
      REQUIRE_MESSAGE(result.exit_code == 0, result.err);
      return folder / name;
    };
    check_refused(merge({shards[0], shards[2]}), 4, shards[0] + ": is one of 3 shards, and missing are 2");
    check_refused(merge({shards[0], shards[1], shards[2], shards[1]}), 4,
                  shards[1] + ": is shard 2, and so is " + shards[1]);
    check_refused(merge({shards[0], run({"--shard", "2/4"}, "of4"), shards[2]}), 4,
                  folder / "of4: is one of 4 shards, and " + shards[0] + " one of 3");
    check_refused(merge({shards[0], run({"--shard", "2/3", "--min-depth", "5"}, "depth"), shards[2]}), 4,
                  folder / "depth: was made with another `min-depth` than " + shards[0]);
    check_refused(merge({shards[0], run({}, "whole")}), 3, folder / "whole: holds a whole run, no shard of one");
    check_refused(merge({shards[0], folder / "nowhere"}), 3, folder / "nowhere: holds no finished shard");
    check_refused(run_program(Words{"merge", "-o", shards[0]} + shards), 2,
                  shards[0] + ": output: is one of the shards");
    // A correction in the middle of a text leaves its size as it was, and its ends.
    const std::string before = file_text(vcf);
    std::string corrected = before;
    const std::size_t genotype = corrected.find("\t0/1", corrected.size() / 2);
    REQUIRE_NE(genotype, std::string::npos);
    corrected.replace(genotype, 4, "\t1/1");
    const std::string far = "##" + std::string(3 << 20, 'x') + "\n";
    CHECK_NE(pipeline::content_print(folder.write("a.txt", far + before + far)),
             pipeline::content_print(folder.write("a.txt", far + corrected + far)));
    folder.write("in.vcf", random_vcf(7));
    check_refused(merge({shards[0], run({"--shard", "2/3"}, "changed"), shards[2]}), 4,
                  folder / "changed: was made with inputs or tables that have changed since than " + shards[0]);
    const std::string table = file_text(shards[1] + "/calls.tsv");
    folder.write("shards3/2/calls.tsv", table + "S1\tTPMT\n");
    check_refused(merge(shards), 3, shards[1] + "/calls.tsv: is not as its shard has written it");
    fs::remove(shards[1] + "/calls.tsv");
    check_refused_saying(merge(shards), 3, {"calls.tsv: cannot be read"});
    const std::string document = file_text(shards[1] + "/shard.json");
    for (const char* number : {"0", "4", "100000000", "18446744073709551615"}) {
      CAPTURE(number);
      std::string other = document;
      const std::size_t at = other.find("\"count\": 3");
      REQUIRE_NE(at, std::string::npos);
      other.replace(at, 10, std::string{"\"count\": "} + number);
      folder.write("shards3/2/shard.json", other);
      check_refused_saying(merge(shards), 3, {"is no shard.json of ours, or was changed since"});
    }
    folder.write("shards3/2/shard.json", R"({"schema": "stardose/shard/1.2", "sha256": "x", "a": )" +
                                             std::string(200'000, '[') + std::string(200'000, ']') + "}");
    check_refused_saying(merge(shards), 3, {"is no shard.json of ours, or was changed since"});
    folder.write("shards3/2/shard.json", "{}");
    check_refused(merge(shards), 3, shards[1] + "/shard.json: is no shard.json of ours, or was changed since");
    CHECK_FALSE(fs::exists(out));
  }

  TEST_CASE("a sample that two shards have is refused, as a run would") {
    const TempFolder folder;
    const std::string first = bam(folder, "R1", std::string(20, 'C'));
    fs::create_directories(folder / "again");
    for (const char* ending : {"", ".bai"}) fs::copy(first + ending, folder / ("again/R1.bam" + std::string{ending}));
    const Words shards = run_shards(folder, {"--input", first, "--input", folder / "again/R1.bam"}, 2);
    check_refused(run_program(Words{"merge", "-o", folder / "out"} + shards), 4,
                  shards[1] + ": has the sample R1, and so has " + shards[0]);
  }

  TEST_CASE("what cannot be split is refused") {
    const TempFolder folder;
    const std::string vcf = folder.write("in.vcf", random_vcf(3));
    const auto run = [&](const Words& more) { return run_program(Words{"run", "-o", folder / "out"} + more); };
    for (const char* wrong : {"0/3", "4/3", "1", "1/", "/3", "1/3/3", "one/3", "1/0"}) {
      check_refused_saying(run({"--input", vcf, std::string{"--shard="} + wrong}), 2, {"is no part of a run"});
    }
    check_refused_saying(run({"--input", "-", "--shard", "1/3"}), 2, {"can be read once only"});
    check_refused_saying(run({"--input", vcf, "--shard", "1/3", "--medications", "clopidogrel"}), 2,
                         {"the run is a part of a larger one"});
    const std::string calls = folder.write("calls.tsv", "CYP2D6\t*1/*4\n");
    check_refused_saying(run({"--input", vcf, "--shard", "1/3", "--outside-calls", calls}), 3,
                         {"does not say which sample"});
    CHECK_FALSE(fs::exists(folder / "out"));
  }
}

}  // namespace stardose::tests
