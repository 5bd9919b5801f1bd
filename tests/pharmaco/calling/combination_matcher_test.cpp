// Combinations against every way to phase, and worked out by hand.
#include "pharmaco/calling/combination_matcher.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tests/builders/calls.h"
#include "tests/builders/combination_enumerator.h"
#include "tests/builders/gene_builder.h"
#include "tests/builders/random_gene.h"

using namespace stardose::pharmaco;
using stardose::test::call_with;
using stardose::test::CombinationEnumerator;
using stardose::test::GeneBuilder;
using stardose::test::Genotypes;
using stardose::test::name_pair;
using stardose::test::RandomGene;
using stardose::test::ScoredNames;
using stardose::test::sites_of;

namespace {

ScoredNames matched(const Gene& gene, const Genotypes& genotypes) {
  const GeneSites sites = prepare_sites(gene, genotypes.sites, genotypes.phase_sets, {.for_combinations = true});
  ScoredNames pairs;
  for (const Diplotype& pair : CombinationMatcher{gene}.match(sites)) {
    const std::string second = pair.has_second() ? to_text(gene, pair.second) : "";
    const auto key =
        pair.has_second() ? name_pair(to_text(gene, pair.first), second) : std::pair{to_text(gene, pair.first), second};
    CHECK_MESSAGE(pairs.emplace(key, pair.score).second, "the matcher lists a pair twice");
  }
  return pairs;
}

std::string shown(const ScoredNames& pairs) {
  std::string text;
  for (const auto& [names, score] : pairs) {
    text += names.first + "/" + names.second + "=" + std::to_string(score) + "; ";
  }
  return text;
}

std::set<std::pair<std::string, std::string>> names_of(const ScoredNames& pairs) {
  std::set<std::pair<std::string, std::string>> names;
  for (const auto& [pair, score] : pairs) names.insert(pair);
  return names;
}

bool nothing_seen(const Genotypes& genotypes) {
  return std::ranges::all_of(genotypes.sites, [](auto g) { return g.is_missing(); });
}

/// One allele a site, as UGT1A1's.
GeneBuilder four_sites() {
  return GeneBuilder{}
      .site(100, "C", "T", ".", "g.100C>T")
      .site(200, "CAT", "C,CATAT", ".", "g.202TA[6] | g.202TA[7] | g.202TA[8]")
      .site(300, "G", "A", ".", "g.300G>A")
      .site(400, "C", "A", ".", "g.400C>A")
      .allele("*1", "reference")
      .allele("*6", "300=A")
      .allele("*28", "200=CATAT")
      .allele("*80", "100=T")
      .allele("*80+*28", "100=T 200=CATAT");
}

constexpr CallerOptions with_combinations{.find_combinations = true, .all_matches = true};

std::string called(const GeneBuilder& builder, const std::string& genotypes) {
  const Gene gene = builder.build();
  const GeneCall result = call_with(gene, genotypes, with_combinations);
  std::string text{to_string(result.status)};
  for (const Diplotype& pair : result.diplotypes) text += "; " + to_text(gene, pair) + "=" + std::to_string(pair.score);
  return text;
}

}  // namespace

TEST_CASE("combinations are those that trying every phase finds") {
  int several = 0;
  int with_leftovers = 0;
  for (unsigned seed = 1; seed <= 3000; ++seed) {
    RandomGene random{seed};
    const Gene gene = random.gene();
    for (int k = 0; k < 4; ++k) {
      Genotypes genotypes = random.sample(gene);
      if (k % 2 == 1) random.spoil(genotypes);
      if (nothing_seen(genotypes)) continue;
      const ScoredNames expected = CombinationEnumerator{gene, genotypes}.pairs();
      const ScoredNames found = matched(gene, genotypes);
      several += expected.size() > 1 ? 1 : 0;
      with_leftovers += expected.begin()->first.first.find("g.") != std::string::npos ? 1 : 0;
      REQUIRE_MESSAGE(found == expected,
                      "seed " << seed << "\nexpected " << shown(expected) << "\nfound    " << shown(found));
    }
  }
  // The comparison means something only where there is something to find.
  CHECK(several > 3000);
  CHECK(with_leftovers > 2000);
}

TEST_CASE("what phase rules out is gone, what it leaves was there without it") {
  int fewer = 0;
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    RandomGene random{seed};
    const Gene gene = random.gene();
    const Genotypes sample = random.sample(gene);
    if (nothing_seen(sample)) continue;
    Genotypes unphased = sample;
    for (auto& genotype : unphased.sites) {
      if (!genotype.is_missing()) genotype = {genotype.first(), genotype.second(), false};
    }
    const auto with = names_of(matched(gene, sample));
    const auto without = names_of(matched(gene, unphased));
    REQUIRE_MESSAGE(std::ranges::includes(without, with), "seed " << seed);
    fewer += with.size() < without.size() ? 1 : 0;
  }
  CHECK(fewer > 100);
}

TEST_CASE("the order of the sites changes nothing but the order of the parts") {
  const auto by_parts = [](const ScoredNames& pairs) {
    std::multiset<std::pair<std::multiset<std::multiset<char>>, int>> found;
    for (const auto& [names, score] : pairs) {
      found.insert({{{names.first.begin(), names.first.end()}, {names.second.begin(), names.second.end()}}, score});
    }
    return found;
  };
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    RandomGene random{seed};
    const Gene gene = random.gene();
    const Genotypes sample = random.sample(gene);
    if (nothing_seen(sample)) continue;
    const auto [moved, moved_sample] = stardose::test::reordered(gene, sample, random.order(gene.sites.size()));
    REQUIRE_MESSAGE(by_parts(matched(gene, sample)) == by_parts(matched(moved, moved_sample)), "seed " << seed);
  }
}

