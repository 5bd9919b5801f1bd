// People with names that are easily found, in everything that a command may be given.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/builders/covered_sites.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

inline const Words people = {"Quirina-Ostfriesland", "Zebedee.Emsland"};
inline const std::string of_reads = "Xaver-Ammerland";
/// What no output may have a piece of.
inline const Words secrets = {"uirina", "ebedee", "Xaver", "Ostfriesland", "Emsland", "Ammerland"};

inline Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

inline std::string key_in(const TempFolder& folder, const std::string& name = "key") {
  const std::string key = folder / name;
  REQUIRE_EQ(run_program({"pseudonym", "make-key", key}).exit_code, 0);
  return key;
}

inline std::string pseudonym(const std::string& name, const std::string& key) {
  const ProgramResult shown = run_program({"pseudonym", "show", name, "--pseudonymise", key});
  REQUIRE_EQ(shown.exit_code, 0);
  return shown.out.substr(name.size() + 1, shown.out.size() - name.size() - 2);
}

inline std::string write_vcf(const TempFolder& folder) {
  const std::string history = "##bcftools_viewCommand=view -s Quirina-Ostfriesland /home/Zebedee.Emsland/in.vcf\n";
  return folder.write("Quirina-Ostfriesland.vcf", vcf_header(people, history) +
                                                      vcf_record("chr6 18130687 T C", {"0/1", "0/0"}) +
                                                      vcf_record("chr10 94761900 C T", {"0/1", "1/1"}));
}

inline std::string write_bam(const TempFolder& folder) {
  return test::covering(of_reads,
                        {{"chr1", 169549811, std::string(20, 'C')}, {"chr16", 31096368, std::string(20, 'C')}})
      .write_bam(folder / (of_reads + ".bam"));
}

/// What `run` is given beside its input: each table that names samples.
inline Words tables(const TempFolder& folder, bool with_reads) {
  Words all = people;
  if (with_reads) all.push_back(of_reads);
  std::string patients = "sample\tage_years\theight_cm\tweight_kg\trace\n";
  std::string medicines = "sample\tmedication\n";
  std::string truth = "sample\tgene\tdiplotype\n";
  for (const std::string& name : all) {
    patients += name + "\t60\t170\t70\tWhite\n";
    medicines += name + "\tclopidogrel\n";
    truth += name + "\tCYP2C19\t*1/*17\n";
  }
  const std::string outside =
      "sample\tgene\tdiplotype\tphenotype\tactivity_score\nQuirina-Ostfriesland\tCYP2D6\t*1/*4\t\t\n";
  return {"--covariates",
          folder.write("patients.tsv", patients),
          "--medications-file",
          folder.write("medicines.tsv", medicines),
          "--truth",
          folder.write("truth.tsv", truth),
          "--outside-calls",
          folder.write("Quirina-Ostfriesland.calls.tsv", outside),
          "--dose",
          "warfarin"};
}

inline void check_unnamed(const std::string& text) {
  for (const std::string& secret : secrets) {
    CAPTURE(secret);
    CHECK_EQ(text.find(secret), std::string::npos);
  }
}

inline void check_unnamed(const std::string& folder, const ProgramResult& run) {
  check_unnamed(run.out);
  INFO(run.err);
  check_unnamed(run.err);
  const Words files = files_below(folder);
  CHECK_FALSE(files.empty());
  for (const std::string& file : files) {
    CAPTURE(file);
    check_unnamed(file);
    check_unnamed(file_text(folder + "/" + file));
  }
}

}  // namespace stardose::tests
