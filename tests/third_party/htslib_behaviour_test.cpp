// What HTSlib does that genomics/io relies on or guards against.
#include <doctest/doctest.h>
#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/kseq.h>
#include <htslib/vcf.h>

#include <string>

#include "genomics/io/hts_handle.h"
#include "tests/builders/pipe.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::cut_copy;
using stardose::test::eof_block;
using stardose::test::Pipe;
using stardose::test::read_bytes;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

HtsHandle<htsFile> open(const std::string& path) {
  hts_set_log_level(HTS_LOG_OFF);
  return HtsHandle<htsFile>{hts_open(path.c_str(), "r")};
}

VcfBuilder records() {
  VcfBuilder vcf;
  for (int k = 1; k <= 4000; ++k)
    vcf.record("chr1 " + std::to_string(k) + " A G", "0/1", "PAD=" + std::to_string(k * 7919));
  return vcf;
}

/// The status with which reading ends.
int last_status(const std::string& path) {
  const auto file = open(path);
  REQUIRE(file);
  const HtsHandle<bcf_hdr_t> header{bcf_hdr_read(file.get())};
  REQUIRE(header);
  const HtsHandle<bcf1_t> record{bcf_init()};
  int status = 0;
  while ((status = bcf_read(file.get(), header.get(), record.get())) >= 0) {
  }
  return status;
}

/// A single record, parsed and unpacked.
struct Parsed {
  explicit Parsed(const VcfBuilder& vcf) : file{open(vcf.write_plain(folder / "a.vcf"))} {
    header.reset(bcf_hdr_read(file.get()));
    status = bcf_read(file.get(), header.get(), record.get());
    bcf_unpack(record.get(), BCF_UN_ALL);
  }
  TempFolder folder;
  HtsHandle<htsFile> file;
  HtsHandle<bcf_hdr_t> header;
  HtsHandle<bcf1_t> record{bcf_init()};
  int status = 0;
};

}  // namespace

TEST_CASE("HTSlib: bcf_read ends with -1 at the end of a file and below -1 in a cut block") {
  const TempFolder folder;
  const std::string path = records().write_bcf(folder / "a.bcf", false);
  const std::size_t size = read_bytes(path).size();
  CHECK(last_status(path) == -1);
  CHECK(last_status(cut_copy(path, size - eof_block - 10, folder / "cut.bcf")) < -1);
}

TEST_CASE("HTSlib: a missing end-of-file block reads to -1 all the same, and is seen by hts_check_EOF") {
  const TempFolder folder;
  const std::string path = records().write_bcf(folder / "a.bcf", false);
  const std::string cut = cut_copy(path, read_bytes(path).size() - eof_block, folder / "cut.bcf");
  CHECK(last_status(cut) == -1);
  CHECK(hts_check_EOF(open(path).get()) == 1);
  CHECK(hts_check_EOF(open(cut).get()) == 0);
  CHECK(hts_check_EOF(open(records().write_plain(folder / "a.vcf")).get()) == 3);
}

TEST_CASE("HTSlib: in a pipe a missing end-of-file block is seen by BGZF's flag once the end is reached") {
  const TempFolder folder;
  const std::string bytes = read_bytes(records().write_gz(folder / "a.vcf.gz", false));
  for (const bool whole : {true, false}) {
    const Pipe pipe{folder / "pipe", whole ? bytes : bytes.substr(0, bytes.size() - eof_block)};
    const auto file = open(pipe.path());
    REQUIRE(file);
    CHECK(hts_check_EOF(file.get()) == 2);
    HtsText text;
    int status = 0;
    while ((status = hts_getline(file.get(), KS_SEP_LINE, &text)) >= 0) {
    }
    CHECK(status == -1);
    CHECK((file->fp.bgzf->no_eof_block != 0) == !whole);
  }
}

TEST_CASE("HTSlib: hts_getline gives lines without their ends, the last one also when it has none") {
  const TempFolder folder;
  const auto file = open(folder.file("a.vcf", "##fileformat=VCFv4.2\r\n\nlast"));
  REQUIRE(file);
  HtsText text;
  std::string seen;
  while (hts_getline(file.get(), KS_SEP_LINE, &text) >= 0) seen += "[" + std::string{text.s, text.l} + "]";
  CHECK(seen == "[##fileformat=VCFv4.2][][last]");
}

TEST_CASE("HTSlib: of mixed ploidies the shorter genotype ends with the end-of-vector mark") {
  Parsed parsed{VcfBuilder{}.samples({"A", "B", "C"}).record("chr1 5 A G", "0/1 1 .")};
  REQUIRE(parsed.status == 0);
  const bcf_fmt_t& format = parsed.record->d.fmt[0];
  CHECK(format.n == 2);
  CHECK(format.type == BCF_BT_INT8);
  const auto at = [&](int k) { return static_cast<std::int8_t>(format.p[k]); };
  CHECK(at(0) == bcf_gt_unphased(0));
  CHECK(at(1) == bcf_gt_unphased(1));
  CHECK(at(2) == bcf_gt_unphased(1));
  CHECK(at(3) == bcf_int8_vector_end);
  CHECK(at(4) == bcf_gt_missing);
  CHECK(at(5) == bcf_int8_vector_end);
}

TEST_CASE("HTSlib: the phase bit stands on the second allele") {
  Parsed parsed{VcfBuilder{}.samples({"A", "B"}).record("chr1 5 A G", "0|1 0/1")};
  const bcf_fmt_t& format = parsed.record->d.fmt[0];
  CHECK(bcf_gt_is_phased(format.p[1]) != 0);
  CHECK(bcf_gt_is_phased(format.p[3]) == 0);
}

TEST_CASE("HTSlib: ALT of a point is no allele, and END reaches into rlen") {
  Parsed parsed{VcfBuilder{}.record("chr1 5 A .", "0/0", "END=50")};
  CHECK(unsigned{parsed.record->n_allele} == 1);
  CHECK(parsed.record->pos == 4);
  CHECK(parsed.record->rlen == 46);
}

TEST_CASE("HTSlib: a line without its genotypes parses without complaint") {
  Parsed parsed{VcfBuilder{}.raw("chr1\t5\t.\tA\tG")};
  CHECK(parsed.status == 0);
  CHECK(unsigned{parsed.record->n_fmt} == 0);
}

TEST_CASE("HTSlib: an allele number beyond the alleles parses without complaint") {
  Parsed parsed{VcfBuilder{}.record("chr1 5 A G", "0/7")};
  CHECK(parsed.status == 0);
  CHECK(parsed.record->errcode == 0);
}
