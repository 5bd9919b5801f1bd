// Likelihoods against the formula, priors, mixtures, strands.
#include "genomics/evidence/genotype_model.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace stardose::genomics;

namespace {

constexpr std::size_t alleles = 5;  // four bases and others
constexpr AllelePriors priors{alleles, 2};

std::vector<ShownAllele> shown(std::uint8_t allele, int times, std::uint8_t quality = 30) {
  return std::vector<ShownAllele>(static_cast<std::size_t>(times), {allele, quality});
}

std::vector<ShownAllele> operator+(std::vector<ShownAllele> a, const std::vector<ShownAllele>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

GenotypeScores scores_of(const GenotypeModel& model, const std::vector<ShownAllele>& all) {
  GenotypeScores scores;
  model.score(all, scores);
  return scores;
}

LikeliestGenotype call(const std::vector<ShownAllele>& all, bool one_copy = false) {
  const GenotypeModel model{alleles, one_copy};
  return model.likeliest(scores_of(model, all), priors);
}

std::string text(const LikeliestGenotype& genotype) {
  return std::to_string(genotype.first) + "/" + std::to_string(genotype.second);
}

/// The formula, fragment by fragment.
double log_likelihood(const std::vector<ShownAllele>& all, std::size_t a, std::size_t b, double share = 0.5) {
  double sum = 0;
  for (const ShownAllele& one : all) {
    const double error = std::min(0.8, std::pow(10, -one.quality / 10.0));
    const auto of = [&](std::size_t allele) { return allele == one.allele ? 1 - error : error / (alleles - 1); };
    sum += std::log10(share * of(a) + (1 - share) * of(b));
  }
  return sum;
}

std::vector<ShownAllele> random_shown(std::mt19937& random, int most) {
  std::vector<ShownAllele> all(random() % static_cast<unsigned>(most));
  const auto rare = static_cast<std::uint8_t>(random() % alleles);
  for (ShownAllele& one : all) {
    one.allele = random() % 3 == 0 ? rare : std::uint8_t{0};
    one.quality = static_cast<std::uint8_t>(random() % 61);
  }
  return all;
}

}  // namespace

TEST_CASE("genotypes are numbered as in VCF") {
  CHECK(genotype_number(0, 0) == 0);
  CHECK(genotype_number(0, 1) == 1);
  CHECK(genotype_number(1, 1) == 2);
  CHECK(genotype_number(0, 2) == 3);
  CHECK(genotype_count(2) == 3);
  CHECK(genotype_count(5) == 15);
}

TEST_CASE("scores are the likelihoods of the formula") {
  std::mt19937 random{1};
  const GenotypeModel model{alleles, false};
  for (int round = 0; round < 200; ++round) {
    const std::vector<ShownAllele> all = random_shown(random, 60);
    const GenotypeScores scores = scores_of(model, all);
    const std::int64_t best = *std::ranges::max_element(scores.of);
    double formula_best = -1e9;
    for (std::size_t b = 0; b < alleles; ++b) {
      for (std::size_t a = 0; a <= b; ++a) formula_best = std::max(formula_best, log_likelihood(all, a, b));
    }
    for (std::size_t b = 0; b < alleles; ++b) {
      for (std::size_t a = 0; a <= b; ++a) {
        const double expected = -10 * (log_likelihood(all, a, b) - formula_best);
        CHECK(std::abs(relative_phred(scores.of[genotype_number(a, b)], best) - expected) < 0.51);
      }
    }
  }
}

TEST_CASE("ten good reads of one allele tell a homozygous genotype, and so do halves a heterozygous one") {
  CHECK(text(call(shown(0, 10))) == "0/0");
  CHECK(text(call(shown(1, 10))) == "1/1");
  CHECK(text(call(shown(0, 5) + shown(1, 5))) == "0/1");
  CHECK(text(call(shown(1, 5) + shown(3, 5))) == "1/3");
  CHECK(text(call(shown(4, 10))) == "4/4");
  CHECK(call(shown(1, 10)).quality >= 20);
  CHECK(call(shown(0, 15) + shown(1, 15)).quality == GenotypeModel::highest_quality);
}

TEST_CASE("without reads the assembly's base is likeliest, by the prior alone") {
  CHECK(text(call({})) == "0/0");
  CHECK(call(shown(0, 5, 0)).quality == call({}).quality);
  CHECK(call({}).quality < 30);
}

TEST_CASE("a single read with a variant in ten does not make one") {
  CHECK(text(call(shown(0, 9) + shown(1, 1))) == "0/0");
  CHECK(text(call(shown(0, 2) + shown(1, 3))) == "0/1");
}

TEST_CASE("an unnamed base needs more evidence than a named one") {
  const auto named = call(shown(0, 4) + shown(1, 2));
  const auto unnamed = call(shown(0, 4) + shown(2, 2));
  CHECK(text(named) == "0/1");
  CHECK(text(unnamed) == "0/2");
  CHECK(unnamed.quality < named.quality);
}

TEST_CASE("reads of what was called never lower the quality") {
  std::mt19937 random{2};
  int heterozygous = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<ShownAllele> all = random_shown(random, 40);
    const LikeliestGenotype before = call(all);
    const auto quality = static_cast<std::uint8_t>(1 + random() % 60);
    all.push_back({static_cast<std::uint8_t>(before.first), quality});
    if (before.first != before.second) all.push_back({static_cast<std::uint8_t>(before.second), quality});
    if (before.first != before.second) ++heterozygous;
    const LikeliestGenotype after = call(all);
    CHECK(text(after) == text(before));
    CHECK(after.quality >= before.quality);
  }
  CHECK(heterozygous > 100);
}

