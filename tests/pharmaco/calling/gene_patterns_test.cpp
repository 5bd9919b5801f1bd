// Grouping samples by what they show.
#include "pharmaco/calling/gene_patterns.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "tests/builders/cohort.h"

using namespace stardose::pharmaco;
namespace genomics = stardose::genomics;
using genomics::RecordGenotype;
using stardose::test::site;

namespace {

/// A table of four sites in which samples draw from a few genotypes; the third site is in no record.
genomics::GenotypeTable random_table(const genomics::SiteIndex& index, std::size_t samples, unsigned seed, bool sets) {
  std::mt19937 random{seed};
  genomics::GenotypeTable table{index, samples};
  for (const std::size_t number : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
    std::vector<RecordGenotype> genotypes;
    std::vector<std::int32_t> phase_sets;
    for (std::size_t k = 0; k < samples; ++k) {
      genotypes.push_back(
          {static_cast<std::int16_t>(random() % 2), static_cast<std::int16_t>(random() % 2), true, false});
      if (sets) phase_sets.push_back(static_cast<std::int32_t>(random() % 3));
    }
    table.add({number, true, true, {0, 1}}, genotypes, phase_sets);
  }
  table.finish(false);
  return table;
}

}  // namespace

TEST_CASE("every sample's pattern is what the table shows, and no pattern is there twice") {
  const genomics::SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr1", 201, "A", {"G"}),
                                   site("chr1", 301, "A", {"G"}), site("chr1", 401, "A", {"G"})}};
  for (const bool sets : {false, true}) {
    const auto table = random_table(index, 500, 11, sets);
    for (const std::size_t first : {std::size_t{0}, std::size_t{1}}) {
      const GenePatterns patterns = find_patterns(table, first, 3);
      REQUIRE(patterns.of_sample.size() == 500);
      CHECK(patterns.distinct.size() < 500);
      for (std::size_t sample = 0; sample < 500; ++sample) {
        const GenePattern& pattern = patterns.distinct[patterns.of_sample[sample]];
        REQUIRE(pattern.genotypes.size() == 3);
        CHECK(pattern.phase_sets.size() == (sets ? 3U : 0U));
        for (std::size_t k = 0; k < 3; ++k) {
          REQUIRE(pattern.genotypes[k] == table.at(first + k, sample));
          const auto row = table.phase_sets(first + k);
          if (sets) REQUIRE(pattern.phase_sets[k] == (row.empty() ? 0 : row[sample]));
        }
      }
      for (std::size_t a = 0; a < patterns.distinct.size(); ++a) {
        for (std::size_t b = a + 1; b < patterns.distinct.size(); ++b) {
          REQUIRE_FALSE(patterns.distinct[a] == patterns.distinct[b]);
        }
      }
    }
  }
}

TEST_CASE("a gene in no record has one pattern, all of it not covered") {
  const genomics::SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr1", 201, "A", {"G"})}};
  const genomics::GenotypeTable table{index, 3};
  const GenePatterns patterns = find_patterns(table, 0, 2);
  REQUIRE(patterns.distinct.size() == 1);
  CHECK(patterns.of_sample == std::vector<std::uint32_t>{0, 0, 0});
  CHECK(patterns.distinct.front().genotypes.front() == genomics::SiteGenotype{genomics::Missing::not_covered});
}

TEST_CASE("a gene without sites has one empty pattern") {
  const genomics::SiteIndex index{{site("chr1", 101, "A", {"G"})}};
  const genomics::GenotypeTable table{index, 2};
  const GenePatterns patterns = find_patterns(table, 1, 0);
  REQUIRE(patterns.distinct.size() == 1);
  CHECK(patterns.distinct.front().genotypes.empty());
}
