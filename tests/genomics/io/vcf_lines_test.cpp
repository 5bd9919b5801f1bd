// Lines over several blocks, and those that are too long to be meant.
#include "genomics/io/vcf_lines.h"

#include <doctest/doctest.h>

#include <string>

#include "genomics/io/variant_header.h"
#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/unpacked.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::unpacked_bcf;
using stardose::test::VcfBuilder;
using stardose::test::write_packed;

namespace {

const std::string header =
    "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n"
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\">\n";
const std::string columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n";

InputError refused(const std::string& path) {
  const SiteIndex sites{{site("chr1", 101, "A", {"G"})}};
  return input_error_of([&] { (void)stardose::test::read(sites, path); });
}

}  // namespace

TEST_CASE("a line over several blocks is put together up to a length") {
  const TempFolder folder;
  const std::size_t length = 200'000;
  const std::string path = folder.file("a.txt", std::string(length, 'x') + "\nshort\n");
  for (const std::size_t longest : {length, length - 1}) {
    const HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
    REQUIRE(file);
    Blocks blocks{path, *file};
    VcfLines lines{blocks, longest};
    std::string_view line;
    REQUIRE(lines.next(line));
    CHECK_EQ(lines.is_long(), longest < length);
    if (lines.is_long()) continue;
    CHECK_EQ(line.size(), length);
    REQUIRE(lines.next(line));
    CHECK_EQ(line, "short");
    CHECK_FALSE(lines.is_long());
  }
}

TEST_CASE("a line of a VCF that is too long to be meant is refused by its place") {
  const TempFolder folder;
  const std::string reason = "the line has more than 16781312 bytes";
  const std::string filling(longest_line(1), 'A');
  const InputError placed =
      refused(folder.file("a.vcf", header + columns + "chr1\t101\t.\tA\tG\t.\t.\tX=" + filling + "\tGT\t0/1\n"));
  CHECK_EQ(placed.parts().why, reason);
  CHECK_EQ(placed.parts().place, "chr1:101");
  const InputError numbered =
      refused(folder.file("b.vcf", header + columns + "chr1\t101\t.\tA\tG\t.\t.\t.\tGT\t0/1\n" + filling + "A\n"));
  CHECK_EQ(numbered.parts().why, reason);
  CHECK_EQ(numbered.parts().place, "record 2");
}

TEST_CASE("a header that is too long to be meant is refused, in one line or in many") {
  const TempFolder folder;
  const std::string reason = "the header has more than 33554432 bytes";
  const std::string long_line = "##x=" + std::string(std::size_t{20} << 20, 'x') + "\n";
  const std::string row = "chr1\t101\t.\tA\tG\t.\t.\t.\tGT\t0/1\n";
  for (const std::string& lines : {"##x=" + std::string(std::size_t{33} << 20, 'x') + "\n", long_line + long_line}) {
    const InputError error = refused(folder.file("a.vcf", header + lines + columns + row));
    CHECK_EQ(error.parts().why, reason);
    CHECK_EQ(error.parts().place, "header");
  }
}

TEST_CASE("a header of a BCF that says it is too long to be meant is refused before there is memory for it") {
  const TempFolder folder;
  std::string bytes = unpacked_bcf(VcfBuilder{}.record("chr1 101 A G", "0/1"));
  constexpr std::size_t length_at = 5;
  bytes.replace(length_at, 4, std::string{"\1\0\0\2", 4});  // 32 MiB and a byte
  write_packed(folder / "a.bcf", bytes);
  CHECK_EQ(refused(folder / "a.bcf").parts().why, "the header has more than 33554432 bytes");
  write_packed(folder / "b.bcf", bytes.substr(0, length_at + 3));
  CHECK_EQ(refused(folder / "b.bcf").parts().why, "the header cannot be read");
}

TEST_CASE("a record of a BCF that says it is too long to be meant is refused, wherever its lengths lie") {
  const TempFolder folder;
  const VcfBuilder vcf;
  const std::size_t head = unpacked_bcf(vcf).size();
  const std::string bytes = unpacked_bcf(VcfBuilder{vcf}.record("chr1 101 A G", "0/1"));
  for (const std::size_t at : {head, head + 4}) {
    for (const std::size_t block : {bytes.size(), head, head + 1, head + 5}) {
      std::string longer = bytes;
      longer.replace(at, 4, "\xFF\xFF\xFF\x0F");
      write_packed(folder / "a.bcf", longer, block);
      const InputError error = refused(folder / "a.bcf");
      CHECK_EQ(error.parts().why, "the record says that it has more than 33562624 bytes");
      CHECK_EQ(error.parts().place, "record 1");
    }
  }
}
