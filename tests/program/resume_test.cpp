// stardose run --resume: what is finished is not done again, and the bytes are those of a run that nobody disturbed.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

#include "tests/builders/covered_sites.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words names(int count) {
  Words list;
  for (int k = 0; k < count; ++k) list.push_back("S" + std::to_string(k));
  return list;
}

std::string write_vcf(const TempFolder& folder, int count, const std::string& genotype = "0/1") {
  Words genotypes(static_cast<std::size_t>(count), "0/0");
  genotypes[1] = genotype;
  return folder.write("in.vcf", vcf_header(names(count)) + vcf_record("chr6 18130687 T C", genotypes) +
                                    vcf_record("chr10 94761900 C T", Words(genotypes.size(), "0/1")));
}

std::string bam(const TempFolder& folder, const std::string& sample, const std::string& bases) {
  return test::covering(sample, {{"chr1", 169549811, std::string(20, 'C')}, {"chr16", 31096368, bases}})
      .write_bam(folder / (sample + ".bam"));
}

void check_same_files(const std::string& one, const std::string& other, const std::string& but = {}) {
  Words files = files_below(one);
  std::erase(files, but);
  CHECK(files == files_below(other));
  for (const std::string& file : files) {
    CAPTURE(file);
    CHECK(file_text(one + "/" + file) == file_text(other + "/" + file));
  }
}

bool says(const ProgramResult& run, const std::string& text) { return run.err.find(text) != std::string::npos; }

void wait_for_report(const std::string& folder) {
  for (int tick = 0; tick < 3000 && files_below(folder + "/report").empty(); ++tick) {
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
}

}  // namespace

