// Files read by many readers: the answer, and the error, of one.
#include "tests/builders/shards.h"

#include <doctest/doctest.h>
#include <htslib/bgzf.h>

#include <optional>
#include <random>
#include <string>

#include "genomics/input_error.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::read_bytes;
using stardose::test::read_in_shards;
using stardose::test::read_with;
using stardose::test::ReadingOrder;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::told;
using stardose::test::VcfBuilder;

namespace {

const SiteIndex& sites() {
  static const SiteIndex index{[] {
    std::vector<Site> all;
    for (const std::string contig : {"chr1", "chr2", "chrX"}) {
      for (int k = 1; k <= 20; ++k) all.push_back(site(contig, 1000 * k + 1, "A", {"G", "AT"}));
    }
    all.push_back(site("chr2", 777, "A", {"C"}));
    all.back().loose = true;
    return all;
  }()};
  return index;
}

/// Some hundred records on three contigs, with deletions and blocks that reach over several sites.
VcfBuilder random_file(unsigned seed, int step = 100, int pad = 1) {
  std::mt19937 random{seed};
  VcfBuilder vcf;
  vcf.samples({"A", "B", "C"});
  for (const std::string contig : {"chr1", "chr2", "chrX"}) {
    for (int position = 1; position < 22'000;
         position += 1 + static_cast<int>(random() % static_cast<unsigned>(step))) {
      if (random() % 3 == 0) position = (position / 1000 + 1) * 1000 + 1;
      const std::string place = contig + " " + std::to_string(position);
      std::string genotypes;
      for (int k = 0; k < 3; ++k) {
        genotypes +=
            std::to_string(random() % 2) + (random() % 2 == 0 ? "|" : "/") + std::to_string(random() % 2) + " ";
      }
      const auto kind = random() % 10;
      if (kind == 0) {
        vcf.record(place + " A <NON_REF>", "0/0 0/0 0/0", "END=" + std::to_string(position + 2500));
      } else if (kind == 1) {
        vcf.record(place + " " + std::string(30, 'A') + " A", genotypes);
      } else {
        std::string padding;
        for (int k = 0; k < pad; ++k) padding += std::to_string(random());
        vcf.record(place + " A G", genotypes, "PAD=" + padding);
      }
    }
  }
  return vcf;
}

/// What reading comes to: the cohort in words, or the error.
template <class Read>
std::string outcome(const Read& read) {
  try {
    return read();
  } catch (const InputError& error) {
    return std::string{"error: "} + error.what();
  }
}

std::string by_one(const VariantInputOptions& options) {
  return outcome([&] { return told(read_with(sites(), options, true), sites()); });
}

/// Checks that any number of shards in any order gives what one reader gives; returns the largest number of them.
std::size_t check_shards(const VariantInputOptions& options) {
  const std::string expected = by_one(options);
  std::size_t most = 0;
  for (const std::size_t shards : {2U, 3U, 7U, 40U}) {
    for (const auto order : {ReadingOrder::forwards, ReadingOrder::backwards, ReadingOrder::at_once}) {
      INFO(options.files.front(), " in ", shards, " shards");
      const std::string got = outcome([&] {
        const auto read = read_in_shards(sites(), options, shards, order);
        most = std::max(most, read.shards);
        return told(read.cohort, sites());
      });
      REQUIRE(got == expected);
    }
  }
  return most;
}

}  // namespace

TEST_CASE("a file in many shards, read in any order, is the file read by one") {
  const TempFolder folder;
  std::size_t most = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const VcfBuilder vcf = random_file(seed);
    for (const bool index : {false, true}) {
      const std::string gz = vcf.write_gz(folder / "a.vcf.gz", index, 200 + 300 * seed);
      const std::string bcf = vcf.write_bcf(folder / "a.bcf", index);
      for (const std::string& path : {gz, bcf, vcf.write_plain(folder / "a.vcf")}) {
        most = std::max(most, check_shards({.files = {path}}));
        most = std::max(most, check_shards({.files = {path}, .samples = {"^B"}, .use_index = false}));
      }
    }
    std::filesystem::remove(folder / "a.vcf.gz.tbi");
    std::filesystem::remove(folder / "a.bcf.csi");
  }
  CHECK(most >= 20);
}

