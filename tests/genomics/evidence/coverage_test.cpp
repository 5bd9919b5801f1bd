// Figures of sites and of ranges.
#include "genomics/evidence/coverage.h"

#include <doctest/doctest.h>

#include <vector>

using namespace stardose::genomics;

TEST_CASE("a site is callable when enough fragments say something") {
  const SiteCoverage site = coverage_of({.all = 12, .usable = 10, .mapping_quality = 600}, 10, 10);
  CHECK(site.depth == 12);
  CHECK(site.usable == 10);
  CHECK(site.mapping_quality == doctest::Approx(50));
  CHECK(site.is_callable());
  CHECK_FALSE(coverage_of({.all = 12, .usable = 9}, 9, 10).is_callable());
}

TEST_CASE("a site without reads, or without a place, is not callable, whatever is asked") {
  CHECK_FALSE(coverage_of({}, 0, 10).is_callable());
  CHECK_FALSE(coverage_of({}, 0, 0).is_callable());
  CHECK_FALSE(SiteCoverage{}.is_callable());
  CHECK(coverage_of({}, 0, 10).mapping_quality == 0);
}

TEST_CASE("a range counts its sites, those without a place as not callable") {
  const std::vector<SiteCoverage> sites = {coverage_of({.all = 30, .mapping_quality = 1800}, 28, 10),
                                           coverage_of({.all = 10, .mapping_quality = 0}, 0, 10), SiteCoverage{},
                                           coverage_of({.all = 20, .mapping_quality = 1200}, 20, 10)};
  const RangeCoverage range = coverage_of(sites);
  CHECK(range.sites == 4);
  CHECK(range.asked == 3);
  CHECK(range.callable == 2);
  CHECK(range.callable_fraction() == doctest::Approx(0.5));
  CHECK(range.least_usable == 0);
  CHECK(range.mean_usable == doctest::Approx(16));
  CHECK(range.mean_depth == doctest::Approx(20));
  CHECK(range.mapping_quality == doctest::Approx(50));
  CHECK(coverage_of(std::span{sites}.first(1)).least_usable == 28);
}

TEST_CASE("nothing is covered of no sites") {
  CHECK(coverage_of(std::vector<SiteCoverage>{}).callable_fraction() == 0);
  CHECK(coverage_of(std::vector<SiteCoverage>(2)).least_usable == 0);
}
