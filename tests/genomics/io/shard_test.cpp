// What is read of a file, and how it is dealt out.
#include "genomics/io/shard.h"

#include <doctest/doctest.h>

#include <string>

using namespace stardose::genomics;

namespace {

constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t file_size = 10'000 * kib;

/// A span between two bytes at which blocks begin.
Span span(std::uint64_t begin, std::uint64_t end) { return {begin << 16U, end << 16U, false}; }

std::uint64_t byte_of(std::uint64_t offset) { return offset >> 16U; }

/// `0-500 500+-1000`: spans in KiB, a `+` where one was cut; shards apart by a bar.
std::string shown(const std::vector<Shard>& shards) {
  std::string text;
  for (const Shard& shard : shards) {
    if (!text.empty()) text += "| ";
    for (const Span& part : shard.spans) {
      const std::uint64_t end = part.end == Span::to_end ? file_size : part.end >> 16U;
      text += std::to_string((part.begin >> 16U) / kib) + (part.is_cut ? "+" : "") + "-" + std::to_string(end / kib);
      text += " ";
    }
  }
  return text;
}

std::optional<std::uint64_t> right_there(std::uint64_t byte) { return byte << 16U; }
std::optional<std::uint64_t> nowhere(std::uint64_t /*byte*/) { return std::nullopt; }

}  // namespace

TEST_CASE("spans that touch, overlap or are near each other are one") {
  const auto joined = join_spans({span(500 * kib, 600 * kib), span(0, 100 * kib), span(50 * kib, 120 * kib),
                                  span(130 * kib, 140 * kib), span(7, 7), span(590 * kib, 595 * kib)});
  REQUIRE(joined.size() == 2);
  CHECK(joined[0].begin == 0);
  CHECK(byte_of(joined[0].end) == 140 * kib);
  CHECK(byte_of(joined[1].begin) == 500 * kib);
  CHECK(byte_of(joined[1].end) == 600 * kib);
}

TEST_CASE("a few jumps pay, many and wide ones do not") {
  const Span all{1 << 16U, Span::to_end, false};
  CHECK(jumping_pays({span(100 * kib, 200 * kib), span(5000 * kib, 5100 * kib)}, all, file_size));
  std::vector<Span> sparse;
  for (std::uint64_t k = 0; k < 700; ++k) sparse.push_back(span(k * 14 * kib, k * 14 * kib + kib));
  CHECK_FALSE(jumping_pays(sparse, all, file_size));
  CHECK(jumping_pays({}, all, file_size));
}

TEST_CASE("a file is cut into shards of one size") {
  const std::vector<Span> all{{0, Span::to_end, false}};
  CHECK(shown(deal_out(all, file_size, {4, kib}, right_there)) == "0-2500 | 2500+-5000 | 5000+-7500 | 7500+-10000 ");
  CHECK(shown(deal_out(all, file_size, {1, kib}, right_there)) == "0-10000 ");
  CHECK(shown(deal_out(all, file_size, {0, 0}, right_there)) == "0-10000 ");
}

TEST_CASE("shards do not get smaller than is worth it, and not cut where no record begins") {
  const std::vector<Span> all{{0, Span::to_end, false}};
  CHECK(shown(deal_out(all, file_size, {100, 5000 * kib}, right_there)) == "0-5000 | 5000+-10000 ");
  CHECK(shown(deal_out(all, file_size, {4, kib}, nowhere)) == "0-10000 ");
  const auto beyond = [](std::uint64_t) { return std::optional{file_size << 17U}; };
  CHECK(shown(deal_out({span(0, 10'000 * kib)}, file_size, {4, kib}, beyond)) == "0-10000 ");
}

TEST_CASE("places that an index names are dealt out by size, and cut where one is large") {
  const std::vector<Span> places{span(0, 1000 * kib), span(2000 * kib, 2100 * kib), span(3000 * kib, 3900 * kib),
                                 span(5000 * kib, 7000 * kib)};
  CHECK(shown(deal_out(places, file_size, {2, kib}, right_there)) == "0-1000 2000-2100 3000-3900 | 5000-7000 ");
  CHECK(shown(deal_out(places, file_size, {4, kib}, right_there)) ==
        "0-1000 | 2000-2100 3000-3900 | 5000-6000 | 6000+-7000 ");
  CHECK(shown(deal_out({}, file_size, {4, kib}, right_there)).empty());
}
