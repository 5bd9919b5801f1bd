// From files to one table.
#include "genomics/io/cohort_reader.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;
using stardose::test::read_with;
using stardose::test::row;
using stardose::test::rows;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;
using Names = std::vector<std::string>;

namespace {

const SiteIndex& sites() {
  static const SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr2", 101, "C", {"T"})}};
  return index;
}

/// A repeat that callers spell further right: GG C AT AT AT AT GG.
const SiteIndex& repeat() {
  static const SiteIndex index{{site("chr1", 3, "CAT", {"C"})}};
  return index;
}

}  // namespace

TEST_CASE("a cohort split by chromosome is one cohort, in either order of its files") {
  const TempFolder folder;
  const auto first = VcfBuilder{}.samples({"A", "B"}).record("chr1 101 A G", "0/1 1/1").write_plain(folder / "1.vcf");
  const auto second = VcfBuilder{}.samples({"A", "B"}).record("chr2 101 C T", "0|1 0|0").write_plain(folder / "2.vcf");
  const Names expected{"0/1 1/1", "0|1 0|0"};
  CHECK(rows(read_with(sites(), {.files = {first, second}}), sites()) == expected);
  CHECK(rows(read_with(sites(), {.files = {second, first}}), sites()) == expected);
}

TEST_CASE("files whose samples stand in another order are put in the first file's order") {
  const TempFolder folder;
  const auto first = VcfBuilder{}.samples({"A", "B"}).record("chr1 101 A G", "0/1 1/1").write_plain(folder / "1.vcf");
  const auto second = VcfBuilder{}.samples({"B", "A"}).record("chr2 101 C T", "0/0 1/1").write_plain(folder / "2.vcf");
  const Cohort cohort = read_with(sites(), {.files = {first, second}});
  CHECK(cohort.samples == Names{"A", "B"});
  CHECK(rows(cohort, sites()) == Names{"0/1 1/1", "1/1 0/0"});
}

TEST_CASE("files of other samples are refused") {
  const TempFolder folder;
  const auto first = VcfBuilder{}.samples({"A", "B"}).record("chr1 101 A G", "0/1 1/1").write_plain(folder / "1.vcf");
  for (const Names& others : {Names{"A", "C"}, Names{"A"}, Names{"A", "B", "C"}}) {
    const auto second = VcfBuilder{}.samples(others).write_plain(folder / "2.vcf");
    const InputError error = input_error_of([&] { (void)read_with(sites(), {.files = {first, second}}); });
    CHECK(error.fault() == Fault::mismatch);
    CHECK(error.parts().file == second);
    CHECK(error.parts().why == "its samples are not those of the first input");
  }
}

TEST_CASE("chosen samples are read from every file") {
  const TempFolder folder;
  const auto first =
      VcfBuilder{}.samples({"A", "B", "C"}).record("chr1 101 A G", "0/1 1/1 0/0").write_plain(folder / "1.vcf");
  const auto second =
      VcfBuilder{}.samples({"C", "B", "D"}).record("chr2 101 C T", "0|1 1|0 1|1").write_plain(folder / "2.vcf");
  const Cohort cohort = read_with(sites(), {.files = {first, second}, .samples = {"C", "B"}});
  CHECK(cohort.samples == Names{"B", "C"});
  CHECK(rows(cohort, sites()) == Names{"1/1 0/0", "1|0 0|1"});
}

TEST_CASE("no file at all is refused") {
  CHECK(input_error_of([] { (void)read_with(sites(), {}); }).fault() == Fault::usage);
}

TEST_CASE("records of one site in two files are joined or contradict each other, in either order of the files") {
  const TempFolder folder;
  const auto het = VcfBuilder{}.record("chr1 101 A G", "0/1").write_plain(folder / "1.vcf");
  const auto hom = VcfBuilder{}.record("chr1 101 A G", "1/1").write_plain(folder / "2.vcf");
  const auto none = VcfBuilder{}.record("chr1 101 A G", "./.").write_plain(folder / "3.vcf");
  for (const Names& files : {Names{het, hom}, Names{hom, het}})
    CHECK(row(read_with(sites(), {.files = files}), 0) == "conflict");
  for (const Names& files : {Names{het, none}, Names{none, het}})
    CHECK(row(read_with(sites(), {.files = files}), 0) == "0/1");
}

