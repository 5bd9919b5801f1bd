// Sums by allele, and genotypes from them.
#include "genomics/evidence/genotype_model.h"

#include <algorithm>
#include <cmath>

namespace stardose::genomics {

namespace {

constexpr std::array<double, 1> halves = {0.5};
constexpr std::array<double, 11> shares = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};

// Phred below the likeliest at which a genotype changes no quality: the priors differ by 80 at most, and no quality is
// above 99.
constexpr double negligible = -250;

// An observation of quality 0 says nothing at all, that is, all alleles are as probable.
double error_of(std::size_t quality, std::size_t alleles) {
  const double nothing = 1 - 1 / static_cast<double>(alleles);
  return std::min(nothing, std::pow(10.0, -static_cast<double>(quality) / 10));
}

std::int64_t in_parts(double probability, double instead_of) {
  return std::llround(10 * std::log10(probability / instead_of) * GenotypeModel::parts);
}

double log_choose(std::uint32_t n, std::uint32_t k) {
  return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

}  // namespace

GenotypeModel::GenotypeModel(std::size_t alleles, bool one_copy) : alleles_{alleles} {
  const std::span<const double> parts_of_two = one_copy ? std::span<const double>{shares} : halves;
  part_.resize(parts_of_two.size());
  for (std::size_t quality = 0; quality < whole_.size(); ++quality) {
    const double error = error_of(quality, alleles);
    const double another = error / static_cast<double>(alleles - 1);
    whole_[quality] = in_parts(1 - error, another);
    for (std::size_t k = 0; k < part_.size(); ++k) {
      const double share = parts_of_two[k];
      part_[k][quality] = in_parts(share * (1 - error) + (1 - share) * another, another);
    }
  }
}

void GenotypeModel::score(std::span<const ShownAllele> shown, GenotypeScores& scores) const {
  // Allele by allele: what its fragments add if all copies have it, and if a part of them does. What every fragment
  // adds to every genotype is left out.
  const std::size_t columns = part_.size() + 1;
  scores.sums.assign(alleles_ * columns, 0);
  for (const ShownAllele& one : shown) {
    std::int64_t* sum = &scores.sums[one.allele * columns];
    *sum += whole_[one.quality];
    for (const auto& part : part_) *++sum += part[one.quality];
  }
  scores.of.assign(genotype_count(alleles_), 0);
  for (std::size_t b = 0; b < alleles_; ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      scores.of[genotype_number(a, b)] = scores.sums[a * columns + 1] + scores.sums[b * columns + 1];
    }
    scores.of[genotype_number(b, b)] = scores.sums[b * columns];
  }
  if (part_.size() > 1) score_mixtures(scores);
}

// The first and the last share are those of background, which leaves an allele alone.
void GenotypeModel::score_mixtures(GenotypeScores& scores) const {
  const std::size_t columns = part_.size() + 1;
  const auto mixed = [&](std::size_t a, std::size_t b, std::size_t share) {
    return scores.sums[a * columns + 1 + share] + scores.sums[b * columns + part_.size() - share];
  };
  for (std::size_t b = 0; b < alleles_; ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      std::int64_t& mixture = scores.of[genotype_number(a, b)];
      mixture = mixed(a, b, 1);
      for (std::size_t share = 2; share + 1 < part_.size(); ++share) mixture = std::max(mixture, mixed(a, b, share));
      std::int64_t& only_a = scores.of[genotype_number(a, a)];
      std::int64_t& only_b = scores.of[genotype_number(b, b)];
      only_a = std::max(only_a, mixed(a, b, part_.size() - 1));
      only_b = std::max(only_b, mixed(a, b, 0));
    }
  }
}

LikeliestGenotype GenotypeModel::likeliest(const GenotypeScores& scores, const AllelePriors& priors) const {
  const std::int64_t highest = *std::ranges::max_element(scores.of);
  const bool one_copy = part_.size() > 1;
  LikeliestGenotype likeliest;
  double best = 0;
  double others = 0;
  for (std::size_t b = 0; b < alleles_; ++b) {
    for (std::size_t a = 0; a <= b; ++a) {
      const double pair = priors.of(a) * priors.of(b) * (one_copy ? AllelePriors::mixed : 1);
      const double twice = a == 0 ? 1 : priors.of(a) / (one_copy ? 1 : 2);
      const double score = static_cast<double>(scores.of[genotype_number(a, b)] - highest) / parts;
      if (score < negligible) continue;
      const double weight = (a < b ? pair : twice) * std::pow(10.0, score / 10);
      others += std::min(weight, best);
      if (weight <= best) continue;
      best = weight;
      likeliest.first = a;
      likeliest.second = b;
    }
  }
  const double doubt = others / (best + others);
  const double phred = doubt > 0 ? -10 * std::log10(doubt) : highest_quality;
  likeliest.quality = static_cast<std::uint8_t>(std::clamp<double>(std::round(phred), 0, highest_quality));
  return likeliest;
}

std::int32_t relative_phred(std::int64_t score, std::int64_t best) {
  return static_cast<std::int32_t>(std::llround(static_cast<double>(best - score) / GenotypeModel::parts));
}

double strand_bias(std::array<std::uint32_t, 2> forward, std::array<std::uint32_t, 2> reverse) {
  const std::uint32_t first = forward[0] + reverse[0];
  const std::uint32_t second = forward[1] + reverse[1];
  const std::uint32_t all_forward = forward[0] + forward[1];
  if (first == 0 || second == 0) return 0;
  const double all = log_choose(first + second, all_forward);
  const auto log_probability = [&](std::uint32_t of_first) {
    return log_choose(first, of_first) + log_choose(second, all_forward - of_first) - all;
  };
  const double seen = log_probability(forward[0]);
  double as_rare = 0;
  const std::uint32_t least = all_forward > second ? all_forward - second : 0;
  for (std::uint32_t of_first = least; of_first <= std::min(first, all_forward); ++of_first) {
    const double probability = log_probability(of_first);
    if (probability <= seen + 1e-7) as_rare += std::exp(probability);
  }
  return std::max(0.0, -10 * std::log10(std::min(1.0, as_rare)));
}

}  // namespace stardose::genomics
