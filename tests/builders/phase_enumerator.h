// Diplotypes by trying every way to phase: slow, and written apart from the matcher it is compared with.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <ostream>
#include <set>
#include <vector>

#include "pharmaco/knowledge/gene.h"
#include "tests/builders/genotypes.h"

namespace stardose::test {

/// A pair of named alleles by their numbers, the smaller first, with its score. With one copy `second` is -1.
struct ScoredPair {
  int first = 0;
  int second = -1;
  int score = 0;

  friend auto operator<=>(const ScoredPair&, const ScoredPair&) = default;
  friend std::ostream& operator<<(std::ostream& out, const ScoredPair& pair) {
    return out << pair.first << "/" << pair.second << " (" << pair.score << ")";
  }
};

/// Follows the reference implementation's steps one by one: list the sequences that phase leaves possible, match each
/// named allele against each of them, pair the alleles whose sequences are opposite, score.
class PhaseEnumerator {
 public:
  PhaseEnumerator(const pharmaco::Gene& gene, const Genotypes& genotypes) : gene_{gene}, genotypes_{genotypes} {
    for (std::size_t site = 0; site < genotypes.sites.size(); ++site) {
      if (!genotypes.sites[site].is_missing()) positions_.push_back(site);
    }
    one_copy_ = std::ranges::any_of(positions_, [&](std::size_t site) { return at(site).is_haploid(); });
    for (const unsigned strand : {0U, 1U}) extend({}, strand, {});
    for (std::size_t allele = 0; allele < gene.alleles.size(); ++allele) add_haplotype(allele);
  }

  [[nodiscard]] std::set<ScoredPair> pairs() const {
    std::set<ScoredPair> found;
    for (std::size_t i = 0; i < haplotypes_.size(); ++i) {
      const Haplotype& a = haplotypes_[i];
      if (one_copy_) {
        for (const Sequence& s : a.matched) found.insert({a.allele, -1, a.score - reference_at_wobbles(a, {s})});
        continue;
      }
      for (std::size_t j = i; j < haplotypes_.size(); ++j) add_best(a, haplotypes_[j], found);
    }
    return found;
  }

  using Sequence = std::vector<std::uint8_t>;  ///< a strand's allele at each of positions()

  [[nodiscard]] const std::set<Sequence>& sequences() const { return sequences_; }
  [[nodiscard]] const std::vector<std::size_t>& positions() const { return positions_; }
  [[nodiscard]] bool one_copy() const { return one_copy_; }
  /// Whether the two can be the two strands of the sample.
  [[nodiscard]] bool are_opposite(const Sequence& a, const Sequence& b) const {
    for (std::size_t k = 0; k < positions_.size(); ++k) {
      if (at(positions_[k]).is_het() == (a[k] == b[k])) return false;
    }
    return true;
  }

 private:
  struct Haplotype {
    int allele = 0;
    int score = 0;
    std::vector<std::uint64_t> allowed;  // by available position
    std::vector<bool> wobble;
    std::vector<Sequence> matched;
  };

  [[nodiscard]] genomics::SiteGenotype at(std::size_t site) const { return genotypes_.sites[site]; }
  [[nodiscard]] std::int32_t phase_set(std::size_t site) const {
    return genotypes_.phase_sets.empty() ? 0 : genotypes_.phase_sets[site];
  }
  [[nodiscard]] std::uint8_t on_strand(std::size_t site, unsigned strand) const {
    return strand == 0 || at(site).is_haploid() ? at(site).first() : at(site).second();
  }