TEST_SUITE("program: resume") {
  TEST_CASE("a journal beside them, the results are those of a run without") {
    const TempFolder folder;
    const Words job{"run",
                    "--input",
                    write_vcf(folder, 9),
                    "--input",
                    bam(folder, "R1", "CCCCCCCCCCTTTTTTTTTT"),
                    "--input",
                    bam(folder, "R2", std::string(20, 'T'))};
    REQUIRE(run_program(job + Words{"-o", folder / "plain"}).exit_code == 0);
    const ProgramResult first = run_program(job + Words{"--resume", "-o", folder / "out"});
    REQUIRE_MESSAGE(first.exit_code == 0, first.err);
    CHECK_FALSE(says(first, "finished before"));
    check_same_files(folder / "out", folder / "plain", "resume.journal");
    const std::string journal = file_text(folder / "out/resume.journal");
    const ProgramResult again = run_program(job + Words{"--resume", "--threads", "3", "-o", folder / "out"});
    CHECK(says(again, "11 of them had been finished before"));
    check_same_files(folder / "out", folder / "plain", "resume.journal");
    CHECK(file_text(folder / "out/resume.journal") == journal);
    // Who does not ask for it gets no journal, and none that would speak of other files.
    REQUIRE(run_program(job + Words{"-o", folder / "out"}).exit_code == 0);
    check_same_files(folder / "out", folder / "plain");
  }

  TEST_CASE("killed at any moment and started again, a run ends with the same bytes") {
    const TempFolder folder;
    const Words job{"run",     "--input", write_vcf(folder, 200), "--input", bam(folder, "R1", std::string(20, 'C')),
                    "--resume"};
    REQUIRE(run_program(job + Words{"-o", folder / "whole"}).exit_code == 0);
    std::mt19937 random{11};
    const std::string out = folder / "out";
    for (const int signal : {SIGKILL, SIGKILL, SIGTERM, SIGUSR2, SIGKILL, SIGINT, SIGKILL}) {
      const Words before = files_below(out);  // what a killed run has left, the next may not have come to yet
      StartedProgram program{job + Words{"-o", out}};
      if (signal != SIGINT) wait_for_report(out);
      std::this_thread::sleep_for(std::chrono::milliseconds{100 + random() % 60});  // it has been started by then
      const auto sent = std::chrono::steady_clock::now();
      kill(program.pid(), signal);
      const ProgramResult run = program.wait();
      if (run.exit_code == 0) continue;  // it was quicker
      CHECK_EQ(run.signal, signal);
      CHECK(std::chrono::steady_clock::now() - sent < std::chrono::seconds{5});
      for (const std::string& file : files_below(out)) {
        CAPTURE(file);
        const bool is_new = std::ranges::find(before, file) == before.end();
        if (signal != SIGKILL && is_new) CHECK_FALSE((file.ends_with(".partial") || file == ".stardose.lock"));
        const bool is_named = !file.ends_with(".partial") && file != ".stardose.lock" && file != "resume.journal";
        if (is_named) CHECK(file_text(out + "/" + file) == file_text(folder / ("whole/" + file)));
      }
    }
    const ProgramResult end = run_program(job + Words{"-o", out});
    CHECK_EQ(end.exit_code, 0);
    CHECK(says(end, "had been finished before"));
    check_same_files(out, folder / "whole");
  }

  TEST_CASE("what has changed is done again, and nothing else") {
    const TempFolder folder;
    const std::string first = bam(folder, "R1", std::string(20, 'C'));
    const std::string second = bam(folder, "R2", std::string(20, 'C'));
    const Words inputs{"run", "--input", write_vcf(folder, 4), "--input", first};
    const auto resume = [&](const Words& words) {
      const ProgramResult run = run_program(words + Words{"--resume", "-o", folder / "out"});
      REQUIRE_MESSAGE(run.exit_code == 0, run.err);
      fs::remove_all(folder / "plain");
      REQUIRE(run_program(words + Words{"-o", folder / "plain"}).exit_code == 0);
      check_same_files(folder / "out", folder / "plain", "resume.journal");
      return run;
    };
    resume(inputs);
    CHECK(says(resume(inputs + Words{"--input", second}), "5 of them had been finished before"));  // a sample more
    bam(folder, "R2", std::string(20, 'T'));
    CHECK(says(resume(inputs + Words{"--input", second}), "5 of them had been finished before"));  // another alignment
    write_vcf(folder, 4, "1/1");
    CHECK(says(resume(inputs + Words{"--input", second}), "2 of them had been finished before"));  // other variants
    const Words deep = inputs + Words{"--input", second, "--min-depth", "5"};
    CHECK_FALSE(says(resume(deep), "finished before"));  // a setting
    fs::remove(folder / "out/report/S1.html");
    CHECK(says(resume(deep), "5 of them had been finished before"));  // a lost report
    const std::string journal = file_text(folder / "out/resume.journal");
    folder.write("out/resume.journal", journal.substr(0, journal.size() - 1));  // half a record
    CHECK(says(resume(deep), "5 of them had been finished before"));
    std::string damaged = journal;
    damaged[damaged.size() / 2] ^= 1;
    folder.write("out/resume.journal", damaged);
    resume(deep);
    folder.write("out/resume.journal", "garbage\n");
    CHECK_FALSE(says(resume(deep), "finished before"));
  }

  TEST_CASE("shards are taken up, too") {
    const TempFolder folder;
    const Words job{"run", "--input", write_vcf(folder, 7), "--input", bam(folder, "R1", std::string(20, 'C'))};
    REQUIRE(run_program(job + Words{"-o", folder / "whole"}).exit_code == 0);
    Words merge{"merge", "-o", folder / "merged"};
    for (const std::string number : {"1", "2", "3"}) {
      const Words shard = job + Words{"--resume", "--shard", number + "/3", "-o", folder / number};
      REQUIRE(run_program(shard).exit_code == 0);
      CHECK(says(run_program(shard), "of them had been finished before"));
      merge.push_back(folder / number);
    }
    REQUIRE(run_program(merge).exit_code == 0);
    check_same_files(folder / "merged", folder / "whole");
  }

  TEST_CASE("what cannot be resumed is refused") {
    const TempFolder folder;
    const std::string vcf = write_vcf(folder, 2);
    check_refused_saying(run_program({"run", "--input", vcf, "--resume", "--write", "dosages", "-o", folder / "out"}),
                         2, {"dosages have a column for each sample"});
    check_refused_saying(run_program({"run", "--input", "-", "--resume", "-o", folder / "out"}, vcf), 2,
                         {"can be read once only"});
    CHECK_FALSE(fs::exists(folder / "out"));
  }

  TEST_CASE("a journal with numbers that no file has is begun anew") {
    const TempFolder folder;
    const std::string vcf = write_vcf(folder, 2);
    for (const char* number : {"-5", "18446744073709551611", "9223372036854775807"}) {
      CAPTURE(number);
      const std::string zeros(64, '0');
      fs::create_directories(folder / "out");
      folder.write("out/resume.journal", zeros + " k " + number + " 0 0 0 0 0 0 0 0\n");
      const ProgramResult run = run_program({"run", "--input", vcf, "--resume", "-o", folder / "out"});
      CHECK_MESSAGE(run.exit_code == 0, run.err);
      fs::remove_all(folder / "out");
    }
  }

  TEST_CASE("a folder that is being written is not another's") {
    const TempFolder folder;
    REQUIRE_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
    StartedProgram first{{"run", "--input", folder / "pipe", "-o", folder / "out"}};
    for (int tick = 0; tick < 1000 && !fs::exists(folder / "out/.stardose.lock"); ++tick) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    const std::string vcf = write_vcf(folder, 2);
    const ProgramResult second = run_program({"run", "--input", vcf, "-o", folder / "out"});
    check_refused_saying(second, 5, {folder / "out: is being written by process " + std::to_string(first.pid())});
    kill(first.pid(), SIGKILL);
    CHECK_EQ(first.wait().signal, SIGKILL);
    CHECK(fs::exists(folder / "out/.stardose.lock"));  // of a dead process: no hindrance
    folder.write("out/calls.tsv.partial", "half");
    folder.write("out/report/S0.html.partial", "half");
    CHECK_EQ(run_program({"run", "--input", vcf, "-o", folder / "out"}).exit_code, 0);
    for (const std::string& file : files_below(folder / "out")) {
      CHECK_FALSE((file.ends_with(".partial") || file == ".stardose.lock"));
    }
  }
}

}  // namespace stardose::tests