TEST_CASE("the order of reads changes nothing") {
  std::mt19937 random{3};
  const GenotypeModel model{alleles, false};
  for (int round = 0; round < 100; ++round) {
    std::vector<ShownAllele> all = random_shown(random, 100);
    const GenotypeScores before = scores_of(model, all);
    std::ranges::shuffle(all, random);
    CHECK(scores_of(model, all).of == before.of);
  }
}

TEST_CASE("on one copy two alleles are a mixture of any shares from a tenth on") {
  CHECK(text(call(shown(1, 100), true)) == "1/1");
  CHECK(text(call(shown(0, 50) + shown(1, 50), true)) == "0/1");
  CHECK(text(call(shown(0, 80) + shown(1, 20), true)) == "0/1");
  CHECK(text(call(shown(0, 900) + shown(1, 100), true)) == "0/1");
  CHECK(text(call(shown(0, 100) + shown(1, 900), true)) == "0/1");
  CHECK(text(call(shown(0, 980) + shown(1, 20), true)) == "0/0");
  CHECK(text(call(shown(0, 20) + shown(1, 980), true)) == "1/1");
  CHECK(text(call(shown(0, 400) + shown(1, 100), false)) == "0/1");
}

TEST_CASE("strand bias is Fisher's exact test") {
  // R: fisher.test(matrix(c(8, 2, 1, 5), 2))$p.value is 0.03496503; of (3, 1, 1, 3) 0.4857143
  CHECK(strand_bias({8, 1}, {2, 5}) == doctest::Approx(-10 * std::log10(0.03496503)).epsilon(1e-6));
  CHECK(strand_bias({3, 1}, {1, 3}) == doctest::Approx(-10 * std::log10(0.4857143)).epsilon(1e-6));
  CHECK(strand_bias({10, 0}, {0, 10}) == doctest::Approx(-10 * std::log10(2.0 / 184756)).epsilon(1e-6));
  CHECK(strand_bias({10, 0}, {10, 0}) == 0);
  CHECK(strand_bias({5, 5}, {5, 5}) == doctest::Approx(0));
  CHECK(strand_bias({8, 1}, {2, 5}) == doctest::Approx(strand_bias({2, 5}, {8, 1})));
}
