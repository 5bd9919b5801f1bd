// Eigen's products of matrices.
#include <doctest/doctest.h>

#include <Eigen/Core>

TEST_CASE("large products are cut, and so added up, alike on every processor: its caches are not asked for") {
  CHECK(Eigen::l1CacheSize() == 32 * 1024);
  CHECK(Eigen::l2CacheSize() == 256 * 1024);
  CHECK(Eigen::l3CacheSize() == 2 * 1024 * 1024);
}
