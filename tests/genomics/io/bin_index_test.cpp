// Indexes of three layouts, whole and damaged.
#include "genomics/io/bin_index.h"

#include <doctest/doctest.h>
#include <htslib/hts.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "genomics/io/hts_handle.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/unpacked.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::AlignmentBuilder;
using stardose::test::read_bytes;
using stardose::test::TempFolder;
using stardose::test::unpacked;
using stardose::test::VcfBuilder;
using stardose::test::write_packed;

namespace {

std::string reads_in(const TempFolder& folder) {
  return AlignmentBuilder{}
      .read("a 0 chr1 101 60 4M", "ACGT")
      .read("b 0 chr1 16383 60 4M", "ACGT")  // in no window, but in the eight of the level above
      .read("c 0 chr22 200000 60 4M", "ACGT")
      .write_bam(folder / "a.bam");
}

/// A record of a file of variants: 0-based, half-open, and the virtual offset that it begins at.
struct Placed {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::uint64_t offset = 0;
};

/// A made-up contig in small blocks; most records are a base long, some thousands, one in twenty a million.
std::vector<Placed> write_variants(const std::string& path, unsigned seed) {
  std::mt19937 random{seed};
  VcfBuilder vcf;
  std::vector<Placed> records;
  std::int64_t position = 0;
  for (int k = 0; k < 600; ++k) {
    position += 1 + static_cast<std::int64_t>(random() % (k % 50 == 0 ? 200'000 : 4'000));
    const auto kind = random() % 20;
    const std::int64_t length = kind == 0  ? 1'000'000
                                : kind < 4 ? 5'000 + static_cast<std::int64_t>(random() % 20'000)
                                           : 1;
    std::string pad;  // HTSlib joins bins that lie close together in the file
    for (int byte = 0; byte < 2'000; ++byte) pad += static_cast<char>('a' + random() % 16);
    vcf.record("chr10 " + std::to_string(position + 1) + " A <DEL>", "0/1",
               "END=" + std::to_string(position + length) + ";PAD=" + pad);
    records.push_back({position, position + length, 0});
  }
  vcf.write_gz(path, true, 5'000);
  const stardose::genomics::HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  stardose::genomics::HtsText line;
  std::size_t next = 0;
  for (std::int64_t at = bgzf_tell(file->fp.bgzf); hts_getline(file.get(), '\n', &line) >= 0;
       at = bgzf_tell(file->fp.bgzf)) {
    if (line.s[0] != '#') records.at(next++).offset = static_cast<std::uint64_t>(at);
  }
  REQUIRE(next == records.size());
  return records;
}

}  // namespace

TEST_CASE("what overlaps a stretch is in the spans that are named for it") {
  const TempFolder folder;
  for (const unsigned seed : {1U, 2U, 3U}) {
    const std::string path = folder / ("a" + std::to_string(seed) + ".vcf.gz");
    const std::vector<Placed> records = write_variants(path, seed);
    std::vector<std::string> indexes{path + ".tbi"};
    for (const int shift : {12, 14}) {
      REQUIRE(tbx_index_build3(path.c_str(), (path + std::to_string(shift)).c_str(), shift, 0, &tbx_conf_vcf) == 0);
      indexes.push_back(path + std::to_string(shift));
    }
    for (const std::string& file : indexes) {
      CAPTURE(file);
      const auto index = BinIndex::read(file);
      REQUIRE(index);
      CHECK(index->names() == std::vector<std::string>{"chr10"});
      CHECK(index->number_of("chr10") == 0);
      CHECK(index->number_of("chr1") == -1);
      std::mt19937 random{seed};
      for (int k = 0; k < 300; ++k) {
        const std::int64_t begin = static_cast<std::int64_t>(random()) % (records.back().begin + 1);
        const std::int64_t end = begin + 1 + static_cast<std::int64_t>(random() % 30'000);
        const std::vector<Span> spans = index->overlapping(0, begin, end);
        const auto holds = [&](const Placed& record) {
          return std::ranges::any_of(
              spans, [&](const Span& span) { return span.begin <= record.offset && record.offset < span.end; });
        };
        for (const Placed& record : records) {
          if (record.begin < end && record.end > begin) REQUIRE(holds(record));
        }
        for (std::size_t i = 1; i < spans.size(); ++i) REQUIRE(spans[i - 1].end < spans[i].begin);
      }
      const std::vector<Span> last = index->overlapping(0, records.back().begin, records.back().begin + 1);
      REQUIRE_FALSE(last.empty());
      CHECK(last.front().begin > records[100].offset);  // nothing that long has ended by then is read again
      CHECK(index->overlapping(1, 0, 1'000).empty());
      CHECK(index->overlapping(-1, 0, 1'000).empty());
      CHECK(index->overlapping(0, std::int64_t{1} << 28, std::int64_t{1} << 29).empty());
    }
  }
}

TEST_CASE("chunks come in the order of the file, with the stretch that their bin stands for") {
  const TempFolder folder;
  const std::string path = reads_in(folder);
  const auto bai = BinIndex::read(path + ".bai");
  REQUIRE(bai);
  CHECK(bai->contigs() == 3);
  CHECK(bai->chunks(1).empty());
  CHECK(bai->chunks(3).empty());
  CHECK(bai->chunks(-1).empty());
  REQUIRE(bai->chunks(0).size() == 1);  // HTSlib puts the little bin to the one above
  CHECK(bai->chunks(0).front().first == 0);
  CHECK(bai->chunks(0).front().last == 1 << 17);
  REQUIRE(bai->chunks(2).size() == 1);
  CHECK(bai->chunks(2).front().first <= 199'999);
  CHECK(bai->chunks(2).front().last > 199'999);
  CHECK(bai->chunks(0).front().end == bai->chunks(2).front().begin);
  CHECK(bai->chunks().size() == 2);
}

TEST_CASE("a CSI says the same as a BAI, and its windows may have another size") {
  const TempFolder folder;
  const std::string path = reads_in(folder);
  const auto bai = BinIndex::read(path + ".bai");
  for (const int shift : {10, 14}) {
    REQUIRE(sam_index_build(path.c_str(), shift) == 0);
    const auto csi = BinIndex::read(path + ".csi");
    REQUIRE(csi);
    CHECK(csi->contigs() == 3);
    CHECK(csi->chunks(2).front().begin == bai->chunks(2).front().begin);
    CHECK(csi->chunks(2).front().first <= 199'999);
    CHECK(csi->chunks(2).front().last > 199'999);
  }
}

TEST_CASE("an index that is cut or names more than it has is none") {
  const TempFolder folder;
  const std::string path = reads_in(folder);
  const std::string whole = read_bytes(path + ".bai");
  constexpr std::size_t last = 8;  // a number that older programs do not write
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(BinIndex::read(folder.file("cut", whole.substr(0, size))).has_value() == (size == whole.size() - last));
  }
  CHECK_FALSE(BinIndex::read(folder.file("longer", whole + "x")));
  std::string many = whole;
  many.replace(4, 4, "\xFF\xFF\xFF\x7F");
  CHECK_FALSE(BinIndex::read(folder.file("many", many)));
  CHECK_FALSE(BinIndex::read(folder / "missing"));
  CHECK_FALSE(BinIndex::read(folder.path()));
}

TEST_CASE("an index of variants has contigs as they come, and none of more levels than a number holds") {
  const TempFolder folder;
  const std::string path =
      VcfBuilder{}.record("chr10 101 A G", "0/1").record("chr22 101 A G", "0/1").write_gz(folder / "a.vcf.gz", true);
  const auto tbi = BinIndex::read(path + ".tbi");
  REQUIRE(tbi);
  CHECK(tbi->contigs() == 2);
  CHECK(tbi->chunks(0).front().end == tbi->chunks(1).front().begin);

  const std::string bcf = VcfBuilder{}.record("chr10 101 A G", "0/1").write_bcf(folder / "a.bcf", true);
  std::string csi = unpacked(bcf + ".csi");
  REQUIRE(BinIndex::read(bcf + ".csi"));
  for (const char levels : {'\x14', '\x7F', '\xFF'}) {
    csi[8] = levels;
    write_packed(folder / "deep.csi", csi);
    CHECK_FALSE(BinIndex::read(folder / "deep.csi"));
  }
}
