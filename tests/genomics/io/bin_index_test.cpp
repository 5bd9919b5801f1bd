// Indexes of three layouts, whole and damaged.
#include "genomics/io/bin_index.h"

#include <doctest/doctest.h>

#include <string>

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

}  // namespace

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
