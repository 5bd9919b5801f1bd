// Alleles and genotypes of one record, good and bad.
#include "genomics/io/hts_record.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

const SiteIndex& sites() {
  static const SiteIndex index{{site("chr1", 101, "A", {"G", "T"})}};
  return index;
}

/// What is not a line of a VCF is said before it gets here, unless nobody wants that looked at.
Cohort read(const std::string& path) {
  return stardose::test::read_with(sites(), {.files = {path}, .check_format = false});
}

/// The site's row by way of VCF, which must be the same by way of BCF.
std::string told(const VcfBuilder& vcf) {
  const TempFolder folder;
  const std::string by_text = stardose::test::row(read(vcf.write_plain(folder / "a.vcf")), 0);
  CHECK(stardose::test::row(read(vcf.write_bcf(folder / "a.bcf", false)), 0) == by_text);
  return by_text;
}

InputError refused(const VcfBuilder& vcf) {
  const TempFolder folder;
  const std::string path = vcf.write_plain(folder / "a.vcf");
  return input_error_of([&] { (void)read(path); });
}

}  // namespace

TEST_CASE("an alternative that repeats the reference is refused, whoever wrote it and in any case") {
  for (const std::string alts : {"A", "a", "G,A"}) {
    const VcfBuilder vcf = VcfBuilder{}.record("chr1 101 A " + alts, "0/1");
    CHECK(refused(vcf).parts().why == "ALT repeats REF");
    const TempFolder folder;
    const std::string packed = vcf.write_bcf(folder / "a.bcf", false);
    CHECK(input_error_of([&] { (void)read(packed); }).parts().why == "ALT repeats REF");
  }
}

TEST_CASE("a block that ends beyond its contig is refused: it would be reference wherever it likes") {
  const std::string why = "the record ends beyond the end of its contig, which has 248956422 bases by the header";
  for (const std::string alt : {".", "<NON_REF>"}) {
    CHECK(told(VcfBuilder{}.record("chr1 90 A " + alt, "0/0", "END=248956422")) == "0/0");
    const VcfBuilder vcf = VcfBuilder{}.record("chr1 90 A " + alt, "0/0", "END=248956423");
    CHECK(refused(vcf).parts().why == why);
    const TempFolder folder;
    const std::string packed = vcf.write_bcf(folder / "a.bcf", false);
    CHECK(input_error_of([&] { (void)read(packed); }).parts().why == why);
  }
}

TEST_CASE("genotypes of every ploidy and phase are read as written") {
  const VcfBuilder vcf = VcfBuilder{}
                             .samples({"A", "B", "C", "D", "E", "F", "G", "H"})
                             .record("chr1 101 A G,T", "0/1 1|2 1 ./. . 1/. 0/1/2 2|0");
  CHECK(told(vcf) == "0/1 1|2 1 ./. ./. 1/. ploidy 2|0");
}

TEST_CASE("phase sets are read where they are given") {
  const VcfBuilder vcf =
      VcfBuilder{}.samples({"A", "B", "C", "D"}).record("chr1 101 A G", "0|1:77 0|1:. 1|0:-5 0|1:2000000000");
  CHECK(told(vcf) == "0|1@77 0|1 1|0@" + std::to_string(phase_set_of_name("-5")) + " 0|1@2000000000");
}

TEST_CASE("a phase in front of a genotype is read, of which HTSlib knows nothing") {
  const TempFolder folder;
  const std::string path = VcfBuilder{}
                               .samples({"A", "B", "C", "D", "E"})
                               .record("chr1 101 A G", "|0|1 /0|1 /0/1 |1 0|1")
                               .write_plain(folder / "a.vcf");
  CHECK(stardose::test::row(read(path), 0) == "0|1 0/1 0/1 1 0|1");
  const std::string with_sets =
      VcfBuilder{}.samples({"A", "B"}).record("chr1 101 A G", "|0|1:7 0/1:.").write_plain(folder / "b.vcf");
  CHECK(stardose::test::row(read(with_sets), 0) == "0|1@7 0/1");
}

TEST_CASE("alleles are read in any case") {
  CHECK(told(VcfBuilder{}.record("chr1 101 a g", "0/1")) == "0/1");
  CHECK(told(VcfBuilder{}.record("chr1 100 ca cT", "0/1")) == "0/2");
}

