// Good files cut at every boundary of their blocks and elsewhere, as files and through pipes: refused, and nothing is
// left under a final name.
#include <doctest/doctest.h>
#include <htslib/sam.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/builders/pipe.h"
#include "tests/program/bgzip.h"
#include "tests/program/converted_reads.h"
#include "tests/program/limits.h"
#include "tests/program/refusal.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string family = STARDOSE_SOURCE_DIR "/data-samples/family.vcf.gz";
const std::string reads = STARDOSE_SOURCE_DIR "/data-samples/reads.bam";

/// The ends of all BGZF blocks but the last, each of which is a place where a cut is easily missed.
std::set<std::size_t> block_ends(const std::string& bytes) {
  std::set<std::size_t> ends;
  std::size_t at = 0;
  while (at + 18 <= bytes.size() && bytes.compare(at, 4, "\x1f\x8b\x08\x04") == 0) {
    const auto low = static_cast<unsigned char>(bytes[at + 16]);
    const auto high = static_cast<unsigned char>(bytes[at + 17]);
    at += std::size_t{low} + 256 * std::size_t{high} + 1;
    if (at < bytes.size()) ends.insert(at);
  }
  return ends;
}

/// Those, one byte from either end, and some at random, the same ones each time.
std::vector<std::size_t> cuts_of(const std::string& bytes, int count) {
  std::set<std::size_t> cuts = block_ends(bytes);
  cuts.insert({1, bytes.size() - 1});
  std::mt19937 random{7};
  for (int k = 0; k < count; ++k) cuts.insert(1 + random() % (bytes.size() - 1));
  return {cuts.begin(), cuts.end()};
}

void check_cut(const std::vector<std::string>& command, const TempFolder& folder, const std::string& stdin_file = {}) {
  const ProgramResult run = run_limited(command, stdin_file);
  INFO(command.front(), ": ", run.err);
  CHECK_EQ(run.signal, 0);
  CHECK_EQ(run.exit_code, 3);
  CHECK_EQ(lines_starting(run.err, "error"), 1);
  CHECK_EQ(lines_starting(run.err, "help"), 1);
  for (const std::string& file : files_below(folder / "out")) CHECK_MESSAGE(file.ends_with(".partial"), file);
}

void check_variant_cuts(const std::string& whole, const std::string& ending) {
  const std::string bytes = file_text(whole);
  for (const std::size_t cut : cuts_of(bytes, 10)) {
    CAPTURE(ending);
    CAPTURE(cut);
    if (ending == ".vcf" && bytes[cut - 1] == '\n') continue;  // nothing tells it from a whole file
    const TempFolder folder;
    std::filesystem::create_directories(folder / "out");
    const std::string path = folder.write("cut" + ending, bytes.substr(0, cut));
    check_cut({"run", "--input", path, "-o", folder / "out"}, folder);
    check_cut({"annotate", path, "-o", folder / "out/a.bcf"}, folder);
    check_cut({"features", "--genotypes", "all", "--input", path, "-o", folder / "out"}, folder);
    const test::Pipe pipe{folder / "pipe", bytes.substr(0, cut)};
    check_cut({"run", "--input", "-", "-o", folder / "out"}, folder, folder / "pipe");
  }
}

void check_read_cuts(const std::string& whole, const std::string& index, const std::string& ending) {
  const std::string bytes = file_text(whole);
  for (const std::size_t cut : cuts_of(bytes, 10)) {
    CAPTURE(ending);
    CAPTURE(cut);
    const TempFolder folder;
    std::filesystem::create_directories(folder / "out");
    const std::string path = folder.write("cut" + ending, bytes.substr(0, cut));
    std::filesystem::copy_file(whole + index, path + index);
    check_cut({"run", "--input", path, "-o", folder / "out"}, folder);
    check_cut({"genotype", "--input", path, "-o", folder / "out/a.vcf"}, folder);
  }
}

}  // namespace

TEST_CASE("a cut VCF or BCF is refused, as a file and through a pipe") {
  const TempFolder folder;
  check_variant_cuts(family, ".vcf.gz");
  convert_vcf(family, folder / "a.bcf", "wb");
  check_variant_cuts(folder / "a.bcf", ".bcf");
  convert_vcf(family, folder / "a.vcf", "w");
  check_variant_cuts(folder / "a.vcf", ".vcf");
}

TEST_CASE("a cut BAM or CRAM is refused, whole as its index may be") {
  check_read_cuts(reads, ".csi", ".bam");
  const TempFolder folder;
  convert_reads(reads, folder / "a.cram", "wc,no_ref=1");
  REQUIRE_EQ(sam_index_build((folder / "a.cram").c_str(), 0), 0);
  check_read_cuts(folder / "a.cram", ".crai", ".cram");
}

TEST_CASE("a cut file is refused beside the index of the whole one") {
  const TempFolder folder;
  convert_vcf(family, folder / "a.bcf", "wb");
  REQUIRE_EQ(bcf_index_build((folder / "a.bcf").c_str(), 14), 0);
  const std::string bytes = file_text(folder / "a.bcf");
  for (const std::size_t cut : block_ends(bytes)) {
    CAPTURE(cut);
    const TempFolder other;
    const std::string path = other.write("cut.bcf", bytes.substr(0, cut));
    std::filesystem::copy_file(folder / "a.bcf.csi", path + ".csi");
    check_cut({"run", "--input", path, "-o", other / "out"}, other);
  }
}

}  // namespace stardose::tests
