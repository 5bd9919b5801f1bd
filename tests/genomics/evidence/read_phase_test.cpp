// Phase sets against trying everything, and where they must end.
#include "genomics/evidence/read_phase.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

using namespace stardose::genomics;

namespace {

/// `01 0-1 -10`: a fragment a word, a site a letter: shows its first allele, its second, or nothing.
HetFragments fragments_of(const std::string& text, std::uint8_t quality = 30) {
  HetFragments fragments;
  fragments.begins.push_back(0);
  std::uint32_t het = 0;
  for (const char letter : text + " ") {
    if (letter == ' ') {
      if (fragments.observations.size() > fragments.begins.back()) {
        fragments.begins.push_back(fragments.observations.size());
      }
      het = 0;
      continue;
    }
    if (letter != '-') fragments.observations.push_back({het, letter == '1', quality});
    ++het;
  }
  return fragments;
}

std::string repeat(const std::string& fragment, int times) {
  std::string text;
  for (int k = 0; k < times; ++k) text += fragment + " ";
  return text;
}

/// `0,1|0 2|3`: sets by their sites: those on the first haplotype with their first allele, `|`, and with their second.
std::string phased(std::size_t hets, const HetFragments& fragments, double min_quality = 20) {
  std::string text;
  for (const PhasedHets& set : phase_hets(hets, fragments, min_quality)) {
    std::string sides[2];
    for (std::size_t k = 0; k < set.hets.size(); ++k) {
      std::string& side = sides[set.swapped[k] ? 1 : 0];
      side += (side.empty() ? "" : ",") + std::to_string(set.hets[k]);
    }
    text += (text.empty() ? "" : " ") + sides[0] + "|" + sides[1];
  }
  return text;
}

HetFragments shuffled(const HetFragments& fragments, std::mt19937& random) {
  std::vector<std::size_t> order(fragments.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::ranges::shuffle(order, random);
  HetFragments other;
  for (const std::size_t fragment : order) {
    other.begins.push_back(other.observations.size());
    for (const HetObservation& observation : fragments[fragment]) other.observations.push_back(observation);
  }
  other.begins.push_back(other.observations.size());
  return other;
}

/// Fragments over a random part of two haplotypes (true: the first haplotype has the second allele), with errors.
HetFragments simulate(const std::vector<bool>& first, int count, unsigned longest, std::mt19937& random) {
  HetFragments fragments;
  for (int k = 0; k < count; ++k) {
    fragments.begins.push_back(fragments.observations.size());
    const bool other = random() % 2 == 1;
    const std::size_t begin = random() % first.size();
    const std::size_t end = std::min<std::size_t>(first.size(), begin + 1 + random() % longest);
    for (std::size_t het = begin; het < end; ++het) {
      const bool wrong = random() % 1000 < 10;
      fragments.observations.push_back({static_cast<std::uint32_t>(het), (first[het] != other) != wrong, 20});
    }
  }
  fragments.begins.push_back(fragments.observations.size());
  return fragments;
}

}  // namespace

TEST_CASE("two sites are phased by the fragments that show both") {
  CHECK(phased(2, fragments_of(repeat("00", 3) + repeat("11", 3))) == "0,1|");
  CHECK(phased(2, fragments_of(repeat("01", 3) + repeat("10", 3))) == "0|1");
  CHECK(phased(2, fragments_of(repeat("0", 9) + repeat("-1", 9))) == "");
  CHECK(phased(2, {}) == "");
}

TEST_CASE("one fragment alone phases nothing, and neither do fragments that contradict each other") {
  CHECK(phased(2, fragments_of("00")) == "");
  CHECK(phased(2, fragments_of("00 11")) == "0,1|");
  CHECK(phased(2, fragments_of("00 11 01")) == "");
  CHECK(phased(2, fragments_of(repeat("00", 5) + repeat("01", 5))) == "");
  CHECK(phased(2, fragments_of("00 11", 5)) == "");
}

TEST_CASE("a chain of fragments phases sites that no fragment shows together, until a weak link") {
  CHECK(phased(3, fragments_of(repeat("00-", 4) + repeat("-01", 4))) == "0,1|2");
  CHECK(phased(4, fragments_of(repeat("00--", 4) + "-01- " + repeat("--01", 4))) == "0,1| 2|3");
  CHECK(phased(4, fragments_of(repeat("0-1-", 4) + repeat("-0-0", 4))) == "0|2 1,3|");
}

TEST_CASE("a site that fits nowhere leaves the others phased") {
  const std::string sure = repeat("0-0", 6) + repeat("1-1", 6);
  CHECK(phased(3, fragments_of(sure + "000 010 101 111")) == "0,2|");
}

TEST_CASE("how sure a set is grows with its fragments") {
  const auto quality = [](int times) { return phase_hets(2, fragments_of(repeat("00", times)), 20).front().quality; };
  CHECK(quality(2) > 30);
  CHECK(quality(2) < 35);
  CHECK(quality(4) == doctest::Approx(2 * quality(2)));
}

TEST_CASE("long fragments phase many sites as they were planted, whatever their order") {
  std::mt19937 random{7};
  for (int round = 0; round < 20; ++round) {
    std::vector<bool> first(40);
    for (std::size_t het = 0; het < first.size(); ++het) first[het] = random() % 2 == 1;
    const HetFragments fragments = simulate(first, 200, 12, random);
    const auto sets = phase_hets(first.size(), fragments, 20);
    std::size_t in_sets = 0;
    for (const PhasedHets& set : sets) {
      in_sets += set.hets.size();
      CHECK(set.quality >= 20);
      for (std::size_t k = 0; k < set.hets.size(); ++k) {
        CHECK(set.swapped[k] == (first[set.hets[k]] != first[set.hets.front()]));
      }
    }
    CHECK(in_sets >= 36);
    CHECK(phased(40, shuffled(fragments, random)) == phased(40, fragments));
  }
}

TEST_CASE("what is called sure is seldom wrong, however bad the fragments") {
  std::mt19937 random{8};
  int sets = 0;
  int wrong = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<bool> first(6);
    for (std::size_t het = 0; het < first.size(); ++het) first[het] = random() % 2 == 1;
    for (const PhasedHets& set : phase_hets(6, simulate(first, 12, 3, random), 20)) {
      ++sets;
      bool right = true;
      for (std::size_t k = 0; k < set.hets.size(); ++k) {
        right = right && set.swapped[k] == (first[set.hets[k]] != first[set.hets.front()]);
      }
      if (!right) ++wrong;
    }
  }
  CHECK(sets > 300);
  CHECK(wrong * 100 <= sets);  // Phred 20
}
