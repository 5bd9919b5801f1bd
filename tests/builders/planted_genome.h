// A made-up piece of genome around catalogue sites, and a person's two copies of it with genotypes planted.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/basics/edit.h"
#include "genomics/sites/site.h"

namespace stardose::test {

/// A deterministic source of numbers: the distributions of the standard library differ between implementations.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_{seed} {}

  /// In [0, sides).
  std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(random_() % sides); }
  bool chance(double probability) { return static_cast<double>(random_()) < probability * 4294967296.0; }
  char base() { return "ACGT"[roll(4)]; }
  char base_but(char not_this) {
    for (;;) {
      if (const char other = base(); other != not_this) return other;
    }
  }
  /// About normal: a sum of twelve.
  double normal(double mean, double deviation) {
    double sum = -6;
    for (int k = 0; k < 12; ++k) sum += static_cast<double>(random_()) / 4294967296.0;
    return mean + deviation * sum;
  }

 private:
  std::mt19937 random_;
};

/// A place with the alleles of all sites that are written there with the same reference bases.
struct PlantedPlace {
  std::string contig;
  std::int64_t position = 0;
  std::vector<std::string> alleles;         ///< reference first
  std::array<std::size_t, 2> planted = {};  ///< by haplotype: number in `alleles`

  [[nodiscard]] std::int64_t end() const { return position + static_cast<std::int64_t>(alleles[0].size()); }
};

/// A stretch of reference in which places lie.
struct PlantedWindow {
  std::string contig;
  std::int64_t begin = 0;
  std::string bases;
  std::size_t first_place = 0;
  std::size_t place_count = 0;

  [[nodiscard]] std::int64_t end() const { return begin + static_cast<std::int64_t>(bases.size()); }
};

/// The unit by which the alleles' lengths differ, where each is a number of copies of it; else empty.
inline std::string repeat_unit(const PlantedPlace& place) {
  std::string unit;
  for (std::size_t k = 1; k < place.alleles.size(); ++k) {
    const genomics::Edit edit = genomics::trim(place.position, place.alleles[0], place.alleles[k]);
    const std::string& bases = edit.removed.empty() ? edit.inserted : edit.removed;
    if (!edit.removed.empty() && !edit.inserted.empty()) return {};
    if (unit.empty() || (!bases.empty() && bases.size() < unit.size())) unit = bases;
  }
  return unit;
}

class PlantedGenome {
 public:
  static constexpr std::int64_t flank = 700;

  /// Around each site the assembly's bases, where `known` has them (contig, begin and bases of each stretch; disjoint);
  /// else random ones, at the site its own, behind an indel copies of its unit, as many as a real genome may have: the
  /// alleles say what the unit is.
  PlantedGenome(const std::vector<genomics::Site>& sites, Dice& dice, const std::vector<PlantedWindow>& known = {}) {
    join_places(sites);
    for (std::size_t k = 0; k < places_.size(); ++k) {
      const PlantedPlace& place = places_[k];
      const bool begins =
          windows_.empty() || windows_.back().contig != place.contig || place.position - flank > windows_.back().end();
      if (begins) windows_.push_back({place.contig, std::max<std::int64_t>(0, place.position - flank), "", k, 0});
      PlantedWindow& window = windows_.back();
      while (window.end() < place.end() + flank) window.bases += dice.base();
      ++window.place_count;
    }
    for (const PlantedPlace& place : places_) stamp(place.contig, place.position, place.alleles[0]);
    const auto is_known = [&](const PlantedPlace& place) {
      return std::ranges::any_of(known, [&](const PlantedWindow& stretch) {
        return stretch.contig == place.contig && stretch.begin <= place.position && place.end() <= stretch.end();
      });
    };
    for (const PlantedWindow& stretch : known) copy_known(stretch);
    for (const PlantedPlace& place : places_) {
      if (!is_known(place)) plant_repeat(place, dice);
    }
  }

  [[nodiscard]] const std::vector<PlantedWindow>& windows() const { return windows_; }
  [[nodiscard]] const std::vector<PlantedPlace>& places() const { return places_; }

  /// Puts an allele on a haplotype (on both where there is one copy), unless a neighbour is in the way.
  void plant(const std::string& contig, std::int64_t position, const std::string& ref, const std::string& allele,
             std::size_t haplotype) {
    const auto at = std::ranges::find_if(places_, [&](const PlantedPlace& place) {
      return place.contig == contig && place.position == position && place.alleles[0] == ref;
    });
    const auto number = static_cast<std::size_t>(std::ranges::find(at->alleles, allele) - at->alleles.begin());
    for (const std::size_t copy : {haplotype, contig == genomics::mitochondrion ? 1 - haplotype : haplotype}) {
      if (!is_crowded(*at, copy)) at->planted[copy] = number;
    }
  }

