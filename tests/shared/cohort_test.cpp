// The 1000 Genomes cohort: the answer of a sample depends on nothing but the sample.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/program/bgzip.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

const std::string genomes = "data/1kgp3202_pgx_grch38.bcf";

std::string tables(const std::string& input, const std::string& output, const std::vector<std::string>& more) {
  std::vector<std::string> args{"run", "--input", input, "--write", "calls,guidance", "--output", output};
  args.insert(args.end(), more.begin(), more.end());
  const ProgramResult run = run_program(args);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  return file_text(output + "/calls.tsv") + file_text(output + "/guidance.tsv");
}

/// Twenty names from all over the cohort.
std::vector<std::string> twenty(const std::string& path) {
  htsFile* file = hts_open(path.c_str(), "r");
  bcf_hdr_t* header = bcf_hdr_read(file);
  std::vector<std::string> names;
  for (int i = 0; i < 20; ++i) names.emplace_back(header->samples[i * 160]);
  bcf_hdr_destroy(header);
  hts_close(file);
  return names;
}

/// The lines of the named samples, the headers too.
std::string lines_of_samples(const std::string& text, const std::vector<std::string>& names) {
  std::string kept;
  for (const std::string& line : split_text(text, "\n")) {
    const std::string sample = line.substr(0, line.find('\t'));
    if (sample == "sample" || std::ranges::find(names, sample) != names.end()) kept += line + "\n";
  }
  return kept;
}

}  // namespace

TEST_SUITE("shared: cohort") {
  TEST_CASE("threads, choosing samples and being alone change no byte") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    const std::string path = shared_path(genomes);
    const std::vector<std::string> names = twenty(path);
    const std::string chosen = tables(path, folder / "chosen", {"--samples", join_text(names, ",")});
    CHECK_GT(chosen.size(), 20 * 23 * 20);
    for (const char* threads : {"2", "4"}) {
      CHECK(tables(path, folder / threads, {"--samples", join_text(names, ","), "--threads", threads}) == chosen);
    }
    const std::string whole = tables(path, folder / "whole", {"--threads", "2"});
    CHECK(lines_of_samples(whole, names) == chosen);
    for (const std::string& name : {names.front(), names[7], names.back()}) {
      CHECK(tables(path, folder / name, {"--samples", name}) == lines_of_samples(chosen, {name}));
    }
    CHECK(tables(path, folder / "streamed", {"--samples", join_text(names, ","), "--no-index"}) == chosen);
  }

  TEST_CASE("VCF, VCF.gz and BCF of the same records give the same bytes") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    const std::string text = shared_path("cases/bad-inputs/derived/ok_cyp2c19_100.vcf.gz");
    convert_vcf(text, folder / "in.bcf", "wb");
    convert_vcf(text, folder / "in.vcf", "w");
    const std::string expected = tables(text, folder / "gz", {});
    CHECK(expected.find("\tCYP2C19\tcalled\t*2/*17\t") != std::string::npos);
    CHECK(tables(folder / "in.bcf", folder / "bcf", {}) == expected);
    CHECK(tables(folder / "in.vcf", folder / "text", {}) == expected);
  }
}

}  // namespace stardose::tests
