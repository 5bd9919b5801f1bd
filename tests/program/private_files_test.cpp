// --private: whatever is written, nobody but its owner may read it.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/builders/covered_sites.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/shell.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;

const std::string samples = STARDOSE_SOURCE_DIR "/data-samples";

unsigned mode_of(const fs::path& path) {
  struct stat status {};
  REQUIRE_EQ(lstat(path.c_str(), &status), 0);
  return status.st_mode & 0777U;
}

/// Returns how many files there are.
int check_private(const std::string& folder) {
  CHECK_EQ(mode_of(folder), 0700U);
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    CAPTURE(entry.path().string());
    CHECK_EQ(mode_of(entry.path()), entry.is_directory() ? 0700U : 0600U);
    files += entry.is_regular_file() ? 1 : 0;
  }
  return files;
}

}  // namespace

TEST_SUITE("program: private files") {
  TEST_CASE("files are 0600 and folders 0700, of every command, whatever the mask was") {
    const TempFolder folder;
    const std::string vcf = samples + "/family.vcf.gz";
    const std::string out = folder / "a/b";
    // A mask that would let everybody do everything.
    const auto run = [&](const std::string& words) {
      CAPTURE(words);
      const ProgramResult result = run_shell("umask 0; $stardose " + words + " --private");
      CHECK_MESSAGE(result.exit_code == 0, result.err);
    };
    run("run --input " + vcf +
        " --samples mother,father --resume --ro-crate --write calls,guidance,html,json,fhir,multiqc"
        " --covariates " +
        samples + "/patients.tsv --dose warfarin -o " + out);
    CHECK_GT(check_private(folder / "a"), 12);
    run("run --input " + vcf + " --shard 1/2 --write calls,dosages --dosage-sites all -o " + folder / "shard1");
    run("run --input " + vcf + " --shard 2/2 --write calls,dosages --dosage-sites all -o " + folder / "shard2");
    run("merge " + (folder / "shard1") + " " + (folder / "shard2") + " -o " + folder / "merged");
    for (const char* name : {"shard1", "shard2", "merged"}) CHECK_GT(check_private(folder / name), 2);
    run("annotate " + vcf + " -o " + (folder / "a/annotated.vcf.gz") + " --write-index");
    run("genotype --input " + samples + "/reads.bam -o " + folder / "a/genotypes.bcf");
    run("dose warfarin --covariates " + samples + "/patients.tsv -o " + folder / "dose");
    CHECK_EQ(check_private(folder / "dose"), 2);
    run("pseudonym make-key " + folder / "a/key");
    check_private(folder / "a");
    // Without the flag the mask is the user's.
    CHECK_EQ(run_shell("umask 0; $stardose run --input " + vcf + " -o " + folder / "open").exit_code, 0);
    CHECK_EQ(mode_of(folder / "open/calls.tsv"), 0666U);
  }

  TEST_CASE("what was there before is closed, or refused") {
    const TempFolder folder;
    const std::string vcf = samples + "/family.vcf.gz";
    const std::string out = folder / "out";
    fs::create_directory(out);
    fs::permissions(out, fs::perms::all);
    check_refused_saying(run_program({"run", "--input", vcf, "--private", "-o", out}), 5,
                         {out, "is open to others", "chmod 700"});
    CHECK(files_below(out).empty());
    fs::permissions(out, fs::perms::owner_all);
    // What kill -9 has left of a run whose files were open.
    folder.write("out/calls.tsv.partial", "half");
    folder.write("out/resume.journal", "");
    for (const char* name : {"a.vcf.gz.partial", "a.vcf.gz.tbi.partial", "audit.log"}) {
      folder.write(std::string{"out/"} + name, "");
      fs::permissions(out + "/" + name, fs::perms::all);
    }
    for (const char* name : {"/calls.tsv.partial", "/resume.journal"}) fs::permissions(out + name, fs::perms::all);
    setenv("STARDOSE_PRIVATE", "1", 1);
    const ProgramResult run = run_program({"run", "--input", vcf, "--resume", "-o", out});
    const ProgramResult annotated =
        run_program({"annotate", vcf, "-o", out + "/a.vcf.gz", "-W", "--audit-log", out + "/audit.log"});
    unsetenv("STARDOSE_PRIVATE");
    CHECK_MESSAGE(annotated.exit_code == 0, annotated.err);
    CHECK_MESSAGE(run.exit_code == 0, run.err);
    check_private(out);
  }
}

}  // namespace stardose::tests