  /// The window's bases on a haplotype, and for each the reference position; an inserted base has that before it.
  struct Haplotype {
    std::string bases;
    std::vector<std::int64_t> positions;
  };
  [[nodiscard]] Haplotype haplotype(const PlantedWindow& window, std::size_t which) const {
    Haplotype result;
    std::int64_t at = window.begin;
    const auto copy_to = [&](std::int64_t end) {
      for (; at < end; ++at) {
        result.bases += window.bases[static_cast<std::size_t>(at - window.begin)];
        result.positions.push_back(at);
      }
    };
    for (std::size_t k = window.first_place; k < window.first_place + window.place_count; ++k) {
      const PlantedPlace& place = places_[k];
      const std::string& allele = place.alleles[place.planted[which]];
      if (place.planted[which] == 0) continue;
      const genomics::Edit edit = genomics::trim(place.position, place.alleles[0], allele);
      copy_to(edit.start);
      for (std::size_t i = 0; i < edit.inserted.size(); ++i) {
        const bool replaces = i < edit.removed.size();
        result.bases += edit.inserted[i];
        result.positions.push_back(replaces ? at++ : at - 1);
      }
      at = edit.end();
    }
    copy_to(window.end());
    return result;
  }

 private:
  void join_places(const std::vector<genomics::Site>& sites) {
    std::map<std::tuple<int, std::string, std::int64_t, std::string>, std::vector<std::string>> alleles;
    for (const genomics::Site& site : sites) {
      auto& alts = alleles[{genomics::contig_rank(site.contig), site.contig, site.position, site.ref}];
      for (const std::string& alt : site.alts) {
        if (std::ranges::find(alts, alt) == alts.end()) alts.push_back(alt);
      }
    }
    for (const auto& [key, alts] : alleles) {
      places_.push_back({std::get<1>(key), std::get<2>(key), {std::get<3>(key)}, {}});
      places_.back().alleles.insert(places_.back().alleles.end(), alts.begin(), alts.end());
    }
  }

  [[nodiscard]] PlantedWindow& window_of(const std::string& contig, std::int64_t position) {
    return *std::ranges::find_if(windows_, [&](const PlantedWindow& window) {
      return window.contig == contig && window.begin <= position && position < window.end();
    });
  }
  void stamp(const std::string& contig, std::int64_t position, const std::string& bases) {
    PlantedWindow& window = window_of(contig, position);
    window.bases.replace(static_cast<std::size_t>(position - window.begin), bases.size(), bases);
  }
  void copy_known(const PlantedWindow& stretch) {
    for (PlantedWindow& window : windows_) {
      const std::int64_t begin = std::max(window.begin, stretch.begin);
      const std::int64_t end = std::min(window.end(), stretch.end());
      if (window.contig != stretch.contig || begin >= end) continue;
      const auto count = static_cast<std::size_t>(end - begin);
      window.bases.replace(static_cast<std::size_t>(begin - window.begin), count, stretch.bases,
                           static_cast<std::size_t>(begin - stretch.begin), count);
    }
  }
  [[nodiscard]] bool is_free(const std::string& contig, std::int64_t begin, std::int64_t end) const {
    return std::ranges::none_of(places_, [&](const PlantedPlace& place) {
      return place.contig == contig && place.position < end && begin < place.end();
    });
  }

  // Several lengths are a repeat that varies: six copies, as UGT1A1's TA has; a unit of one or two bases is one at
  // times. What is in the way of other sites is left out.
  void plant_repeat(const PlantedPlace& place, Dice& dice) {
    const std::string unit = repeat_unit(place);
    if (unit.empty()) return;
    const bool varies = place.alleles.size() > 2;
    const std::size_t copies = varies ? 5 : unit.size() <= 2 ? dice.roll(6) : dice.roll(2);
    const auto length = static_cast<std::int64_t>(unit.size());
    std::int64_t at = place.end();
    for (std::size_t k = 0; k < copies && is_free(place.contig, at, at + length); ++k, at += length) {
      stamp(place.contig, at, unit);
    }
    if (is_free(place.contig, at, at + 1)) stamp(place.contig, at, std::string{dice.base_but(unit[0])});
  }

  [[nodiscard]] bool is_crowded(const PlantedPlace& place, std::size_t haplotype) const {
    return std::ranges::any_of(places_, [&](const PlantedPlace& other) {
      return &other != &place && other.contig == place.contig && other.planted[haplotype] != 0 &&
             other.position < place.end() && place.position < other.end();
    });
  }

  std::vector<PlantedPlace> places_;
  std::vector<PlantedWindow> windows_;
};

}  // namespace stardose::test
