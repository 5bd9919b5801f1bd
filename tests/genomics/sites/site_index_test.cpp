// Finding sites by position.
#include "genomics/sites/site_index.h"

#include <doctest/doctest.h>

#include <random>

#include "tests/builders/cohort.h"

using namespace stardose::genomics;
using stardose::test::site;
using Numbers = std::vector<std::size_t>;

TEST_CASE("a substitution is near what overlaps it and nothing else") {
  const SiteIndex index{{site("chr1", 101, "A", {"G"})}};
  CHECK(index.near("chr1", 100, 101) == Numbers{0});
  CHECK(index.near("chr1", 90, 101) == Numbers{0});
  CHECK(index.near("chr1", 99, 100).empty());
  CHECK(index.near("chr1", 101, 102).empty());
  CHECK(index.near("chr2", 100, 101).empty());
}

TEST_CASE("an indel is near what may be its shifted spelling, to the right only") {
  const SiteIndex index{{site("chr1", 101, "CAT", {"C"})}};
  CHECK(index.near("chr1", 103 + SiteIndex::shift_reach - 1, 400) == Numbers{0});
  CHECK(index.near("chr1", 103 + SiteIndex::shift_reach, 400).empty());
  CHECK(index.near("chr1", 99, 100).empty());
  CHECK(index.has_indel(0));
}

TEST_CASE("an indel without a base that holds it may lie further left") {
  const SiteIndex index{{site("chr1", 501, "T", {"TACGT"}), site("chr1", 1501, "T", {"TACGA"}),
                         site("chr1", 2501, "TCT", {"T"}), site("chr1", 3501, "AGG", {"A", "AGGGG"})}};
  CHECK(index.may_move_left(0));
  CHECK_FALSE(index.may_move_left(1));
  CHECK(index.may_move_left(2));
  CHECK_FALSE(index.may_move_left(3));
  CHECK(index.near("chr1", 310, 311) == Numbers{0});
  CHECK(index.near("chr1", 1310, 1311).empty());
}

TEST_CASE("sites keep their numbers whatever their order, and are found by position") {
  const SiteIndex index{{site("chr2", 500, "A", {"G"}), site("chr1", 300, "A", {"G"}), site("chr1", 200, "A", {"G"})}};
  CHECK(index.near("chr1", 0, 1000) == Numbers{2, 1});
  CHECK(index.site(0).contig == "chr2");
  CHECK(index.size() == 3);
}

TEST_CASE("near finds what looking at every site finds") {
  std::mt19937 random{3};
  for (int round = 0; round < 200; ++round) {
    std::vector<Site> sites;
    for (int k = 0; k < 20; ++k) {
      const int position = 1 + static_cast<int>(random() % 3000);
      const bool indel = random() % 2 == 0;
      sites.push_back(site("chr1", position, indel ? std::string(2 + random() % 60, 'A') : "A", {indel ? "A" : "G"}));
    }
    const SiteIndex index{sites};
    for (int k = 0; k < 20; ++k) {
      const auto start = static_cast<std::int64_t>(random() % 3500);
      const auto end = start + 1 + static_cast<std::int64_t>(random() % 100);
      Numbers expected;
      for (std::size_t s = 0; s < sites.size(); ++s) {
        const std::int64_t reach = sites[s].end() + (index.has_indel(s) ? SiteIndex::shift_reach : 0);
        const std::int64_t left = sites[s].position - (index.may_move_left(s) ? SiteIndex::shift_reach : 0);
        if (left < end && start < reach) expected.push_back(s);
      }
      Numbers found = index.near("chr1", start, end);
      std::sort(found.begin(), found.end());
      REQUIRE(found == expected);
    }
  }
}

TEST_CASE("wanted stretches are disjoint and joined across the gap") {
  const SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr1", 111, "A", {"G"}), site("chr1", 201, "A", {"G"})}};
  const auto apart = index.wanted("chr1", 0);
  REQUIRE(apart.size() == 3);
  CHECK(apart[0].start == 100);
  CHECK(apart[0].end == 101);
  const auto joined = index.wanted("chr1", 9);
  REQUIRE(joined.size() == 2);
  CHECK(joined[0].end == 111);
  CHECK(joined[1].start == 200);
  CHECK(index.wanted("chr1", 100).size() == 1);
  CHECK(index.wanted("chr9", 100).empty());
}

TEST_CASE("a wanted stretch ends with its longest site, not with its last") {
  const SiteIndex index{{site("chr1", 101, "CAT", {"C"}), site("chr1", 111, "A", {"G"})}};
  const auto wanted = index.wanted("chr1", 0);
  REQUIRE(wanted.size() == 1);
  CHECK(wanted[0].end == 103 + SiteIndex::shift_reach);
}

TEST_CASE("a site that replaces several bases has a hidden site for each of them") {
  const SiteIndex index{{site("chr1", 101, "TCA", {"CCT", "GCA"}), site("chr1", 201, "A", {"G"})}};
  CHECK(index.size() == 2);
  CHECK(index.total() == 5);
  REQUIRE(index.components(0).size() == 3);
  CHECK(index.components(1).empty());
  const Site& first = index.site(index.components(0)[0]);
  CHECK(first.position == 100);
  CHECK(first.ref == "T");
  CHECK(first.alts == std::vector<std::string>{"C", "G"});
  CHECK(index.site(index.components(0)[1]).alts.empty());
  CHECK(index.site(index.components(0)[2]).alts == std::vector<std::string>{"T"});
}

TEST_CASE("only a loose site's place may come out of order") {
  Site loose = site("chr1", 101, "A", {"G"});
  loose.loose = true;
  const SiteIndex index{{loose, site("chr1", 201, "A", {"G"})}};
  CHECK(index.has_loose_site("chr1", 100));
  CHECK_FALSE(index.has_loose_site("chr1", 101));
  CHECK_FALSE(index.has_loose_site("chr1", 200));
}
