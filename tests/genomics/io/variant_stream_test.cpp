// Reading from end to end: order, and ends that are not clean.
#include <doctest/doctest.h>

#include <string>

#include "genomics/io/variant_file.h"
#include "tests/builders/cohort.h"
#include "tests/builders/pipe.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::cut_copy;
using stardose::test::eof_block;
using stardose::test::input_error_of;
using stardose::test::Pipe;
using stardose::test::read_bytes;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

const SiteIndex& sites() {
  static const SiteIndex index{{site("chr1", 1001, "A", {"G"}), site("chr2", 1501, "C", {"T"})}};
  return index;
}

std::vector<std::string> told(const std::string& path) {
  return stardose::test::rows(stardose::test::read(sites(), path), sites());
}

InputError refused(const std::string& path) {
  return input_error_of([&] { (void)stardose::test::read(sites(), path); });
}

/// The last record that matters stands before the end, so that a cut may come after it.
VcfBuilder many_records() {
  VcfBuilder vcf;
  for (const std::string contig : {"chr1", "chr2", "chr3"}) {
    for (int k = 0; k < 20; ++k) {
      const int position = 1 + 100 * k;
      const bool is_site = (contig == "chr1" && position == 1001) || (contig == "chr2" && position == 1501);
      const std::string alleles = contig == "chr1" || !is_site ? " A G" : " C T";
      vcf.record(contig + " " + std::to_string(position) + alleles, is_site ? "0/1" : "0/0",
                 "PAD=" + std::to_string(position * 7919));
    }
  }
  return vcf;
}

const std::vector<std::string>& whole() {
  static const std::vector<std::string> rows{"0/1", "0/1"};
  return rows;
}

}  // namespace

TEST_CASE("a whole file is read the same from a disk and from a pipe") {
  const TempFolder folder;
  for (const std::string& path :
       {many_records().write_plain(folder / "a.vcf"), many_records().write_gz(folder / "a.vcf.gz", false, 300),
        many_records().write_bcf(folder / "a.bcf", false)}) {
    CHECK(told(path) == whole());
    const Pipe pipe{folder / "pipe", read_bytes(path)};
    CHECK(told(pipe.path()) == whole());
  }
}

TEST_CASE("a compressed file cut anywhere is refused, never a short table") {
  const TempFolder folder;
  for (const std::string& path :
       {many_records().write_gz(folder / "a.vcf.gz", false, 300), many_records().write_bcf(folder / "a.bcf", false)}) {
    const std::size_t size = read_bytes(path).size();
    for (std::size_t cut = 0; cut < size; ++cut) {
      const std::string part = cut_copy(path, cut, folder / "cut");
      CHECK_THROWS_AS((void)stardose::test::read(sites(), part), InputError);
    }
  }
}

TEST_CASE("a compressed file cut anywhere on its way through a pipe is refused") {
  const TempFolder folder;
  for (const std::string& path :
       {many_records().write_gz(folder / "a.vcf.gz", false, 300), many_records().write_bcf(folder / "a.bcf", false)}) {
    const std::string bytes = read_bytes(path);
    std::vector<std::size_t> cuts{bytes.size() - eof_block, bytes.size() - 1};
    for (std::size_t cut = 1; cut < bytes.size(); cut += 37) cuts.push_back(cut);
    for (const std::size_t cut : cuts) {
      const Pipe pipe{folder / "pipe", bytes.substr(0, cut)};
      INFO(path << " cut at " << cut);
      CHECK_THROWS_AS((void)stardose::test::read(sites(), pipe.path()), InputError);
    }
  }
}

TEST_CASE("a plain gzip file cut anywhere is refused") {
  const TempFolder folder;
  const std::string path = folder / "a.vcf.gz";
  const std::string text = many_records().text();
  BGZF* file = bgzf_open(path.c_str(), "wg");
  REQUIRE(file != nullptr);
  REQUIRE(bgzf_write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  REQUIRE(bgzf_close(file) == 0);
  CHECK(told(path) == whole());
  const std::size_t size = read_bytes(path).size();
  for (std::size_t cut = 0; cut < size; ++cut) {
    INFO("cut at " << cut << " of " << size);
    const std::string part = cut_copy(path, cut, folder / "cut");
    CHECK_THROWS_AS((void)stardose::test::read(sites(), part), InputError);
  }
}

TEST_CASE("a damaged byte in a compressed block is never a different table") {
  const TempFolder folder;
  const std::string path = many_records().write_gz(folder / "a.vcf.gz", false, 300);
  const std::string bytes = read_bytes(path);
  int refusals = 0;
  for (std::size_t at = 0; at < bytes.size() - eof_block; at += 11) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    const std::string part = folder.file("damaged", damaged);
    std::vector<std::string> rows = whole();
    try {
      rows = told(part);
    } catch (const InputError&) {
      ++refusals;
    }
    CHECK(rows == whole());
  }
  CHECK(refusals > 50);
}

