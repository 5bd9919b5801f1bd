// Trimming, left-aligning and recognising shifted indels.
#include "genomics/basics/edit.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

using namespace stardose::genomics;

namespace {

BaseAt bases_of(const std::string& sequence) {
  return [sequence](std::int64_t at) {
    return at < 0 || at >= static_cast<std::int64_t>(sequence.size()) ? 'N' : sequence[static_cast<std::size_t>(at)];
  };
}

std::string edited(const std::string& sequence, const Edit& edit) {
  return sequence.substr(0, static_cast<std::size_t>(edit.start)) + edit.inserted +
         sequence.substr(static_cast<std::size_t>(edit.end()));
}

}  // namespace

TEST_CASE("trimming leaves a single substituted base where it stands") {
  CHECK(trim(9, "A", "G") == Edit{9, "A", "G"});
  CHECK(trim(9, "CAT", "CGT") == Edit{10, "A", "G"});
  CHECK(trim(9, "CATT", "GATT") == Edit{9, "C", "G"});
}

TEST_CASE("trimming takes common last bases before common first ones") {
  CHECK(trim(9, "CAT", "C") == Edit{10, "AT", ""});
  CHECK(trim(9, "C", "CAT") == Edit{10, "", "AT"});
  CHECK(trim(9, "CATAT", "CAT") == Edit{10, "AT", ""});
  CHECK(trim(9, "CAA", "CA") == Edit{10, "A", ""});
}

TEST_CASE("equal alleles trim to no change") {
  const Edit none = trim(9, "CAT", "CAT");
  CHECK(none.removed.empty());
  CHECK(none.inserted.empty());
  CHECK_FALSE(none.is_indel());
}

TEST_CASE("trimming keeps both sides of a complex change") {
  CHECK(trim(9, "CATG", "CGG") == Edit{10, "AT", "G"});
  CHECK(trim(9, "TC", "CT") == Edit{9, "TC", "CT"});
}

TEST_CASE("an indel in a homopolymer moves to its first base") {
  const BaseAt base_at = bases_of("GCAAAAAT");
  CHECK(left_align({6, "A", ""}, base_at) == Edit{2, "A", ""});
  CHECK(left_align({7, "", "A"}, base_at) == Edit{2, "", "A"});
  CHECK(left_align({5, "AA", ""}, base_at) == Edit{2, "AA", ""});
}

TEST_CASE("an indel in a dinucleotide repeat moves to its start and turns its bases") {
  const BaseAt base_at = bases_of("GCATATATG");
  CHECK(left_align({6, "AT", ""}, base_at) == Edit{2, "AT", ""});
  CHECK(left_align({5, "TA", ""}, base_at) == Edit{2, "AT", ""});
  CHECK(left_align({7, "", "TA"}, base_at) == Edit{2, "", "AT"});
}

TEST_CASE("left-aligning stops at the contig's start and at unknown bases") {
  CHECK(left_align({3, "A", ""}, bases_of("AAAAAA")) == Edit{0, "A", ""});
  CHECK(left_align({5, "A", ""}, bases_of("ANAAAA")) == Edit{2, "A", ""});
  CHECK(left_align({2, "N", ""}, bases_of("NNNN")) == Edit{2, "N", ""});
}

TEST_CASE("substitutions and complex changes do not move") {
  const BaseAt base_at = bases_of("AAAAAAAA");
  CHECK(left_align({5, "A", "G"}, base_at) == Edit{5, "A", "G"});
  CHECK(left_align({4, "AA", "G"}, base_at) == Edit{4, "AA", "G"});
}

TEST_CASE("left-aligning keeps the sequence and makes equal variants equal") {
  std::mt19937 random{7};
  for (int round = 0; round < 2000; ++round) {
    std::string sequence;
    for (int k = 0; k < 30; ++k) sequence += "AC"[random() % 2];
    const auto start = static_cast<std::int64_t>(random() % 24);
    const std::size_t size = 1 + random() % 4;
    const bool insertion = random() % 2 == 0;
    Edit edit{start, sequence.substr(static_cast<std::size_t>(start), size), ""};
    if (insertion) std::swap(edit.removed, edit.inserted);
    const Edit aligned = left_align(edit, bases_of(sequence));
    REQUIRE(edited(sequence, aligned) == edited(sequence, edit));
    // No spelling further left gives the same sequence.
    for (std::int64_t left = 0; left < aligned.start; ++left) {
      Edit other{left, insertion ? "" : sequence.substr(static_cast<std::size_t>(left), size), ""};
      if (insertion) other.inserted = edited(sequence, edit).substr(static_cast<std::size_t>(left), size);
      REQUIRE(edited(sequence, other) != edited(sequence, edit));
    }
  }
}

TEST_CASE("indels may be shifted spellings only with the same bases, turned, within reach") {
  const Edit site{100, "AT", ""};
  CHECK(may_be_shifted({104, "AT", ""}, site, 10));
  CHECK(may_be_shifted({103, "TA", ""}, site, 10));
  CHECK(may_be_shifted({110, "AT", ""}, site, 10));
  CHECK_FALSE(may_be_shifted({111, "AT", ""}, site, 10));
  CHECK_FALSE(may_be_shifted({104, "AA", ""}, site, 10));
  CHECK_FALSE(may_be_shifted({104, "ATAT", ""}, site, 10));
  CHECK_FALSE(may_be_shifted({104, "", "AT"}, site, 10));
  CHECK_FALSE(may_be_shifted({100, "A", "G"}, site, 10));
}
