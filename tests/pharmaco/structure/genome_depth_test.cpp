// The scale by other genes.
#include "pharmaco/structure/genome_depth.h"

#include <doctest/doctest.h>

using namespace stardose::pharmaco;

TEST_CASE("scale by genes: half the middle depth, and how far genes lie apart") {
  std::vector<double> depths = {28, 29, 30, 30, 31, 32, 27, 33, 30, 30, 26, 34};
  const auto scale = scale_by_genes(depths);
  REQUIRE(scale);
  CHECK(scale->depth_per_copy == doctest::Approx(15));
  CHECK(scale->relative_sd == doctest::Approx(1.4826 * 2 / 30));
}

TEST_CASE("scale by genes: a gene without reads or with far too many moves nothing") {
  std::vector<double> depths(12, 30);
  depths[0] = 0;
  depths[1] = 5000;
  const auto scale = scale_by_genes(depths);
  REQUIRE(scale);
  CHECK(scale->depth_per_copy == doctest::Approx(15));
  CHECK(scale->relative_sd == doctest::Approx(0.05));
}

TEST_CASE("scale by genes: a slice has none") {
  CHECK_FALSE(scale_by_genes(std::vector<double>(11, 30)));
  std::vector<double> mostly_empty(20, 0);
  mostly_empty[0] = mostly_empty[1] = 30;
  CHECK_FALSE(scale_by_genes(mostly_empty));
}