TEST_CASE("a text cut inside a record at a site is refused") {
  const TempFolder folder;
  const std::string text = VcfBuilder{}.samples({"A", "B"}).record("chr1 1001 A G", "0/1 0/1").text();
  const std::size_t record = text.find("chr1\t1001");
  const std::size_t last_column = text.rfind('\t');
  for (std::size_t cut = record + 11; cut <= last_column; ++cut) {
    INFO(text.substr(record, cut - record));
    CHECK_THROWS_AS((void)stardose::test::read(sites(), folder.file("a.vcf", text.substr(0, cut))), InputError);
  }
}

TEST_CASE("records out of order are refused, near a site or not") {
  const TempFolder folder;
  for (const char* second : {"chr1 500 A G", "chr1 999 A G"}) {
    const VcfBuilder vcf = VcfBuilder{}.record("chr1 1001 A G", "0/1").record(second, "0/0");
    for (const std::string& path : {vcf.write_plain(folder / "a.vcf"), vcf.write_bcf(folder / "a.bcf", false)}) {
      const InputError error = refused(path);
      CHECK(error.fault() == Fault::input);
      CHECK(error.parts().why == "record comes after one further right: the file is not sorted");
    }
  }
}

TEST_CASE("a contig that comes back is refused, under whatever name") {
  const TempFolder folder;
  const VcfBuilder vcf =
      VcfBuilder{}.record("chr1 101 A G", "0/1").record("chr2 101 A G", "0/0").record("chr1 1001 A G", "0/0");
  for (const std::string& path : {vcf.write_plain(folder / "a.vcf"), vcf.write_bcf(folder / "a.bcf", false)}) {
    const InputError error = refused(path);
    CHECK(error.parts().place == "chr1");
    CHECK(error.parts().why == "contig comes back after another one: the file is not sorted");
  }
  const VcfBuilder renamed =
      VcfBuilder{}.no_contigs().record("chr1 101 A G", "0/1").record("chr2 101 A G", "0/0").record("1 1001 A G", "0/0");
  CHECK(refused(renamed.write_plain(folder / "b.vcf")).parts().place == "chr1");
}

TEST_CASE("records at one position, in whatever order of alleles, are in order") {
  const TempFolder folder;
  const std::string path =
      VcfBuilder{}.record("chr1 1001 A T", "0/1").record("chr1 1001 A G", "0/1").write_plain(folder / "a.vcf");
  CHECK(told(path).front() == "1/o");
}

TEST_CASE("a record that comes late is let through only at a loose site's place") {
  const TempFolder folder;
  Site loose = site("chr1", 501, "A", {"G"});
  loose.loose = true;
  const SiteIndex index{{site("chr1", 1001, "A", {"G"}), loose}};
  const std::string path =
      VcfBuilder{}.record("chr1 1001 A G", "0/1").record("chr1 501 A G", "1/1").write_plain(folder / "a.vcf");
  CHECK(stardose::test::rows(stardose::test::read(index, path), index) == std::vector<std::string>{"0/1", "1/1"});
}

TEST_CASE("empty lines and lines turned into comments are passed over") {
  const TempFolder folder;
  const std::string path = folder.file(
      "a.vcf",
      VcfBuilder{}.record("chr1 1001 A G", "0/1").raw("").raw("#chr1\t1002\tx").record("chr2 1501 C T", "1/1").text());
  CHECK(told(path) == std::vector<std::string>{"0/1", "1/1"});
}

TEST_CASE("a header among records is refused: samples behind it may be others, or in another order") {
  const TempFolder folder;
  for (const std::string line : {"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS2", "##contig=<ID=chr4>"}) {
    CAPTURE(line);
    const auto vcf = VcfBuilder{}.record("chr1 1001 A G", "0/1").raw(line).record("chr2 1501 C T", "1/1");
    for (const std::string& path : {folder.file("a.vcf", vcf.text()), vcf.write_gz(folder / "a.vcf.gz", false)}) {
      const InputError error = stardose::test::input_error_of([&] { (void)told(path); });
      CHECK(error.parts().why == "a line of a header among records");
      CHECK(error.parts().place == "record 2");
    }
  }
}

TEST_CASE("Windows line ends are read as line ends") {
  std::string text = VcfBuilder{}.record("chr1 1001 A G", "0/1").record("chr2 1501 C T", "1|1").text();
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.replace(at, 1, "\r\n");
  const TempFolder folder;
  CHECK(told(folder.file("a.vcf", text)) == std::vector<std::string>{"0/1", "1|1"});
}
