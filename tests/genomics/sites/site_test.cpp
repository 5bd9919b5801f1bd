// Alleles of a site as codes and as bases.
#include "genomics/sites/site.h"

#include <doctest/doctest.h>

#include "genomics/basics/site_genotype.h"

using namespace stardose::genomics;

namespace {

const Site two_alts{"chr1", 99, "C", {"A", "T"}, "", false};
const Site one_alt{"chr1", 99, "G", {"C"}, "", false};
const Site indel{"chr1", 99, "CAT", {"C", "CATAT"}, "", false};

}  // namespace

TEST_CASE("each base of a one-base site has a code of its own, and comes back from it") {
  for (const Site& site : {two_alts, one_alt}) {
    for (const char base : std::string{"ACGT"}) CHECK(bases_of(site, code_of_base(site, base)) == std::string{base});
  }
  CHECK(code_of_base(two_alts, 'C') == 0);
  CHECK(code_of_base(two_alts, 'T') == 2);
  CHECK(code_of_base(two_alts, 'G') == allele_code::other_base);
  CHECK(code_of_base(one_alt, 'A') == allele_code::other_base);
  CHECK(code_of_base(one_alt, 'T') == allele_code::other_base + 1);
  CHECK(code_of_base(one_alt, 'N') == allele_code::other);
}

TEST_CASE("a base that the site does not list is undocumented, a listed one is not") {
  CHECK(allele_code::is_other(code_of_base(one_alt, 'T')));
  CHECK(allele_code::is_other(allele_code::other));
  CHECK_FALSE(allele_code::is_other(code_of_base(one_alt, 'C')));
  CHECK_FALSE(allele_code::is_other(allele_code::missing));
  CHECK_FALSE(allele_code::is_other(allele_code::no_copy));
  CHECK(SiteGenotype{0, allele_code::other_base, false}.has_other());
}

TEST_CASE("of a longer site only the listed alleles are known by their bases") {
  CHECK(is_single_base(two_alts));
  CHECK_FALSE(is_single_base(indel));
  CHECK(bases_of(indel, 0) == "CAT");
  CHECK(bases_of(indel, 2) == "CATAT");
  CHECK(bases_of(indel, allele_code::other).empty());
  CHECK(bases_of(two_alts, allele_code::missing).empty());
}
