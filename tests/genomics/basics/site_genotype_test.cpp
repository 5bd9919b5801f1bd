// What fits into two bytes.
#include "genomics/basics/site_genotype.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace stardose::genomics;

TEST_CASE("a genotype is what it was made of") {
  for (const int first : {0, 1, 57, 60, 62}) {
    for (const int second : {0, 1, 57, 60, 61, 62}) {
      for (const bool phased : {false, true}) {
        const SiteGenotype genotype{static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second), phased};
        CHECK(genotype.first() == first);
        CHECK(genotype.second() == second);
        CHECK(genotype.is_phased() == phased);
        CHECK_FALSE(genotype.is_missing());
        CHECK(genotype.is_haploid() == (second == 61));
        CHECK(genotype.is_het() == (second != 61 && first != second));
        CHECK(SiteGenotype::from_bits(genotype.bits()) == genotype);
      }
    }
  }
}

TEST_CASE("missing keeps its reason and is neither reference nor half a call") {
  for (const Missing why : {Missing::not_covered, Missing::no_genotype, Missing::ploidy, Missing::symbolic,
                            Missing::structural, Missing::not_left_aligned, Missing::needs_phase, Missing::conflict}) {
    const SiteGenotype genotype{why};
    CHECK(genotype.is_missing());
    CHECK(genotype.why_missing() == why);
    CHECK_FALSE(genotype.is_partial());
    CHECK_FALSE(genotype.is_het());
    CHECK_FALSE(genotype.is_haploid());
    CHECK_FALSE(genotype == SiteGenotype{0, 0, false});
  }
  CHECK(SiteGenotype{} == SiteGenotype{Missing::not_covered});
}

TEST_CASE("what a genotype rests on changes neither its alleles nor its phase") {
  for (const Evidence evidence : {Evidence::record, Evidence::block, Evidence::failed_filter, Evidence::low_depth,
                                  Evidence::low_quality, Evidence::low_balance}) {
    const SiteGenotype plain{1, allele_code::missing, true};
    const SiteGenotype genotype = plain.with(Evidence::low_balance).with(evidence);
    CHECK(genotype.evidence() == evidence);
    CHECK(genotype.is_doubtful() == (evidence != Evidence::record && evidence != Evidence::block));
    CHECK(genotype.first() == 1);
    CHECK(genotype.is_partial());
    CHECK(genotype.is_phased());
    CHECK(genotype.with(Evidence::record) == plain);
    CHECK_FALSE(genotype.is_missing());
  }
  CHECK_FALSE(SiteGenotype{Missing::low_balance, true}.is_doubtful());
}

TEST_CASE("what a threshold took away is missing, and is known to have been a variant or not") {
  for (const Missing why : {Missing::failed_filter, Missing::low_depth, Missing::low_quality, Missing::low_balance}) {
    CHECK_FALSE(hides_a_variant(why));
    for (const bool variant : {false, true}) {
      const SiteGenotype genotype{why, variant};
      CHECK(genotype.is_missing());
      CHECK(genotype.is_filtered());
      CHECK(genotype.why_missing() == why);
      CHECK(genotype.hides_variant() == variant);
    }
  }
  CHECK(SiteGenotype{Missing::conflict}.hides_variant());
  CHECK_FALSE(SiteGenotype{Missing::conflict}.is_filtered());
  CHECK_FALSE(SiteGenotype{Missing::no_genotype}.hides_variant());
  CHECK_FALSE(SiteGenotype{1, 1, true}.hides_variant());
}

TEST_CASE("a half-call is partial on either side") {
  CHECK(SiteGenotype{1, allele_code::missing, false}.is_partial());
  CHECK(SiteGenotype{allele_code::missing, 1, false}.is_partial());
  CHECK_FALSE(SiteGenotype{1, allele_code::no_copy, false}.is_partial());
  CHECK(SiteGenotype{0, allele_code::other, false}.has_other());
}

TEST_CASE("silence hides no variant, and what cannot be read does") {
  for (const Missing why : {Missing::not_covered, Missing::no_genotype, Missing::symbolic})
    CHECK_FALSE(hides_a_variant(why));
  for (const Missing why :
       {Missing::ploidy, Missing::structural, Missing::not_left_aligned, Missing::needs_phase, Missing::conflict}) {
    CHECK(hides_a_variant(why));
  }
}
