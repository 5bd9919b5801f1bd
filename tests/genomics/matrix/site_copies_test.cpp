// Copies of documented alternatives as text.
#include "genomics/matrix/site_copies.h"

#include <doctest/doctest.h>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

std::string copies(const SiteIndex& sites, const VcfBuilder& vcf, SiteAlternative alternative,
                   bool absent_is_reference = false) {
  const TempFolder folder;
  const Cohort cohort = stardose::test::read(sites, vcf.write_plain(folder / "a.vcf"));
  std::string line;
  append_copies(cohort.genotypes, alternative, absent_is_reference, 0, line);
  return line;
}

std::vector<std::string> names(const SiteIndex& sites) {
  std::vector<std::string> names;
  for (const SiteAlternative& alternative : alternatives_in_order(sites)) {
    const Site& at = sites.site(alternative.site);
    names.push_back(to_string(at) + at.ref + ">" + at.alts[alternative.code - 1U]);
  }
  return names;
}

}  // namespace

TEST_CASE("an alternative is counted, and what is not known is NA, never 0") {
  const SiteIndex sites{{site("chr1", 101, "A", {"G", "T"})}};
  const VcfBuilder vcf = VcfBuilder{}
                             .samples({"A", "B", "C", "D", "E", "F", "G", "H", "I"})
                             .record("chr1 101 A G,T", "0/0 0/1 1|1 1/2 1 ./. ./1 0/1/1 2|2");
  CHECK(copies(sites, vcf, {0, 1}) == "\t0\t1\t2\t1\t1\tNA\tNA\tNA\t0");
  CHECK(copies(sites, vcf, {0, 2}) == "\t0\t0\t0\t1\t0\tNA\tNA\tNA\t2");
}

TEST_CASE("a sample with a variant that the site does not list has no copy of one that it lists") {
  const SiteIndex sites{{site("chr1", 101, "A", {"G"})}};
  CHECK(copies(sites, VcfBuilder{}.record("chr1 101 A C", "0/1"), {0, 1}) == "\t0");
}

TEST_CASE("a site in no record is NA unless the absent is reference") {
  const SiteIndex sites{{site("chr1", 101, "A", {"G"}), site("chr1", 201, "A", {"G"})}};
  const VcfBuilder vcf = VcfBuilder{}.samples({"A", "B"}).record("chr1 101 A G", "0/1 ./.");
  CHECK(copies(sites, vcf, {1, 1}) == "\tNA\tNA");
  CHECK(copies(sites, vcf, {1, 1}, true) == "\t0\t0");
  CHECK(copies(sites, vcf, {0, 1}, true) == "\t1\tNA");
}

TEST_CASE("alternatives come in genome order, each variant once, none of a loose site") {
  Site loose = site("chr1", 50, "A", {"G"});
  loose.loose = true;
  const SiteIndex sites{{site("chrX", 5, "A", {"C"}), site("chr10", 7, "AC", {"GT"}), site("chr2", 9, "A", {"T", "C"}),
                         site("chrM", 3, "G", {"A"}), site("chr2", 9, "A", {"C", "G"}), loose}};
  CHECK(names(sites) ==
        std::vector<std::string>{"chr2:9A>C", "chr2:9A>G", "chr2:9A>T", "chr10:7AC>GT", "chrX:5A>C", "chrM:3G>A"});
}