TEST_CASE("a large packed file is cut between records") {
  const TempFolder folder;
  const std::string path = random_file(5, 10, 500).write_bcf(folder / "a.bcf", false);
  REQUIRE(std::filesystem::file_size(path) > 30'000);
  CHECK(check_shards({.files = {path}}) >= 3);
}

TEST_CASE("several files in shards are one cohort") {
  const TempFolder folder;
  VcfBuilder first;
  VcfBuilder second;
  for (int k = 1; k <= 200; ++k) {
    first.record("chr1 " + std::to_string(100 * k + 1) + " A G", k % 3 == 0 ? "0/1" : "1|1");
    second.record("chr2 " + std::to_string(100 * k + 1) + " A G", k % 3 == 0 ? "0/1" : "1|1");
  }
  const std::string a = first.write_gz(folder / "a.vcf.gz", true, 300);
  const std::string b = second.write_gz(folder / "b.vcf.gz", false, 300);
  CHECK(check_shards({.files = {a, b}}) >= 20);
  CHECK(check_shards({.files = {b, a}}) >= 20);
}

TEST_CASE("the first error in the file is the error, with its place") {
  const TempFolder folder;
  const auto filler = [](VcfBuilder& vcf, const std::string& contig, int from, int to) {
    for (int position = from; position < to; position += 50) {
      vcf.record(contig + " " + std::to_string(position) + " A G", "0/1", "PAD=" + std::to_string(position * 7919));
    }
  };
  const auto check = [&](const VcfBuilder& vcf, const std::string& why) {
    for (const std::size_t block : {150U, 700U}) {
      const std::string path = vcf.write_gz(folder / "a.vcf.gz", false, block);
      INFO(why, "\n", by_one({.files = {path}}));
      CHECK(by_one({.files = {path}}).find(why) != std::string::npos);
      check_shards({.files = {path}});
    }
  };
  for (const int at : {2001, 6001, 11'001, 19'951}) {
    VcfBuilder unsorted;
    filler(unsorted, "chr1", 1, at);
    unsorted.record("chr1 " + std::to_string(at - 900) + " A G", "0/1");
    filler(unsorted, "chr1", at, 20'000);
    check(unsorted, "the file is not sorted");
    VcfBuilder broken;
    filler(broken, "chr1", 1, at);
    broken.raw("chr1\tnowhere\t.\tA\tG\t.\tPASS\t.\tGT\t0/1");
    filler(broken, "chr1", at, 20'000);
    filler(broken, "chr1", 1, 100);
    check(broken, "record " + std::to_string((at - 1) / 50 + 1) + ": not a variant record");
    VcfBuilder malformed;
    filler(malformed, "chr1", 1, at);
    malformed.raw("chr1\t" + std::to_string(at) + "\t.\tA\tG\t.\tPASS\t.\tGT\t0/9\t0/1");
    filler(malformed, "chr1", at, 20'000);
    check(malformed, "names an allele that the record lacks");
  }
  VcfBuilder back;
  filler(back, "chr1", 1, 7000);
  filler(back, "chr2", 1, 7000);
  filler(back, "chrX", 1, 7000);
  filler(back, "chr1", 8000, 20'000);
  check(back, "chr1: contig comes back after another one");
  VcfBuilder late;  // a loose site's record may come late, one beside it may not
  filler(late, "chr2", 1000, 9000);
  late.record("chr2 777 A C", "0/1");
  filler(late, "chr2", 9000, 20'000);
  check(late, "0/1");
  late.record("chr2 777 A C", "0/1").record("chr2 778 A C", "0/1");
  check(late, "the file is not sorted");
}

TEST_CASE("a file that is cut or damaged is refused in shards too") {
  const TempFolder folder;
  const std::string path = random_file(3).write_gz(folder / "a.vcf.gz", false, 500);
  const std::string bytes = read_bytes(path);
  for (std::size_t at = bytes.size() / 5; at < bytes.size() - 40; at += bytes.size() / 23) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    check_shards({.files = {folder.file("damaged.vcf.gz", damaged)}});
    // with an end-of-file block, so that only the reading can tell
    check_shards({.files = {folder.file("cut.vcf.gz", bytes.substr(0, at) + bytes.substr(bytes.size() - 28))}});
  }
}

namespace {

/// Blocks of another file, one after the other, that have no byte which ends a line: records of chr1 from 6,001 to
/// 14,001, some of them at sites.
std::string blocks_without_line_ends(const TempFolder& folder) {
  std::string blocks;
  for (int k = 0; k < 400; ++k) {
    VcfBuilder vcf;
    for (const int position : {6001 + 20 * k, 6002 + 20 * k, 6003 + 20 * k}) {
      vcf.record("chr1 " + std::to_string(position) + " A G", "1/1", "PAD=" + std::to_string(position * 104'729));
    }
    const std::string text = vcf.text().substr(VcfBuilder{}.text().size() - 1);
    const std::string path = folder / "block";
    BGZF* file = bgzf_open(path.c_str(), "w");
    REQUIRE(file != nullptr);
    REQUIRE(bgzf_write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    REQUIRE(bgzf_close(file) == 0);
    const std::string block = read_bytes(path).substr(0, read_bytes(path).size() - stardose::test::eof_block);
    if (block.find_first_of("\n\r") == std::string::npos) blocks += block;
  }
  return blocks;
}

}  // namespace

TEST_CASE("bytes of a record that look like blocks do not lead astray") {
  const TempFolder folder;
  const std::string blocks = blocks_without_line_ends(folder);
  REQUIRE(blocks.size() > 10'000);
  VcfBuilder vcf;
  for (int k = 1; k < 50; ++k) vcf.record("chr1 " + std::to_string(100 * k + 1) + " A G", "0/1");
  vcf.raw("#" + blocks);
  const std::string text = vcf.text();
  const std::string path = folder / "a.vcf.gz";
  BGZF* file = bgzf_open(path.c_str(), "w0");  // blocks that hold their bytes as they are
  REQUIRE(file != nullptr);
  for (std::size_t at = 0; at < text.size(); at += 50'000) {
    const std::string piece = text.substr(at, 50'000);
    REQUIRE(bgzf_write(file, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size()));
    REQUIRE(bgzf_flush(file) == 0);
  }
  REQUIRE(bgzf_close(file) == 0);
  REQUIRE(by_one({.files = {path}}).find("error") == std::string::npos);
  CHECK(check_shards({.files = {path}}) >= 3);
}