  void extend(Sequence so_far, unsigned strand, std::map<std::int32_t, unsigned> orientation) {
    if (so_far.size() == positions_.size()) {
      sequences_.insert(std::move(so_far));
      return;
    }
    const std::size_t site = positions_[so_far.size()];
    std::vector<unsigned> choices{strand};
    if (at(site).is_het() && !at(site).is_phased()) choices = {0, 1};
    const bool in_set = at(site).is_het() && at(site).is_phased() && phase_set(site) != 0;
    if (in_set && orientation.contains(phase_set(site))) choices = {orientation[phase_set(site)]};
    if (in_set && !orientation.contains(phase_set(site))) choices = {0, 1};
    for (const unsigned choice : choices) {
      Sequence longer = so_far;
      longer.push_back(on_strand(site, choice));
      auto known = orientation;
      if (in_set) known[phase_set(site)] = choice;
      extend(std::move(longer), strand, std::move(known));
    }
  }

  static std::uint64_t asked(const pharmaco::NamedAllele& allele, std::size_t site) {
    const auto defined = std::ranges::find(allele.definition, site, &pharmaco::DefinedSite::site);
    return defined == allele.definition.end() ? 0 : defined->allowed;
  }

  void add_haplotype(std::size_t number) {
    const pharmaco::NamedAllele& allele = gene_.alleles[number];
    Haplotype haplotype{.allele = static_cast<int>(number)};
    for (const std::size_t site : positions_) {
      std::uint64_t mask = asked(allele, site);
      haplotype.score += mask != 0 ? 1 : 0;
      haplotype.wobble.push_back(std::popcount(mask) > 1);
      if (mask == 0) mask = asked(gene_.alleles.front(), site);
      haplotype.allowed.push_back(std::popcount(mask) == 1 || haplotype.wobble.back() ? mask : 1U);
    }
    if (haplotype.score == 0) return;
    std::ranges::copy_if(sequences_, std::back_inserter(haplotype.matched), [&](const Sequence& sequence) {
      for (std::size_t k = 0; k < sequence.size(); ++k) {
        if (((haplotype.allowed[k] >> sequence[k]) & 1U) == 0) return false;
      }
      return true;
    });
    if (!haplotype.matched.empty()) haplotypes_.push_back(std::move(haplotype));
  }

  static int reference_at_wobbles(const Haplotype& haplotype, const std::vector<Sequence>& sequences) {
    int count = 0;
    for (std::size_t k = 0; k < haplotype.wobble.size(); ++k) {
      const bool reference = std::ranges::all_of(sequences, [&](const Sequence& s) { return s[k] == 0; });
      count += haplotype.wobble[k] && reference ? 1 : 0;
    }
    return count;
  }

  // The sequences that count for an allele's penalty when the pair lies on s1 and s2.
  static std::vector<Sequence> considered(const Haplotype& haplotype, const Sequence& s1, const Sequence& s2) {
    if (haplotype.matched.size() == 1) return haplotype.matched;
    std::vector<Sequence> both;
    for (const Sequence& s : {s1, s2}) {
      if (std::ranges::find(haplotype.matched, s) != haplotype.matched.end()) both.push_back(s);
    }
    return both;
  }

  void add_best(const Haplotype& a, const Haplotype& b, std::set<ScoredPair>& found) const {
    bool viable = false;
    int best = 0;
    for (const Sequence& s1 : a.matched) {
      for (const Sequence& s2 : b.matched) {
        if (!are_opposite(s1, s2)) continue;
        const bool same = a.allele == b.allele;
        const int penalty =
            same ? reference_at_wobbles(a, {s1}) + reference_at_wobbles(b, {s2})
                 : reference_at_wobbles(a, considered(a, s1, s2)) + reference_at_wobbles(b, considered(b, s1, s2));
        best = viable ? std::max(best, a.score + b.score - penalty) : a.score + b.score - penalty;
        viable = true;
      }
    }
    if (viable) found.insert({a.allele, b.allele, best});
  }

  const pharmaco::Gene& gene_;
  const Genotypes& genotypes_;
  std::vector<std::size_t> positions_;
  bool one_copy_ = false;
  std::set<Sequence> sequences_;
  std::vector<Haplotype> haplotypes_;
};

}  // namespace stardose::test
