// Numbers in batches.
#include "pipeline/sources/batch_source.h"

#include <doctest/doctest.h>

#include <initializer_list>

using stardose::pipeline::Batch;
using stardose::pipeline::BatchSource;

TEST_CASE("batches cover every number once, in order, and none is empty or too large") {
  for (const std::size_t total : {0U, 1U, 7U, 8U, 9U, 100U}) {
    for (const std::size_t size : {1U, 3U, 8U, 1000U}) {
      BatchSource source{total, size};
      std::size_t at = 0;
      while (const auto batch = source.next()) {
        CHECK(batch->begin == at);
        CHECK(batch->end > batch->begin);
        CHECK(batch->end - batch->begin <= size);
        at = batch->end;
        REQUIRE(at <= total);
      }
      CHECK(at == total);
      CHECK_FALSE(source.next().has_value());
    }
  }
}