TEST_CASE("a record without alternatives or without genotypes says what it says") {
  CHECK(told(VcfBuilder{}.record("chr1 101 A .", "0/0")) == "0/0");
  CHECK(told(VcfBuilder{}.raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\tPS\t7")) == "./.");
}

TEST_CASE("GT is found wherever it stands among the formats") {
  CHECK(told(VcfBuilder{}.raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\tPS:GT\t9:0|1")) == "0|1@9");
  CHECK(told(VcfBuilder{}.raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\tPS\t9")) == "./.");
}

TEST_CASE("an allele number beyond the record's alleles is refused, naming the sample") {
  const InputError error = refused(VcfBuilder{}.samples({"A", "B"}).record("chr1 101 A G", "0/1 0/2"));
  CHECK(error.fault() == Fault::input);
  CHECK(error.parts().place == "chr1:101");
  CHECK(error.parts().why == "FORMAT/GT of the 2. sample names an allele that the record lacks");
}

TEST_CASE("genotypes are read though the header does not declare them") {
  const TempFolder folder;
  for (const char* columns : {"GT\t0/1", "GT:PS\t0/1:."}) {
    std::string text = VcfBuilder{}.raw(std::string{"chr1\t101\t.\tA\tG\t.\tPASS\t.\t"} + columns).text();
    const std::size_t at = text.find("##FORMAT=<ID=GT");
    text.erase(at, text.find('\n', at) + 1 - at);
    CHECK(stardose::test::row(stardose::test::read(sites(), folder.file("a.vcf", text)), 0) == "0/1");
  }
}

TEST_CASE("an alternative of a record that has none is refused, however HTSlib counts") {
  CHECK(told(VcfBuilder{}.record("chr1 101 A .", "0/0")) == "0/0");
  for (const std::string alternative : {"", "."}) {
    const InputError error = refused(VcfBuilder{}.raw("chr1\t101\t.\tA\t" + alternative + "\t.\tPASS\t.\tGT\t0/1"));
    CHECK(error.parts().why == "FORMAT/GT of the 1. sample names an allele that the record lacks");
  }
}

TEST_CASE("a missing alternative among others does not shift the numbers") {
  CHECK(told(VcfBuilder{}.samples({"A", "B"}).record("chr1 101 A .,G", "0/2 0/1")) == "0/1 0/o");
}

TEST_CASE("a reference without a single read is no genotype, a variant without one is what it is") {
  const auto with_depth = [](const std::string& value) {
    return VcfBuilder{}.raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\tGT:DP\t" + value);
  };
  CHECK(told(with_depth("0/0:0")) == "./.");
  CHECK(told(with_depth("0:0")) == "./.");
  CHECK(told(with_depth("0/0:.")) == "0/0");
  CHECK(told(with_depth("0/0:10")) == "0/0");
  CHECK(told(with_depth("0/1:0")) == "low_depth!");
}

TEST_CASE("malformed records near a site are refused") {
  CHECK(refused(VcfBuilder{}.raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\tGT\tx/1")).fault() == Fault::input);
  CHECK(refused(VcfBuilder{}.raw("chr1\t101\t.\tA\tG")).fault() == Fault::input);
  CHECK(refused(VcfBuilder{}.record("chr1 101 A G", "")).fault() == Fault::input);
  CHECK(refused(VcfBuilder{}.raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\tGT")).fault() == Fault::input);
  CHECK(refused(VcfBuilder{}.raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\t0/1")).fault() == Fault::input);
  CHECK(refused(VcfBuilder{}.raw("chr1\tx101\t.\tA\tG\t.\tPASS\t.\tGT\t0/1")).fault() == Fault::input);
  CHECK(refused(VcfBuilder{}.raw("chr1")).fault() == Fault::input);
}

TEST_CASE("reference blocks of every dialect speak for the sites that they cover") {
  CHECK(told(VcfBuilder{}.record("chr1 50 C <NON_REF>", "0/0", "END=200")) == "0/0");
  CHECK(told(VcfBuilder{}.record("chr1 50 C <*>", "0/0", "END=200")) == "0/0");
  CHECK(told(VcfBuilder{}.record("chr1 50 C .", "0/0", "END=200")) == "0/0");
  CHECK(told(VcfBuilder{}.record("chr1 50 C <NON_REF>", "0/0", "END=100")) == ".");
  CHECK(told(VcfBuilder{}.record("chr1 50 C <NON_REF>", "./.", "END=200")) == "./.");
}

TEST_CASE("a large deletion makes the positions it reaches unknown for its carriers alone") {
  const VcfBuilder vcf = VcfBuilder{}.samples({"A", "B"}).record("chr1 50 C <DEL>", "0/1 0/0", "END=200");
  CHECK(told(vcf) == "structural .");
  CHECK(told(VcfBuilder{}.record("chr1 50 C G,<DEL>", "0/2", "END=200")) == "structural");
}
