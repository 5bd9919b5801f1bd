// Counting contradictions, allele by allele and then pair by pair.
#include "pharmaco/calling/nearest_pair.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace stardose::pharmaco {

namespace {

/// Bases that contradict an allele: on strands whatever their phase, and by phase group and its orientation.
struct Contradicted {
  std::size_t allele = 0;
  int fixed = 0;
  std::vector<std::array<int, 2>> by_group;
  int at_least = 0;  ///< on the best orientation of each group
  int seen = 0;      ///< positions of the definition that have a genotype
};

class Search {
 public:
  Search(const Gene& gene, const DiplotypeMatcher& matcher, const GeneSites& sites)
      : gene_{gene}, matcher_{matcher}, sites_{sites}, base_(gene.sites.size(), 0) {
    for (const HomSite& hom : sites.homs) base_[hom.site] = hom.allele;
    for (std::size_t site = 0; site < base_.size(); ++site) {
      const bool het = std::ranges::find(sites.hets, site, &HetSite::site) != sites.hets.end();
      if (!het && !sites.is_missing[site]) settled_.push_back(site);
    }
    for (std::size_t a = 0; a < gene.alleles.size(); ++a) {
      if (gene.alleles[a].is_defined) alleles_.push_back(contradicted(a));
    }
    std::ranges::stable_sort(alleles_, {}, &Contradicted::at_least);
  }

  NextBest run() {
    for (std::size_t i = 0; i < alleles_.size(); ++i) {
      if (sites_.one_copy) {
        offer(alleles_[i], nullptr);
        continue;
      }
      for (std::size_t j = i; j < alleles_.size(); ++j) {
        if (alleles_[i].at_least + alleles_[j].at_least > least_) break;
        offer(alleles_[i], &alleles_[j]);
      }
    }
    if (best_.why != NextBest::Why::none) best_.against = sites_against(best_.pair);
    return std::move(best_);
  }

 private:
  [[nodiscard]] bool allows(std::size_t allele, std::size_t site, std::uint8_t base) const {
    return ((matcher_.allowed(allele, site) >> base) & 1U) != 0;
  }

  [[nodiscard]] Contradicted contradicted(std::size_t allele) const {
    Contradicted result{allele, 0, std::vector<std::array<int, 2>>(sites_.groups), 0, 0};
    for (const std::size_t site : settled_) result.fixed += allows(allele, site, base_[site]) ? 0 : 1;
    for (const HetSite& het : sites_.hets) {
      result.by_group[het.group][0] += allows(allele, het.site, het.first) ? 0 : 1;
      result.by_group[het.group][1] += allows(allele, het.site, het.second) ? 0 : 1;
    }
    result.at_least = result.fixed;
    for (const auto& group : result.by_group) result.at_least += std::min(group[0], group[1]);
    for (const DefinedSite& at : gene_.alleles[allele].definition) result.seen += sites_.is_missing[at.site] ? 0 : 1;
    return result;
  }

  void offer(const Contradicted& a, const Contradicted* b) {
    int cost = a.fixed + (b == nullptr ? 0 : b->fixed);
    for (std::size_t g = 0; b != nullptr && g < sites_.groups; ++g) {
      cost += std::min(a.by_group[g][0] + b->by_group[g][1], a.by_group[g][1] + b->by_group[g][0]);
    }
    Diplotype pair{{{a.allele}}, {}, a.seen + (b == nullptr ? 0 : b->seen)};
    if (b != nullptr) pair.second = {{b->allele}};
    if (b != nullptr && name_less(gene_, pair.second, pair.first)) std::swap(pair.first, pair.second);
    if (cost > least_ || (cost == least_ && !is_better(pair))) return;
    least_ = cost;
    best_ = {NextBest::Why::contradicted, std::move(pair), {}};
  }

  [[nodiscard]] bool is_better(const Diplotype& pair) const {
    if (pair.score != best_.pair.score) return pair.score > best_.pair.score;
    if (!(pair.first == best_.pair.first)) return name_less(gene_, pair.first, best_.pair.first);
    return pair.has_second() && name_less(gene_, pair.second, best_.pair.second);
  }

  /// Sites that contradict the pair with its groups turned as suits it best.
  [[nodiscard]] std::vector<std::size_t> sites_against(const Diplotype& pair) const {
    const std::size_t a = pair.first.alleles.front();
    const std::size_t b = pair.has_second() ? pair.second.alleles.front() : a;
    std::vector<std::size_t> against;
    for (const std::size_t site : settled_) {
      if (!allows(a, site, base_[site]) || !allows(b, site, base_[site])) against.push_back(site);
    }
    for (std::size_t group = 0; group < sites_.groups; ++group) {
      std::array<std::vector<std::size_t>, 2> turned;
      for (const HetSite& het : sites_.hets) {
        if (het.group != group) continue;
        if (!allows(a, het.site, het.first) || !allows(b, het.site, het.second)) turned[0].push_back(het.site);
        if (!allows(a, het.site, het.second) || !allows(b, het.site, het.first)) turned[1].push_back(het.site);
      }
      const auto& fewer = turned[1].size() < turned[0].size() ? turned[1] : turned[0];
      against.insert(against.end(), fewer.begin(), fewer.end());
    }
    std::ranges::sort(against);
    return against;
  }

  const Gene& gene_;
  const DiplotypeMatcher& matcher_;
  const GeneSites& sites_;
  std::vector<std::uint8_t> base_;    // by site: what a homozygous strand carries
  std::vector<std::size_t> settled_;  // sites with a genotype that is not heterozygous
  std::vector<Contradicted> alleles_;
  int least_ = std::numeric_limits<int>::max();
  NextBest best_;
};

}  // namespace

NextBest nearest_pair(const Gene& gene, const DiplotypeMatcher& matcher, const GeneSites& sites) {
  return Search{gene, matcher, sites}.run();
}

}  // namespace stardose::pharmaco