TEST_CASE("which strand a file writes first changes nothing") {
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    RandomGene random{seed};
    const Gene gene = random.gene();
    Genotypes sample = random.sample(gene);
    random.spoil(sample);
    if (nothing_seen(sample)) continue;
    Genotypes mirrored = sample;
    for (auto& genotype : mirrored.sites) {
      if (genotype.is_missing() || genotype.is_haploid()) continue;
      genotype = {genotype.second(), genotype.first(), genotype.is_phased()};
    }
    REQUIRE_MESSAGE(matched(gene, sample) == matched(gene, mirrored), "seed " << seed);
  }
}

TEST_CASE("alleles that lie on one strand together are named together") {
  CHECK(called(four_sites(), "0|1 0|2 0|1 0/0") == "combination; *1/[*6 + *28 + *80]=7");
  CHECK(called(four_sites(), "0/0 0/0 1/1 1/1") == "combination; [*6 + g.400C>A]/[*6 + g.400C>A]=0");
}

TEST_CASE("a pair of named alleles goes before any combination") {
  CHECK(called(four_sites(), "0/1 0/2 0/0 0/0") == "called; *1/*80+*28=6");
  CHECK(called(four_sites(), "0/1 0/0 0/1 0/0") == "called; *6/*80=2");
}

TEST_CASE("without phase every layout is a combination, the best first") {
  CHECK(called(four_sites(), "0/0 0/2 0/1 0/1") ==
        "combination; *1/[*6 + *28 + g.400C>A]=5; g.400C>A/[*6 + *28]=5; *6/[*28 + g.400C>A]=1; "
        "*28/[*6 + g.400C>A]=1");
}

TEST_CASE("a variant of no allele, an undocumented one and half a genotype have names of their own") {
  CHECK(called(four_sites(), "0/0 0/0 0/0 0/1") == "combination; *1/g.400C>A=7");
  const auto undocumented = static_cast<std::uint8_t>(stardose::genomics::allele_code::other_base);
  const Gene gene = four_sites().build();
  CHECK(to_text(gene, SiteAllele{3, undocumented}) == "g.400C>G");
  CHECK(to_text(gene, SiteAllele{1, stardose::genomics::allele_code::other}) == "g.200CAT>?");
  CHECK(to_text(gene, SiteAllele{1, 2}) == "g.200CAT>CATAT");
  CHECK(called(four_sites(), "0/0 0/0 1/. 0/0") == "combination; *6/g.300?=4");
  CHECK(called(four_sites(), "0/0 0/0 0/. 0/0") == "called; *1/*1=6");
}

TEST_CASE("alleles of one size that share a position are alternatives, smaller ones yield to larger") {
  const GeneBuilder twins = GeneBuilder{}
                                .site(100, "A", "G")
                                .site(200, "C", "T")
                                .site(300, "G", "A")
                                .allele("*1", "reference")
                                .allele("*2", "100=G 200=T")
                                .allele("*3", "200=T 300=A")
                                .allele("*4", "300=A")
                                .allele("*5", "100=G");
  CHECK(called(twins, "0|1 0|1 0|1") == "combination; *1/[*2 + *4]=6; *1/[*3 + *5]=6");
}

TEST_CASE("undocumented variants that are otherwise read as reference are named") {
  GeneBuilder builder = four_sites().undocumented("reference");
  CHECK(called(builder, "0/0 0/o 0/0 0/0") == "combination; *1/g.200CAT>?=7");
  const Gene gene = builder.build();
  CHECK_FALSE(call_with(gene, "0/0 0/o 0/0 0/0", with_combinations).undocumented_as_reference);
  CHECK(call_with(gene, "0/0 0/o 0/0 0/0", {}).undocumented_as_reference);
  CHECK(call_with(gene, "0/0 0/o 0/0 0/0", {}).status == CallStatus::called);
}

TEST_CASE("one copy comes apart like any strand") {
  CHECK(called(four_sites().ploidy("x_linked"), "1 2 1 0") == "combination; [*6 + *28 + *80]=3");
}

TEST_CASE("a strand that cannot be read is no combination") {
  const Gene gene = four_sites().build();
  CHECK(call_with(gene, "conflict 0/1 0/0 0/1", with_combinations).reason == NoCallReason::hidden_variant);
  CHECK(call_with(gene, ". . . .", with_combinations).reason == NoCallReason::not_covered);
}

TEST_CASE("too many variants without phase are said to be that, and at once") {
  GeneBuilder builder;
  std::string genotypes;
  for (int k = 1; k <= 60; ++k) {
    builder.site(100 * k, "A", "G");
    genotypes += "0/1 ";
  }
  builder.allele("*1", "reference").allele("*2", "100=G").allele("*3", "200=G");
  const GeneCall result = call_with(builder.build(), genotypes, with_combinations);
  CHECK(result.status == CallStatus::no_call);
  CHECK(result.reason == NoCallReason::phase_unknown);
  CHECK(result.diplotypes.empty());
}
