// Opening variant files: what is refused, what is warned of, when the index is used.
#include "genomics/io/variant_file.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::cut_copy;
using stardose::test::eof_block;
using stardose::test::input_error_of;
using stardose::test::make_old;
using stardose::test::read_bytes;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

const SiteIndex& sites() {
  static const SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr2", 50'101, "C", {"T"})}};
  return index;
}

VcfBuilder two_records() { return VcfBuilder{}.record("chr1 101 A G", "0/1").record("chr2 50101 C T", "1/1"); }

InputError refused(const std::string& path) {
  const InputError error = input_error_of([&] { (void)stardose::test::read(sites(), path); });
  CHECK(error.parts().file.starts_with(path));
  CHECK_FALSE(error.parts().help.empty());
  return error;
}

std::vector<std::string> told(const Cohort& cohort) { return stardose::test::rows(cohort, sites()); }

}  // namespace

TEST_CASE("what is not there, a folder, an empty file and another format are refused") {
  const TempFolder folder;
  CHECK(refused(folder / "none.vcf").parts().why == "cannot open: No such file or directory");
  CHECK(refused(folder.path()).fault() == Fault::input);
  CHECK(refused(folder.file("empty.vcf", "")).fault() == Fault::input);
  CHECK(refused(folder.file("a.txt", "hello\n")).parts().why == "not a VCF or BCF file");
  CHECK(refused(folder.file("a.sam", "@HD\tVN:1.6\tSO:coordinate\n")).parts().why == "not a VCF or BCF file");
  CHECK(refused(folder.file("a.vcf", "##fileformat=VCFv4.2\n")).fault() == Fault::input);
}

TEST_CASE("VCF, VCF.gz and BCF give the same rows, with an index and without") {
  const TempFolder folder;
  const std::vector<std::string> expected{"0/1", "1/1"};
  CHECK(told(stardose::test::read(sites(), two_records().write_plain(folder / "a.vcf"))) == expected);
  for (const bool index : {false, true}) {
    const std::string name = index ? "indexed" : "bare";
    for (const std::string& path : {two_records().write_gz(folder / (name + ".vcf.gz"), index),
                                    two_records().write_bcf(folder / (name + ".bcf"), index)}) {
      const Cohort cohort = stardose::test::read(sites(), path);
      CHECK(told(cohort) == expected);
      CHECK(cohort.warnings.empty());
      CHECK(cohort.inputs.front().counts.used_index == index);
      CHECK(cohort.inputs.front().counts.matched == 2);
    }
  }
}

TEST_CASE("an index is left alone when the user says so") {
  const TempFolder folder;
  const std::string path = two_records().write_gz(folder / "a.vcf.gz", true);
  const Cohort cohort = stardose::test::read_with(sites(), {.files = {path}, .use_index = false});
  CHECK_FALSE(cohort.inputs.front().counts.used_index);
  CHECK(told(cohort) == std::vector<std::string>{"0/1", "1/1"});
}

TEST_CASE("an index older than its file is not used, and the user hears of it") {
  const TempFolder folder;
  for (const bool bcf : {false, true}) {
    const std::string path =
        bcf ? two_records().write_bcf(folder / "a.bcf", true) : two_records().write_gz(folder / "a.vcf.gz", true);
    const std::string index = path + (bcf ? ".csi" : ".tbi");
    make_old(index);
    const Cohort cohort = stardose::test::read(sites(), path);
    CHECK(told(cohort) == std::vector<std::string>{"0/1", "1/1"});
    CHECK_FALSE(cohort.inputs.front().counts.used_index);
    REQUIRE(cohort.warnings.size() == 1);
    CHECK(cohort.warnings.front() == index + " is older than the file, so it was not used and the whole file was read");
  }
}

TEST_CASE("an index that cannot be read is refused, not passed over") {
  const TempFolder folder;
  const std::string path = two_records().write_gz(folder / "a.vcf.gz", false);
  (void)folder.file("a.vcf.gz.tbi", "not an index");
  CHECK(refused(path).parts().why == "the index cannot be read");
}

TEST_CASE("chromosome names with and without chr mean the same") {
  const TempFolder folder;
  const VcfBuilder vcf = VcfBuilder{}
                             .no_contigs()
                             .contig("1", 248956422)
                             .contig("2", 242193529)
                             .record("1 101 A G", "0/1")
                             .record("2 50101 C T", "1/1");
  const std::vector<std::string> expected{"0/1", "1/1"};
  CHECK(told(stardose::test::read(sites(), vcf.write_plain(folder / "a.vcf"))) == expected);
  CHECK(told(stardose::test::read(sites(), vcf.write_gz(folder / "a.vcf.gz", true))) == expected);
  CHECK(told(stardose::test::read(sites(), vcf.write_bcf(folder / "a.bcf", true))) == expected);
}

TEST_CASE("a file whose header names no contigs is read the same with an index and without") {
  const TempFolder folder;
  const VcfBuilder vcf = VcfBuilder{}.no_contigs().record("chr1 101 A G", "0/1").record("chr2 50101 C T", "1/1");
  const std::vector<std::string> expected{"0/1", "1/1"};
  CHECK(told(stardose::test::read(sites(), vcf.write_plain(folder / "a.vcf"))) == expected);
  CHECK(told(stardose::test::read(sites(), vcf.write_gz(folder / "b.vcf.gz", false))) == expected);
  CHECK(told(stardose::test::read(sites(), vcf.write_gz(folder / "c.vcf.gz", true))) == expected);
}

TEST_CASE("a compressed file without its end-of-file marker is refused before it is read") {
  const TempFolder folder;
  for (const std::string& path :
       {two_records().write_gz(folder / "a.vcf.gz", true), two_records().write_bcf(folder / "a.bcf", true)}) {
    const std::string cut = cut_copy(path, read_bytes(path).size() - eof_block, path + ".cut");
    CHECK(refused(cut).parts().why == "the file is truncated: its end-of-file marker is missing");
  }
}
