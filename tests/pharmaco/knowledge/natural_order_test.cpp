// The order of names.
#include "pharmaco/knowledge/natural_order.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using stardose::pharmaco::natural_less;
using Names = std::vector<std::string>;

TEST_CASE("names sort as people list them") {
  const Names sorted{"Any",    "Reference", "*1",      "*1x2",    "*2",      "*2x2",           "*2x10",
                     "*3A",    "*3B",       "*10",     "*45.001", "*45.002", "*57:01",         "*57:02",
                     "*80",    "*80+*28",   "*80+*37", "*100",    "c.46C>G", "c.1129-5923C>G", "c.1905+1G>A (*2A)",
                     "Unknown"};
  std::mt19937 random{5};
  for (int round = 0; round < 50; ++round) {
    Names shuffled = sorted;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    std::sort(shuffled.begin(), shuffled.end(), natural_less);
    CHECK(shuffled == sorted);
  }
}

TEST_CASE("numbers go before words, and any size of number compares") {
  CHECK(natural_less("a1", "ab"));
  CHECK_FALSE(natural_less("ab", "a1"));
  CHECK(natural_less("*99999999999999999999998", "*99999999999999999999999"));
  CHECK(natural_less("*9", "*99999999999999999999999"));
}

TEST_CASE("the words for everything and anything else are known in any case") {
  CHECK(natural_less("REFERENCE", "*1"));
  CHECK(natural_less("all", "*1"));
  CHECK(natural_less("zzz", "Other"));
  CHECK_FALSE(natural_less("other", "unknown name"));
}

TEST_CASE("leading zeros do not make another number") {
  CHECK_FALSE(natural_less("*01", "*1"));
  CHECK_FALSE(natural_less("*1", "*01"));
  CHECK(natural_less("*01", "*2"));
  CHECK(natural_less("", "*1"));
  CHECK_FALSE(natural_less("", ""));
}

TEST_CASE("the order is a strict weak one on random names") {
  std::mt19937 random{9};
  const Names pieces{"*", "1", "2", "10", "01", "x", "A", "+", ".", "Any", "Other"};
  Names names;
  for (int k = 0; k < 60; ++k) {
    std::string name;
    for (auto part = random() % 4; part > 0; --part) name += pieces[random() % pieces.size()];
    names.push_back(name);
  }
  const auto same = [](const std::string& a, const std::string& b) {
    return !natural_less(a, b) && !natural_less(b, a);
  };
  int broken = 0;
  for (const std::string& a : names) {
    broken += natural_less(a, a) ? 1 : 0;
    for (const std::string& b : names) {
      broken += natural_less(a, b) && natural_less(b, a) ? 1 : 0;
      for (const std::string& c : names) {
        broken += natural_less(a, b) && natural_less(b, c) && !natural_less(a, c) ? 1 : 0;
        broken += same(a, b) && same(b, c) && !same(a, c) ? 1 : 0;
      }
    }
  }
  CHECK(broken == 0);
}
