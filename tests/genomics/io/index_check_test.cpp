// Indexes of other files, of files as they were, and with parts missing.
#include "genomics/io/index_check.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "genomics/io/little_endian.h"
#include "genomics/reads/alignment_file.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/alignment_refusal.h"
#include "tests/builders/cohort.h"
#include "tests/builders/islands.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/unpacked.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
namespace islands = stardose::test::islands;
using stardose::test::alignment_refusal;
using stardose::test::AlignmentBuilder;
using stardose::test::read_bytes;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::unpacked;
using stardose::test::VcfBuilder;
using stardose::test::write_packed;

namespace {

constexpr std::size_t records = 3000;  // on each contig: several blocks

VcfBuilder variants(std::size_t on_last = records) {
  VcfBuilder vcf = VcfBuilder{}.no_contigs();
  vcf.contig("chr1", 248'956'422).contig("chr2", 242'193'529).contig("chr3", 198'295'559);
  for (const std::string contig : {"chr1", "chr2", "chr3"}) {
    const std::size_t count = contig == "chr3" ? on_last : records;
    for (std::size_t k = 0; k < count; ++k) {
      vcf.record(contig + " " + std::to_string(101 + 7919 * k) + " A G", k % 2 == 0 ? "0/1" : "1/1");
    }
  }
  return vcf;
}

const SiteIndex& sites() {
  static const SiteIndex index{
      {site("chr1", 101, "A", {"G"}), site("chr2", 101, "A", {"G"}), site("chr3", 101, "A", {"G"})}};
  return index;
}

AlignmentBuilder reads(std::size_t on_last = records, bool unplaced = false) {
  AlignmentBuilder file;
  file.no_contigs().contig("chr1", 248'956'422).contig("chr2", 242'193'529).contig("chr3", 198'295'559);
  for (const std::string contig : {"chr1", "chr2", "chr3"}) {
    const std::size_t count = contig == "chr3" ? on_last : records;
    for (std::size_t k = 0; k < count; ++k) {
      file.read("r" + std::to_string(k) + " 0 " + contig + " " + std::to_string(101 + 7 * k) + " 60 4M", "ACGT");
    }
  }
  if (unplaced) file.read("u 4 * 0 0 *", "ACGT");
  return file;
}

std::uint32_t u32_at(const std::string& text, std::size_t at) {
  return little_u32(reinterpret_cast<const std::uint8_t*>(text.data()) + at);
}

/// An index of the BAI's layout, from its first contig on, without what it says of one contig.
std::string without_contig(const std::string& index, std::size_t at, std::uint32_t contig) {
  std::string text = index.substr(0, at);
  const std::uint32_t contigs = u32_at(index, at - 4);
  for (std::uint32_t k = 0; k < contigs; ++k) {
    const std::size_t begin = at;
    const std::uint32_t bins = u32_at(index, at);
    at += 4;
    for (std::uint32_t bin = 0; bin < bins; ++bin) at += 8 + 16 * std::size_t{u32_at(index, at + 4)};
    at += 4 + 8 * std::size_t{u32_at(index, at)};
    text += k == contig ? std::string(8, '\0') : index.substr(begin, at - begin);
  }
  return text + index.substr(at);
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

/// A tabix index begins with 36 bytes and the contigs' names; the number of contigs is among them, not before its bins.
std::string tabix_without(const std::string& index, std::uint32_t contig) {
  constexpr std::size_t fixed = 36;
  const std::size_t names = u32_at(index, 32);
  const std::string contigs = index.substr(4, 4);
  const std::string front = index.substr(0, fixed + names);
  const std::string rest = without_contig(contigs + index.substr(fixed + names), 4, contig);
  return front + rest.substr(4);
}

void replace_index(const std::string& of, const std::string& by, const std::string& ending) {
  std::filesystem::copy_file(by + ending, of + ending, std::filesystem::copy_options::overwrite_existing);
}

void check_not_used(const std::string& path, const std::string& why) {
  const Cohort cohort = stardose::test::read(sites(), path);
  CHECK_FALSE(cohort.inputs.front().counts.used_index);
  REQUIRE(cohort.warnings.size() == 1);
  CHECK(cohort.warnings.front().find(why) != std::string::npos);
  CHECK(cohort.inputs.front().counts.matched == 3);
}

}  // namespace

TEST_CASE("the index of a file is its own, in each format and however large the blocks") {
  const TempFolder folder;
  for (const std::size_t block : {std::size_t{500}, std::size_t{60'000}}) {
    const std::string path = variants().write_gz(folder / "a.vcf.gz", true, block);
    const Cohort cohort = stardose::test::read(sites(), path);
    CHECK(cohort.warnings.empty());
    CHECK(cohort.inputs.front().counts.used_index);
  }
  const Cohort cohort = stardose::test::read(sites(), variants().write_bcf(folder / "a.bcf", true));
  CHECK(cohort.warnings.empty());
  CHECK(cohort.inputs.front().counts.used_index);
  for (const bool unplaced : {false, true})
    CHECK(alignment_refusal(reads(records, unplaced).write_bam(folder / "a.bam")) == "");
  CHECK(alignment_refusal(reads(0).write_bam(folder / "none.bam")) == "");
}

TEST_CASE("an index of the file before records were added is not used, of reads refused") {
  const TempFolder folder;
  const std::string whole = variants().write_gz(folder / "whole.vcf.gz", true);
  replace_index(whole, variants(10).write_gz(folder / "short.vcf.gz", true), ".tbi");
  check_not_used(whole, "is not this file's");

  const std::string bcf = variants().write_bcf(folder / "whole.bcf", true);
  replace_index(bcf, variants(10).write_bcf(folder / "short.bcf", true), ".csi");
  check_not_used(bcf, "is not this file's");

  const std::string bam = reads().write_bam(folder / "whole.bam");
  replace_index(bam, reads(10).write_bam(folder / "short.bam"), ".bai");
  CHECK(alignment_refusal(bam).find("the index is not this file's") != std::string::npos);
}

TEST_CASE("an index that has lost a contig is not used, of reads refused: its reads would look like a deletion") {
  const TempFolder folder;
  for (const std::uint32_t contig : {0U, 1U, 2U}) {
    CAPTURE(contig);
    const std::string path = variants().write_gz(folder / "a.vcf.gz", true);
    write_packed(path + ".tbi", tabix_without(unpacked(path + ".tbi"), contig));
    check_not_used(path, "is not this file's");

    const std::string bam = reads().write_bam(folder / "a.bam");
    write_bytes(bam + ".bai", without_contig(read_bytes(bam + ".bai"), 8, contig));
    CHECK(alignment_refusal(bam).find("the index is not this file's") != std::string::npos);
  }
}

TEST_CASE("a bit that has changed in an index of reads changes nothing that is read, or the index is refused") {
  const TempFolder folder;
  const std::string path = islands::reads().write_bam(folder / "a.bam");
  const std::string whole = read_bytes(path + ".bai");
  const ReadPlan plan = islands::plan();
  const std::vector<RegionDepth> depths = AlignmentFile{path, {}}.read(plan).regions;
  REQUIRE(depths.size() == 9);
  for (const RegionDepth& depth : depths) REQUIRE(depth.bases == islands::bases);
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < 8 * whole.size(); bit += 11) {  // 11: each place in a number comes up somewhere
    CAPTURE(bit);
    std::string changed = whole;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    write_bytes(path + ".bai", changed);
    try {
      const auto read = AlignmentFile{path, {}}.read(plan).regions;
      REQUIRE(read == depths);
    } catch (const InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 100);
}

TEST_CASE("a bit that has changed in an index of variants loses no record: the index is refused, not used or as good") {
  const TempFolder folder;
  const SiteIndex wanted = islands::sites();
  const std::string path = islands::variants().write_gz(folder / "a.vcf.gz", true, 1000);
  const std::string whole = unpacked(path + ".tbi");
  const auto matched = [&] { return stardose::test::read(wanted, path).inputs.front().counts.matched; };
  REQUIRE(matched() == wanted.size());
  std::size_t read = 0;
  for (std::size_t bit = 0; bit < 8 * whole.size(); bit += 19) {
    CAPTURE(bit);
    std::string changed = whole;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    write_packed(path + ".tbi", changed);
    std::size_t found = 0;
    try {
      found = matched();
    } catch (const InputError&) {
      continue;
    }
    REQUIRE(found == wanted.size());
    ++read;
  }
  CHECK(read > 100);
}
