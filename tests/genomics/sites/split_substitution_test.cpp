// Sites that replace several bases, as records write them: whole, padded, and base by base.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

/// The genotype at site chr1:101 TC>CT,GG when the file has these records (`place`, `genotypes`).
std::string told(const std::vector<std::pair<std::string, std::string>>& records, bool assume_reference = false) {
  const TempFolder folder;
  VcfBuilder vcf;
  for (const auto& [place, genotypes] : records) vcf.record("chr1 " + place, genotypes);
  const SiteIndex sites{{site("chr1", 101, "TC", {"CT", "GG"})}};
  return stardose::test::row(
      stardose::test::read_with(sites, {.files = {vcf.write_plain(folder / "a.vcf")}}, assume_reference), 0);
}

}  // namespace

TEST_CASE("a whole or padded record of several bases is the site's") {
  CHECK(told({{"101 TC CT", "0/1"}}) == "0/1");
  CHECK(told({{"100 ATCG ACTG,AGGG", "1|2"}}) == "1|2");
  CHECK(told({{"101 TC CC", "0/1"}}) == "0/o");
}

TEST_CASE("base by base, phased substitutions join") {
  CHECK(told({{"101 T C", "0|1"}, {"102 C T", "0|1"}}) == "0|1");
  CHECK(told({{"101 T C,G", "1|2"}, {"102 C T,G", "1|2"}}) == "1|2");
  CHECK(told({{"101 T C", "0|1"}, {"102 C T", "1|0"}}) == "o|o");
  CHECK(told({{"101 T C", "1/1"}, {"102 C T", "1/1"}}) == "1|1");
  CHECK(told({{"101 T C", "1"}, {"102 C T", "1"}}) == "1");
}

TEST_CASE("one heterozygous base needs no phase, two do") {
  CHECK(told({{"101 T C", "0/1"}, {"102 C T", "1/1"}}) == "o/1");
  CHECK(told({{"101 T C", "0/1"}, {"102 C T", "0/0"}}) == "0/o");
  CHECK(told({{"101 T C", "0/1"}, {"102 C T", "0/1"}}) == "needs_phase");
}

TEST_CASE("bases of different phase sets are not phased to each other") {
  CHECK(told({{"101 T C", "0|1:5"}, {"102 C T", "0|1:6"}}) == "needs_phase");
  CHECK(told({{"101 T C", "0|1:5"}, {"102 C T", "0|1"}}) == "needs_phase");
}

TEST_CASE("the joined genotype keeps the phase set of its bases") {
  CHECK(told({{"101 T C", "0|1:5"}, {"102 C T", "0|1:5"}}) == "0|1@5");
  CHECK(told({{"101 T C", "0|1:5"}, {"102 C T", "1|1:8"}}) == "o|1@5");
}

TEST_CASE("a base in no record leaves the site uncovered, or is reference if the user said so") {
  CHECK(told({{"101 T C", "1/1"}}) == ".");
  CHECK(told({{"101 T C", "1/1"}}, true) == "o|o");
  CHECK(told({{"101 T C", "1"}}, true) == "o");
  CHECK(told({{"101 T C", "0/1"}}, true) == "0/o");
}

TEST_CASE("a base without a genotype makes the whole site unknown, never reference") {
  for (const bool assume_reference : {false, true}) {
    CHECK(told({{"101 T C", "./."}, {"102 C T", "1/1"}}, assume_reference) == "./.");
    CHECK(told({{"101 T C", "1/."}, {"102 C T", "1/1"}}, assume_reference) == "./.");
    CHECK(told({{"101 T *", "0/1"}, {"102 C T", "1/1"}}, assume_reference) == "o/o");
    CHECK(told({{"101 T C", "1"}, {"102 C T", "1/1"}}, assume_reference) == "conflict");
  }
}

TEST_CASE("a joined record of several bases tells a substitution at one of them") {
  const TempFolder folder;
  const SiteIndex sites{{site("chr1", 101, "T", {"C"}), site("chr1", 102, "C", {"T"})}};
  const std::string path = VcfBuilder{}.record("chr1 101 TC CT,CC", "1|2").write_plain(folder / "a.vcf");
  const auto cohort = stardose::test::read(sites, path);
  CHECK(stardose::test::row(cohort, 0) == "1|1");
  CHECK(stardose::test::row(cohort, 1) == "1|0");
}
