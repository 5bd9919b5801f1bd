// --pseudonymise: every byte of every output is searched for the true names.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "tests/program/planted_names.h"
#include "tests/program/refusal.h"
#include "tests/program/shell.h"

namespace stardose::tests {

namespace {

void check_same_files(const std::string& one, const std::string& other, const std::string& but = {}) {
  Words files = files_below(one);
  std::erase(files, but);
  CHECK(files == files_below(other));
  for (const std::string& file : files) {
    CAPTURE(file);
    CHECK(file_text(one + "/" + file) == file_text(other + "/" + file));
  }
}

const Words all_outputs = {"--write", "calls,guidance,coverage,dosing,html,json,fhir,multiqc", "--all-matches",
                           "--ro-crate"};

}  // namespace

TEST_SUITE("program: pseudonyms") {
  TEST_CASE("no output of a run has a byte of a name, and tables are matched by true names") {
    const TempFolder folder;
    const std::string key = key_in(folder);
    const std::string out = folder / "out";
    const Words job =
        Words{"run", "--input", write_vcf(folder), "--input", write_bam(folder)} + tables(folder, true) + all_outputs;
    const ProgramResult run = run_program(job + Words{"--pseudonymise", key, "-o", out});
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    check_unnamed(out, run);
    const std::string quirina = pseudonym("Quirina-Ostfriesland", key);
    CHECK_EQ(quirina.size(), 33);
    CHECK(fs::exists(out + "/report/" + quirina + ".html"));
    CHECK(fs::exists(out + "/report/" + pseudonym(of_reads, key) + ".fhir.json"));
    const std::string calls = file_text(out + "/calls.tsv");
    CHECK(calls.find(quirina + "\tCYP2D6\tcalled\t*1/*4") != std::string::npos);  // by the table of outside calls
    const std::string doses = file_text(out + "/dosing.tsv");
    CHECK(doses.find("no covariates") == std::string::npos);
    CHECK(file_text(out + "/report/index.html").find("Agrees with the truth") !=
          std::string::npos);  // the truth was compared
    // The same run under true names differs in names alone.
    const ProgramResult named = run_program(job + Words{"-o", folder / "named"});
    REQUIRE_EQ(named.exit_code, 0);
    std::string expected = file_text(folder / "named/calls.tsv");
    for (const std::string& name : people + Words{of_reads}) {
      for (std::size_t at = expected.find("\n" + name + "\t"); at != std::string::npos;
           at = expected.find("\n" + name + "\t")) {
        expected.replace(at + 1, name.size(), pseudonym(name, key));
      }
    }
    CHECK(expected == calls);
  }

  TEST_CASE("shards and resumed runs end in the same bytes, and in no name") {
    const TempFolder folder;
    const std::string key = key_in(folder);
    const Words rule = {"--pseudonymise", key};
    const Words job = Words{"run", "--input", write_vcf(folder), "--input", write_bam(folder)} + tables(folder, true) +
                      Words{"--write", "calls,guidance,html,multiqc"} + rule;
    REQUIRE_EQ(run_program(job + Words{"-o", folder / "whole"}).exit_code, 0);
    const ProgramResult resumed = run_program(job + Words{"--resume", "-o", folder / "resumed"});
    check_unnamed(folder / "resumed", resumed);
    const ProgramResult again = run_program(job + Words{"--resume", "-o", folder / "resumed"});
    CHECK_MESSAGE(again.err.find("3 of them had been finished before") != std::string::npos, again.err);
    check_same_files(folder / "resumed", folder / "whole", "resume.journal");
    for (const char* part : {"1/2", "2/2"}) {
      const std::string shard = folder / "shard" + std::string{part[0]};
      const ProgramResult run = run_program(job + Words{"--shard", part, "-o", shard});
      REQUIRE_MESSAGE(run.exit_code == 0, run.err);
      std::string document = file_text(shard + "/shard.json");  // keeps the paths of tables, which merging reads
      const std::string calls = folder / "Quirina-Ostfriesland.calls.tsv";
      for (std::size_t at = document.find(calls); at != std::string::npos; at = document.find(calls)) {
        document.erase(at, calls.size());
      }
      check_unnamed(document);
      fs::rename(shard + "/shard.json", folder / "aside");
      check_unnamed(shard, run);
      fs::rename(folder / "aside", shard + "/shard.json");
    }
    const Words merge = {"merge", folder / "shard1", folder / "shard2", "-o", folder / "merged"};
    check_refused_saying(run_program(merge), 4, {"pseudonyms of another key", "--pseudonymise"});
    check_refused_saying(run_program(merge + Words{"--pseudonymise", key_in(folder, "other")}), 4,
                         {"pseudonyms of another key", "--pseudonymise"});
    const ProgramResult merged = run_program(merge + rule);
    REQUIRE_MESSAGE(merged.exit_code == 0, merged.err);
    check_unnamed(folder / "merged", merged);
    check_same_files(folder / "merged", folder / "whole");
  }

  TEST_CASE("so it is with every command that names samples") {
    const TempFolder folder;
    const std::string key = key_in(folder);
    const std::string vcf = write_vcf(folder);
    const std::string bam = write_bam(folder);
    const Words given = tables(folder, false);
    const std::string patients = given[1];
    const std::string out = folder / "out";
    fs::create_directory(out);
    const auto check = [&](const std::string& what, Words words) {
      CAPTURE(what);
      const ProgramResult run = run_program(words + Words{"--pseudonymise", key});
      REQUIRE_MESSAGE(run.exit_code == 0, run.err);
      check_unnamed(run.out);
      check_unnamed(run.err);
      return run;
    };
    const std::string quirina = pseudonym("Quirina-Ostfriesland", key);
    check("dosages", {"run", "--input", vcf, "--write", "calls,dosages", "-o", out + "/d"});
    check("plink", {"run", "--input", vcf, "--write", "dosages", "--dosage-sites", "all", "-o", out + "/p"});
    CHECK(check("annotate", {"annotate", vcf}).out.find("\tFORMAT\t" + quirina + "\t") != std::string::npos);
    check("annotate to BCF", {"annotate", vcf, "-o", out + "/a.bcf"});
    check("annotate to VCF.gz", {"annotate", vcf, "-o", out + "/a.vcf.gz"});
    CHECK(check("genotype", {"genotype", "--input", bam}).out.find("\t" + pseudonym(of_reads, key) + "\n") !=
          std::string::npos);
    CHECK(check("explain", {"explain", "Quirina-Ostfriesland", "CYP2C19", "--input", vcf}).out.find(quirina) !=
          std::string::npos);
    for (const char* format : {"text", "tsv", "json"}) {
      CHECK(check("dose", {"dose", "warfarin", "--covariates", patients, "--input", vcf, "--format", format})
                .out.find(quirina) != std::string::npos);
    }
    // Calls under pseudonyms, patients under names: a pseudonym stays what it is.
    CHECK(check("dose by calls",
                {"dose", "warfarin", "--covariates", patients, "--calls", out + "/d/calls.tsv", "--format", "tsv"})
              .out.find(quirina) != std::string::npos);
    const std::string pairs = out + "/pairs.tsv";
    check("concordance", {"concordance", "--truth", given[5], "--calls", out + "/d/calls.tsv", "--pairs", pairs});
    check("dry run", {"run", "--input", vcf, "--input", bam, "--dry-run"});
    check("chosen", {"run", "--input", vcf, "--samples", "^Quirina-Ostfriesland", "-o", out + "/s"});
    check("chosen by file",
          {"run", "--input", vcf, "-S", folder.write("names", "Quirina-Ostfriesland\n"), "-o", out + "/S"});
    for (const std::string& file : files_below(out)) {
      CAPTURE(file);
      check_unnamed(file);
      const bool is_packed = file.ends_with("gz") || file.ends_with(".bcf");
      const ProgramResult text = run_shell((is_packed ? "gzip -dc '" : "cat '") + out + "/" + file + "'");
      REQUIRE_EQ(text.exit_code, 0);
      check_unnamed(text.out);
    }
  }

  TEST_CASE("errors and warnings name neither samples nor their files") {
    const TempFolder folder;
    const std::string key = key_in(folder);
    const std::string vcf = write_vcf(folder);
    const auto fails = [&](Words words, int code) {
      const ProgramResult run = run_program(words + Words{"--pseudonymise", key, "-o", folder / "out"});
      CHECK_EQ(run.exit_code, code);
      CHECK_FALSE(run.err.empty());
      INFO(run.err);
      check_unnamed(run.err);
    };
    fails({"run", "--input", folder / "Quirina-Ostfriesland.missing.vcf"}, 3);
    fails({"run", "--input", vcf, "--samples", "Xaver-Ammerland"}, 4);
    fails({"run", "--input",
           folder.write("Zebedee.Emsland.vcf", vcf_header({"Quirina-Ostfriesland", "Quirina-Ostfriesland"}))},
          3);
    fails({"run", "--input", folder.write("cut-Ammerland.vcf", vcf_header(people) + "chr6\t18130687\n")}, 3);
    fails({"run", "--input", folder.write("Xaver-Ammerland.bam", "no BAM")}, 3);
    const std::string twice =
        folder.write("twice.tsv", "sample\tage_years\nQuirina-Ostfriesland\t50\nQuirina-Ostfriesland\t51\n");
    fails({"run", "--input", vcf, "--covariates", twice, "--dose", "warfarin"}, 3);
    const std::string others = folder.write("others.tsv", "sample\tage_years\nXaver-Ammerland\t50\n");
    fails({"run", "--input", vcf, "--covariates", others, "--dose", "warfarin"}, 4);
    const std::string medicines = folder.write("medicines.tsv", "sample\tmedication\nXaver-Ammerland\taspirin\n");
    fails({"run", "--input", vcf, "--medications-file", medicines}, 4);
    // One of two alignments fails: it is named in run.json and last on the screen.
    const std::string bam = write_bam(folder);
    const std::string cut = folder / "Zebedee.Emsland.bam";
    fs::copy_file(bam, cut);
    fs::resize_file(cut, fs::file_size(cut) / 2);
    const ProgramResult run =
        run_program({"run", "--input", bam, "--input", cut, "--pseudonymise", key, "-o", folder / "partly"});
    CHECK_EQ(run.exit_code, 8);
    check_unnamed(folder / "partly", run);
    const ProgramResult shown = run_program({"pseudonym", "show", "--paths", cut, "--pseudonymise", key});
    const std::string path = shown.out.substr(shown.out.find('\t') + 1);
    CHECK(run.err.find(path.substr(0, path.size() - 1)) != std::string::npos);  // so that it can be found
  }

  TEST_CASE("a key is a secret: what is none is refused") {
    const TempFolder folder;
    const std::string vcf = write_vcf(folder);
    const auto refused = [&](const std::string& key, const std::string& why) {
      check_refused_saying(run_program({"run", "--input", vcf, "--pseudonymise", key, "-o", folder / "out"}), 2, {why});
      CHECK_FALSE(fs::exists(folder / "out"));
    };
    const std::string key = key_in(folder);
    struct stat status {};
    REQUIRE_EQ(stat(key.c_str(), &status), 0);
    CHECK_EQ(status.st_mode & 0777U, 0600U);
    CHECK_EQ(run_program({"pseudonym", "make-key", key}).exit_code, 5);  // never over one that is there
    refused(folder / "none", "cannot be opened");
    refused(folder.path(), "no file");
    const auto key_of = [&](const std::string& name, const std::string& bytes) {
      const std::string file = folder.write(name, bytes);
      fs::permissions(file, fs::perms::owner_read);
      return file;
    };
    refused(key_of("short", file_text(key).substr(0, 31)), "fewer than 32 bytes");
    refused(key_of("long", std::string(4097, 'x') + file_text(key)), "more than 4096 bytes");
    refused(key_of("zeros", std::string(64, '\0')), "not random");
    CHECK_EQ(
        run_program({"pseudonym", "show", "a", "--pseudonymise", key_of("32", file_text(key).substr(0, 32))}).exit_code,
        0);
    fs::permissions(key, fs::perms::owner_read | fs::perms::group_read);
    refused(key, "others than its owner");
    CHECK_EQ(run_program({"pseudonym", "show", "a"}).exit_code, 2);
  }

  TEST_CASE("pseudonyms are of the key, and a site may set one for all") {
    const TempFolder folder;
    const std::string key = key_in(folder);
    const std::string name = pseudonym("Quirina-Ostfriesland", key);
    CHECK_NE(name, pseudonym("Quirina-Ostfriesland", key_in(folder, "other")));
    CHECK_NE(name, pseudonym("Quirina-471", key));
    CHECK_EQ(name, pseudonym(name, key));
    setenv("STARDOSE_PSEUDONYMISE", key.c_str(), 1);
    const ProgramResult run = run_program({"run", "--input", write_vcf(folder), "-o", folder / "out"});
    unsetenv("STARDOSE_PSEUDONYMISE");
    REQUIRE_EQ(run.exit_code, 0);
    check_unnamed(folder / "out", run);
  }
}

}  // namespace stardose::tests