TEST_CASE("one wrong REF among right ones is a warning, and its record is not used") {
  const TempFolder folder;
  const auto path =
      VcfBuilder{}.record("chr1 101 A G", "0/1").record("chr2 101 A T", "1/1").write_plain(folder / "a.vcf");
  const Cohort cohort = stardose::test::read(sites(), path);
  CHECK(rows(cohort, sites()) == Names{"0/1", "conflict"});
  REQUIRE(cohort.warnings.size() == 1);
  CHECK(cohort.warnings.front() ==
        path + ": chr2:101: a record's REF is not the base of GRCh38, so the record was not used");
}

TEST_CASE("a site whose record has a wrong REF is not taken for reference even if absent ones are") {
  const TempFolder folder;
  const auto path =
      VcfBuilder{}.record("chr1 101 A G", "0/1").record("chr2 101 A T", "1/1").write_plain(folder / "a.vcf");
  const Cohort cohort = read_with(sites(), {.files = {path}}, true);
  CHECK(row(cohort, 1) == "conflict");
}

TEST_CASE("a record with a wrong REF takes nothing away from a right one") {
  const TempFolder folder;
  const auto path = VcfBuilder{}
                        .record("chr1 101 C G", "1/1")
                        .record("chr1 101 A G", "0/1")
                        .record("chr2 101 C T", "0/0")
                        .write_plain(folder / "a.vcf");
  CHECK(rows(stardose::test::read(sites(), path), sites()) == Names{"0/1", "0/0"});
}

TEST_CASE("REF that disagrees everywhere, or often, is another assembly") {
  const TempFolder folder;
  const auto all = VcfBuilder{}.record("chr1 101 C G", "0/1").write_plain(folder / "1.vcf");
  const InputError error = input_error_of([&] { (void)stardose::test::read(sites(), all); });
  CHECK(error.fault() == Fault::mismatch);
  CHECK(error.parts().place == "chr1:101");
  std::vector<Site> many;
  VcfBuilder vcf;
  for (int k = 0; k < 20; ++k) {
    many.push_back(site("chr1", 101 + 10 * k, "A", {"G"}));
    vcf.record("chr1 " + std::to_string(101 + 10 * k) + (k < 3 ? " C G" : " A G"), "0/1");
  }
  const SiteIndex index{many};
  CHECK(input_error_of([&] { (void)stardose::test::read(index, vcf.write_plain(folder / "2.vcf")); }).fault() ==
        Fault::mismatch);
}

TEST_CASE("an indel spelled further right is unknown for its carriers, with a warning, and reference for no one") {
  const TempFolder folder;
  const auto path = VcfBuilder{}.samples({"A", "B"}).record("chr1 6 ATAT AT", "0/1 0/0").write_plain(folder / "a.vcf");
  const Cohort cohort = stardose::test::read(repeat(), path);
  CHECK(row(cohort, 0).starts_with("not_left_aligned"));
  REQUIRE(cohort.warnings.size() == 1);
  CHECK(cohort.warnings.front().starts_with("chr1:3: an indel nearby may be this site's but is not left-aligned"));
}

TEST_CASE("an indel spelled further right is called with a reference sequence") {
  const TempFolder folder;
  const std::string fasta = folder.file("ref.fa", ">chr1\nGGCATATATATGGGGGGGGG\n");
  const auto path = VcfBuilder{}.samples({"A", "B"}).record("chr1 6 ATAT AT", "0/1 0/0").write_plain(folder / "a.vcf");
  const Cohort cohort = read_with(repeat(), {.files = {path}, .reference = fasta});
  CHECK(row(cohort, 0) == "0/1 0/0");
  CHECK(cohort.warnings.empty());
}

TEST_CASE("sites count as covered where any record lies within the neighbourhood of their group") {
  const TempFolder folder;
  const SiteIndex index{
      {site("chr1", 100'001, "A", {"G"}), site("chr1", 100'101, "A", {"G"}), site("chr2", 101, "C", {"T"})}};
  const auto covered = [&](const std::string& record) {
    const auto path = VcfBuilder{}.record(record, "0/1").write_plain(folder / "a.vcf");
    return read_cohort({.files = {path}}, {index, true, {{0, 2}, {2, 3}}}).covered;
  };
  CHECK(covered("chr1 75001 C T") == std::vector<bool>{true, true, false});
  CHECK(covered("chr1 75000 C T") == std::vector<bool>{false, false, false});
  CHECK(covered("chr1 125101 C T") == std::vector<bool>{true, true, false});
  CHECK(covered("chr1 125102 C T") == std::vector<bool>{false, false, false});
  CHECK(covered("chr2 50 C T") == std::vector<bool>{false, false, true});
  CHECK(covered("chr3 100001 C T") == std::vector<bool>{false, false, false});
}
