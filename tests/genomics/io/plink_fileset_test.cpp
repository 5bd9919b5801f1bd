// PLINK filesets and texts that are read line by line.
#include "genomics/io/plink_fileset.h"

#include <doctest/doctest.h>
#include <htslib/bgzf.h>

#include <filesystem>
#include <fstream>

#include "genomics/input_error.h"
#include "genomics/io/text_lines.h"
#include "genomics/matrix/matrix_rows.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::genomics;
using stardose::test::TempFolder;

namespace {

std::string write(const std::string& path, const std::string& text) {
  std::ofstream{path, std::ios::binary} << text;
  return path;
}

std::string write_gzip(const std::string& path, const std::string& text) {
  BGZF* const file = bgzf_open(path.c_str(), "wg");  // gzip without blocks
  REQUIRE(bgzf_write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  REQUIRE(bgzf_close(file) == 0);
  return path;
}

std::vector<std::string> lines_of(const std::string& path) {
  TextLines lines{path, "text"};
  std::vector<std::string> all;
  for (std::string_view line; lines.next(line);) all.emplace_back(line);
  CHECK(lines.number() == all.size());
  return all;
}

template <class Act>
std::string error_of(const Act& act) {
  try {
    act();
  } catch (const InputError& error) {
    return std::string{error.what()} + " | " + error.parts().help;
  }
  return "none";
}

struct Fileset {
  TempFolder folder;
  std::string bed = write(folder / "a.bed", std::string{bed_magic} + "\x1B\x02\xFF\x03");
  std::string bim = write(folder / "a.bim", "1 rs1 0 10 A G\nX\t.\t0.5\t20\tAT\tC\n");
  std::string fam = write(folder / "a.fam", "F1 S1 0 0 0 -9\nF1\tS2\t0\t0\t1\t-9\n\nF2 S3\nF S4\nF S5\n");

  [[nodiscard]] std::string error() const {
    return error_of([&] { PlinkFileset{bed}.for_each_row([](const BimRow&, std::size_t) {}); });
  }
};

}  // namespace

TEST_SUITE("PLINK filesets") {
  TEST_CASE("samples, rows and bytes are as they stand in the files") {
    const Fileset files;
    const PlinkFileset fileset{files.bed};
    CHECK(fileset.samples() == std::vector<std::string>{"S1", "S2", "S3", "S4", "S5"});
    std::string seen;
    fileset.for_each_row([&](const BimRow& row, std::size_t number) {
      seen += std::to_string(number) + " " + std::string{row.contig} + ":" + std::to_string(row.position) + " " +
              std::string{row.id} + " " + std::string{row.counted} + ">" + std::string{row.others} + "\n";
    });
    CHECK(seen == "0 1:9 rs1 A>G\n1 X:19 . AT>C\n");
    std::vector<std::uint8_t> bytes(2);
    fileset.read_rows(1, bytes);
    CHECK(bytes == std::vector<std::uint8_t>{0xFF, 0x03});
  }

  TEST_CASE("what does not fit together is refused with its numbers") {
    const Fileset cut;
    write(cut.bed, std::string{bed_magic} + "\x1B\x02\xFF");
    CHECK(cut.error() == cut.bed +
                             ": its size does not fit: 2 variants of 5 samples take 7 bytes, and it has 6 | "
                             "it was cut off, or its .bim and .fam are another fileset's; make or fetch all "
                             "three again");
    const Fileset by_sample;
    write(by_sample.bed, std::string{"\x6C\x1B\0\0", 4});
    CHECK(by_sample.error() == by_sample.bed +
                                   ": its rows are samples, not variants: a .bed of an early PLINK | make "
                                   "it again with `plink2 --make-bed`");
    const Fileset regions;
    write(regions.bed, "chr1\t10\t20\n");
    CHECK(regions.error() == regions.bed +
                                 ": is not a PLINK .bed: its first bytes are others | give the .bed of a "
                                 "PLINK 1 fileset; a list of regions (BED) holds no genotypes");
    const Fileset bad_row;
    write(bad_row.bim, "1 rs1 0 10 A G\n1 rs2 0 1e5 A G\n");
    CHECK(bad_row.error() == bad_row.bim +
                                 ": 2: not a line of a .bim: its position is no whole number | make it again "
                                 "with `plink2 --make-bed`");
    write(bad_row.bim, "1 rs1 0 10 A\n");
    CHECK(bad_row.error().find("a.bim: 1: not a line of a .bim: it has not six columns") != std::string::npos);
    const Fileset twice;
    write(twice.fam, "F1 S1\nF2 S1\n");
    CHECK(twice.error() == twice.fam +
                               ": 2: two samples have one name: S1 | rename them with `plink2 --update-ids`; "
                               "families do not tell them apart here");
    const Fileset gone;
    std::filesystem::remove(gone.bim);
    CHECK(gone.error() == gone.bim +
                              ": cannot open the list of variants: No such file or directory | check the path "
                              "and your permission to read it");
  }
}

TEST_SUITE("lines of a text") {
  TEST_CASE("plain and gzip give the same lines, whatever their ends") {
    const TempFolder folder;
    const std::string text =
        "\xef\xbb\xbf"
        "first\r\n\nthird\tcell\nlast without an end";
    const std::vector<std::string> lines{"first", "", "third\tcell", "last without an end"};
    CHECK(lines_of(write(folder / "a.txt", text)) == lines);
    CHECK(lines_of(write_gzip(folder / "a.txt.gz", text)) == lines);
    CHECK(lines_of(write(folder / "empty.txt", "")).empty());
  }

  TEST_CASE("lines longer than what is read at once are whole") {
    const TempFolder folder;
    std::string text;
    std::vector<std::string> lines;
    for (std::size_t size : {300'000, 5, 0, 700'000, 1}) {
      lines.emplace_back(size, static_cast<char>('a' + size % 7));
      text += lines.back() + "\n";
    }
    CHECK(lines_of(write(folder / "long.txt", text)) == lines);
    CHECK(lines_of(write_gzip(folder / "long.gz", text)) == lines);
  }

  TEST_CASE("a file that is cut off, no text or a folder is refused") {
    const TempFolder folder;
    std::string text;
    for (int k = 0; k < 20'000; ++k) text += std::to_string(k * 7919) + "\n";
    const std::string path = write_gzip(folder / "cut.gz", text);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    CHECK(error_of([&] { (void)lines_of(path); }).find("the text cannot be read to its end") != std::string::npos);
    const std::string binary = write(folder / "binary", std::string{"a\0b\n", 4});
    CHECK(error_of([&] { (void)lines_of(binary); }).find("is not a text: the text holds a zero byte") !=
          std::string::npos);
    CHECK(error_of([&] { (void)lines_of(folder.path()); }) != "none");
  }
}
