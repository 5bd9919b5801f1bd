// What a definition's text means at a site.
#include "pharmaco/knowledge/definition.h"

#include <doctest/doctest.h>

using namespace stardose;

TEST_CASE("an allele's text is that allele, reference or alternative") {
  const genomics::Site site{"chr1", 100, "CAT", {"C", "CATAT"}, "", false};
  CHECK(pharmaco::allowed_alleles(site, "CAT") == 1);
  CHECK(pharmaco::allowed_alleles(site, "C") == 2);
  CHECK(pharmaco::allowed_alleles(site, "CATAT") == 4);
  CHECK(pharmaco::allowed_alleles(site, "CA") == 0);
  CHECK(pharmaco::allowed_alleles(site, "") == 0);
}

TEST_CASE("a letter for several bases is those of them that the site has") {
  const genomics::Site site{"chr1", 100, "A", {"G", "T"}, "", false};
  CHECK(pharmaco::allowed_alleles(site, "R") == 3);
  CHECK(pharmaco::allowed_alleles(site, "W") == 5);
  CHECK(pharmaco::allowed_alleles(site, "K") == 6);
  CHECK(pharmaco::allowed_alleles(site, "N") == 7);
  CHECK(pharmaco::allowed_alleles(site, "M") == 1);
  CHECK(pharmaco::allowed_alleles(site, "C") == 0);
  CHECK(pharmaco::allowed_alleles(site, "r") == 0);
}
