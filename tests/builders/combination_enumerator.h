// Combinations by trying every way to phase: slow, and written apart from the matcher it is compared with.
#pragma once

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/calling/gene_call.h"
#include "tests/builders/phase_enumerator.h"

namespace stardose::test {

/// Two haplotypes by name, the one first that comes first as text; with one copy the second is empty -> score.
using ScoredNames = std::map<std::pair<std::string, std::string>, int>;

inline std::pair<std::string, std::string> name_pair(std::string a, std::string b) {
  if (b < a) std::swap(a, b);
  return {std::move(a), std::move(b)};
}

/// Takes every sequence that phase leaves possible apart on its own, then pairs those that are opposite.
class CombinationEnumerator {
 public:
  CombinationEnumerator(const pharmaco::Gene& gene, const Genotypes& genotypes)
      : gene_{gene}, phases_{gene, genotypes} {}

  [[nodiscard]] ScoredNames pairs() const {
    ScoredNames found;
    for (const auto& s1 : phases_.sequences()) {
      for (const auto& [name1, score1] : haplotypes_on(s1)) {
        if (phases_.one_copy()) {
          found[{name1, ""}] = score1;
          continue;
        }
        for (const auto& s2 : phases_.sequences()) {
          if (!phases_.are_opposite(s1, s2)) continue;
          for (const auto& [name2, score2] : haplotypes_on(s2)) found[name_pair(name1, name2)] = score1 + score2;
        }
      }
    }
    return found;
  }

 private:
  using Sequence = std::vector<std::uint8_t>;
  using Core = std::map<std::size_t, std::uint64_t>;  // place in the sequence -> alleles allowed

  [[nodiscard]] Core core_of(std::size_t allele) const {
    Core core;
    for (const pharmaco::DefinedSite& at : gene_.alleles[allele].definition) {
      const auto place = std::ranges::find(phases_.positions(), at.site);
      if (place != phases_.positions().end())
        core[static_cast<std::size_t>(place - phases_.positions().begin())] = at.allowed;
    }
    return core;
  }

  static bool lies_on(const Core& core, const Sequence& sequence) {
    return std::ranges::all_of(core, [&](const auto& at) { return ((at.second >> sequence[at.first]) & 1U) != 0; });
  }

  static bool overlap(const Core& a, const Core& b) {
    return std::ranges::any_of(a, [&](const auto& at) { return b.contains(at.first); });
  }

  /// Alleles that can be told apart on the sequence together; none: the reference allele.
  [[nodiscard]] std::vector<std::vector<std::size_t>> ways(const Sequence& sequence) const {
    std::vector<std::size_t> covered;
    for (std::size_t a = 1; a < gene_.alleles.size(); ++a) {
      if (!core_of(a).empty() && lies_on(core_of(a), sequence)) covered.push_back(a);
    }
    std::ranges::sort(covered, [&](std::size_t a, std::size_t b) {
      if (core_of(a).size() != core_of(b).size()) return core_of(a).size() > core_of(b).size();
      return gene_.alleles[a].name < gene_.alleles[b].name;
    });
    std::vector<std::vector<std::size_t>> found;
    for (const std::size_t a : covered) {
      bool added = false;
      bool smaller = false;
      for (auto& way : found) {
        std::vector<std::size_t> sharing;
        std::ranges::copy_if(way, std::back_inserter(sharing),
                             [&](std::size_t other) { return overlap(core_of(a), core_of(other)); });
        smaller = smaller || std::ranges::any_of(sharing, [&](std::size_t other) {
                    return core_of(other).size() != core_of(a).size();
                  });
        if (!sharing.empty()) continue;
        way.push_back(a);
        added = true;
      }
      if (!added && !smaller) found.push_back({a});
    }
    if (found.empty()) found.emplace_back();
    return found;
  }

  [[nodiscard]] std::map<std::string, int> haplotypes_on(const Sequence& sequence) const {
    std::map<std::string, int> named;
    for (std::vector<std::size_t> way : ways(sequence)) {
      Core told;
      for (const std::size_t a : way) told.merge(core_of(a));
      int score = static_cast<int>(way.empty() ? core_of(0).size() : told.size());
      if (way.empty()) {
        for (const auto& [place, allowed] : core_of(0)) {
          if (std::popcount(allowed) == 1 && ((allowed >> sequence[place]) & 1U) != 0) told[place] = allowed;
        }
      }
      std::vector<std::string> parts;
      std::ranges::sort(way);
      for (const std::size_t a : way) parts.push_back(gene_.alleles[a].name);
      for (std::size_t k = 0; k < sequence.size(); ++k) {
        if (sequence[k] == 0 || told.contains(k)) continue;
        parts.push_back(to_text(gene_, pharmaco::SiteAllele{phases_.positions()[k], sequence[k]}));
        --score;
      }
      if (parts.empty()) parts.push_back(gene_.alleles[0].name);
      std::string text;
      for (const std::string& part : parts) text += (text.empty() ? "" : " + ") + part;
      named[parts.size() > 1 ? "[" + text + "]" : text] = score;
    }
    return named;
  }

  const pharmaco::Gene& gene_;
  PhaseEnumerator phases_;
};

}  // namespace stardose::test
