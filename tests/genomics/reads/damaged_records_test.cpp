// Records of a BAM file that contradict its header or their own lengths, which fuzzing has found to be taken for the
// end.
#include <doctest/doctest.h>

#include "genomics/input_error.h"
#include "genomics/reads/alignment_file.h"
#include "tests/builders/packed_reads.h"

using namespace stardose;

namespace {

std::string records() {
  test::AlignmentBuilder reads;
  for (int k = 0; k < 4; ++k)
    reads.read("r" + std::to_string(k) + " 0 chr1 " + std::to_string(101 + k) + " 60 8M", "ACGTACGT");
  return test::unpacked_bam(reads).substr(test::unpacked_bam({}).size());
}

/// What reading the records comes to, in blocks of so many bytes: usable reads at a site, or `refused`.
std::string outcome(const std::string& bytes, std::size_t block) {
  const test::TempFolder folder;
  const std::string path = folder / "a.bam";
  test::write_packed_reads(path, test::unpacked_bam({}), bytes, block);
  try {
    const genomics::AlignmentFile file{path, {.files = {path}}};
    return std::to_string(file.read({{{"chr1", 104, {"A", "C"}}}, {}}).sites.at(0).usable);
  } catch (const genomics::InputError& error) {
    CHECK_FALSE(error.parts().help.empty());
    return "refused";
  }
}

}  // namespace

TEST_SUITE("damaged records") {
  TEST_CASE("whole records are read alike in one block and across many") {
    for (const std::size_t block : {60'000U, 70U, 41U}) CHECK_EQ(outcome(records(), block), "4");
  }

  TEST_CASE("a name ends at its first zero") {
    std::string bytes = records();
    const std::size_t size = bytes.size() / 4;
    for (const std::size_t record : {1U, 2U})
      bytes.replace(record * size + 36, 3, {'a', '\0', record == 1 ? 'x' : 'y'});
    for (const std::size_t block : {60'000U, 41U}) CHECK_EQ(outcome(bytes, block), "3");  // two are mates
  }

  TEST_CASE("a contig that the header has not is damage, not the end of the contig's reads") {
    for (const std::string& contig :
         {std::string("\x00\x00\x8a\x00", 4), std::string("\x03\x00\x00\x00", 4), std::string("\xfe\xff\xff\xff", 4)}) {
      std::string bytes = records();
      const std::size_t second = bytes.size() / 4;  // they are of one size
      bytes.replace(second + 4, 4, contig);
      for (const std::size_t block : {60'000U, 41U}) CHECK_EQ(outcome(bytes, block), "refused");
    }
  }

  TEST_CASE("a record whose CIGAR does not fit its bases is damage, of whatever contig it says to be") {
    for (const char contig : {'\0', '\1'}) {
      std::string bytes = records();
      const std::size_t second = bytes.size() / 4;
      bytes[second + 4] = contig;
      bytes[second + 36 + 3] = '\x70';  // seven bases matched, of eight
      for (const std::size_t block : {60'000U, 41U}) CHECK_EQ(outcome(bytes, block), "refused");
    }
  }

  TEST_CASE("the CIGAR of a read that is clipped as a whole is looked for in its tags, which may be damaged") {
    const auto clipped_with = [](const std::string& tags) {
      std::string bytes = records();
      const std::size_t size = bytes.size() / 4;
      bytes[size] = static_cast<char>(size - 4 + tags.size());
      bytes[size + 36 + 3] = '\x84';  // eight bases clipped
      return bytes.insert(2 * size, tags);
    };
    const std::string matched = "CGBI" + std::string("\1\0\0\0\x80\0\0\0", 8);
    for (const std::size_t block : {60'000U, 41U}) {
      CHECK_EQ(outcome(clipped_with(""), block), "3");
      CHECK_EQ(outcome(clipped_with(matched), block), "4");
      CHECK_EQ(outcome(clipped_with(std::string("\x60\0\0\xff\xff", 5)), block), "refused");
    }
  }
}
