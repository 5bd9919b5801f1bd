// How studies write the truth.
#include "pharmaco/concordance/truth_text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace stardose::pharmaco;
using Texts = std::vector<std::string>;

namespace {

/// `*1/*2`, with `?` behind for one assay and `+` between the items of a list.
Texts readings(const std::string& text, const Texts& names = {}) {
  const IsName is_name = [&](std::string_view name) { return std::ranges::find(names, name) != names.end(); };
  Texts shown;
  for (const TruthCandidate& one : read_truth(text, is_name)) {
    std::string line;
    for (const std::string& haplotype : one.haplotypes)
      line += (line.empty() ? "" : one.is_list ? "+" : "/") + haplotype;
    shown.push_back(line + (one.one_assay ? "?" : ""));
  }
  return shown;
}

}  // namespace

TEST_CASE("a plain truth has one reading") {
  CHECK(readings("*1/*2") == Texts{"*1/*2"});
  CHECK(readings(" 1 / 28 ") == Texts{"1/28"});
  CHECK(readings("m.1555A>G") == Texts{"m.1555A>G"});
}

TEST_CASE("alternatives are each a reading") {
  CHECK(readings("*1/*2 or *3/*4") == Texts{"*1/*2", "*3/*4"});
  CHECK(readings("*1A/*1L,*1C/*1F") == Texts{"*1A/*1L", "*1C/*1F"});
  CHECK(readings("1/1;1/7;7/7") == Texts{"1/1", "1/7", "7/7"});
  CHECK(readings("*1/*2;*3") == Texts{"*1/*2", "*1/*3"});
}

TEST_CASE("parentheses are what one assay says") {
  CHECK(readings("*1/(*2)") == Texts{"*1/*2?"});
  CHECK(readings("(*4/*4)") == Texts{"*4/*4?"});
  CHECK(readings("(*5 )/*7") == Texts{"*5/*7?"});
  CHECK(readings("*2 (*35)/*4") == Texts{"*2/*4", "*35/*4?"});
  CHECK(readings("1(35)/17") == Texts{"1/17", "35/17?"});
  CHECK(readings("*1/*1 (*1/*17)") == Texts{"*1/*1", "*1/*17?"});
  CHECK(readings("*1/*3 (*18)") == Texts{"*1/*3", "*1/*18?"});
  CHECK(readings("1/(15,17)") == Texts{"1/15?", "1/17?"});
  CHECK(readings("*1/(*2;*10)") == Texts{"*1/*2?", "*1/*10?"});
  CHECK(readings("*1/(*68)+*4") == Texts{"*1/*68+*4?", "*1/*4"});
}

TEST_CASE("parentheses round several alleles of one strand are no doubt") {
  CHECK(readings("(*28 + *60)/*60") == Texts{"*28 + *60/*60"});
}

TEST_CASE("names that have parentheses of their own are left alone") {
  CHECK(readings("B (reference)/B (reference)", {"B (reference)"}) == Texts{"B (reference)/B (reference)"});
  CHECK(readings("Reference/c.1905+1G>A (*2A)", {"Reference", "c.1905+1G>A (*2A)"}) ==
        Texts{"Reference/c.1905+1G>A (*2A)"});
}

TEST_CASE("marks at a name's end are left out, and doubt counts as one assay") {
  CHECK(readings("5/6*") == Texts{"5/6"});
  CHECK(readings("1/36?") == Texts{"1/36?"});
}

TEST_CASE("lists of variants are lists") {
  CHECK(readings("c.85T>C het, c.1905+1G>A het") == Texts{"c.85T>C+c.1905+1G>A"});
  CHECK(readings("c.85T>C hom") == Texts{"c.85T>C+c.85T>C"});
  CHECK(readings("c.85T>C, c.557A>G / none", {"none"}) == Texts{"c.85T>C, c.557A>G/none"});
}

TEST_CASE("what states no diplotype has no reading") {
  for (const char* text : {"", "no consensus", "no consensus *1/( *?)", "*1/undefined", "?/?"}) {
    INFO(text);
    CHECK(readings(text).empty());
  }
}
