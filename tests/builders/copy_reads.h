// Reads of a person whose copies of a few stretches are given: deletions and repeats as they lie on the chromosome.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "genomics/sites/site.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "tests/builders/alignment_builder.h"
#include "tests/reads/random.h"

namespace stardose::test {

/// 0-based and half-open.
struct CopyStretch {
  std::string contig;
  std::int64_t begin = 0;
  std::int64_t end = 0;
  int copies = 2;  ///< in place of two, or added to them, as the list says
};

/// Single reads of 150 bases at random places, so that depth is Poisson. Bases are A but for the sites of the
/// catalogue, where `variant` reads of a hundred have the first alternative. Same seed, same reads.
class CopyReads {
 public:
  CopyReads(const pharmaco::KnowledgeBase& knowledge, genomics::Assembly assembly, double depth, std::uint64_t seed)
      : assembly_{assembly}, depth_{depth}, random_{seed} {
    for (const pharmaco::Gene& gene : knowledge.genes) {
      for (const genomics::Site& listed : gene.sites) {
        const genomics::Site site = genomics::placed_on(listed, assembly);
        if (site.placed) sites_.push_back(site);
      }
    }
    const auto place = [](const genomics::Site& site) { return std::pair{site.contig, site.position}; };
    std::ranges::sort(sites_, {}, place);
  }

  /// Is read at all, with two copies.
  CopyReads& window(const std::string& contig, std::int64_t begin, std::int64_t end) {
    windows_.push_back({contig, begin, end, 2});
    return *this;
  }
  /// Copies more or fewer than two.
  CopyReads& change(const std::string& contig, std::int64_t begin, std::int64_t end, int by) {
    changes_.push_back({contig, begin, end, by});
    return *this;
  }
  /// Share of the reads over the position (1-based) that have the first alternative.
  CopyReads& variant(const std::string& contig, std::int64_t position, double share) {
    variants_.push_back({contig, position - 1, share});
    return *this;
  }
  /// Captured: so many times the depth, at one place after the other.
  CopyReads& captured(std::vector<double> factors) {
    factors_ = std::move(factors);
    return *this;
  }

  /// `builder` has contigs and samples.
  AlignmentBuilder& into(AlignmentBuilder& builder) {
    std::vector<CopyStretch> windows = windows_;
    std::ranges::stable_sort(windows, {}, &CopyStretch::begin);
    std::ranges::stable_sort(windows, {}, [](const CopyStretch& one) { return std::stol("0" + digits(one.contig)); });
    for (const CopyStretch& window : windows) add(window, builder);
    return builder;
  }

 private:
  static constexpr std::int64_t length = 150;
  static constexpr std::int64_t probe = 500;  // bases that one factor of a capture holds for
  struct Variant {
    std::string contig;
    std::int64_t position = 0;
    double share = 0;
  };

  static std::string digits(std::string contig) {
    std::erase_if(contig, [](char c) { return c < '0' || c > '9'; });
    return contig;
  }

  [[nodiscard]] int copies_at(const std::string& contig, std::int64_t at) const {
    int copies = 2;
    for (const CopyStretch& change : changes_) {
      if (change.contig == contig && at >= change.begin && at < change.end) copies += change.copies;
    }
    return copies;
  }

  // Each base begins a read with a small probability, the same on each copy.
  void add(const CopyStretch& window, AlignmentBuilder& builder) {
    here_.clear();
    for (const genomics::Site& site : sites_) {
      if (site.contig == window.contig && site.end() > window.begin - length && site.position < window.end + length) {
        here_.push_back(site);
      }
    }
    for (std::int64_t at = window.begin - length; at < window.end; ++at) {
      const double factor = factors_.empty() ? 1 : factors_[static_cast<std::size_t>(at / probe) % factors_.size()];
      double expected = depth_ / 2 / static_cast<double>(length) * factor * copies_at(window.contig, at + length / 2);
      while (expected > 0) {
        if (random_.uniform() < std::min(expected, 1.0)) add_read(window.contig, at, builder);
        expected -= 1;
      }
    }
  }

  void add_read(const std::string& contig, std::int64_t at, AlignmentBuilder& builder) {
    std::string bases(static_cast<std::size_t>(length), 'A');
    for (const genomics::Site& site : here_) {
      if (site.position < at || site.end() > at + length) continue;
      std::string allele = site.base == 0 ? site.ref : site.alts[site.base - 1U];
      for (const Variant& variant : variants_) {
        const bool here = variant.contig == contig && variant.position == site.position;
        if (here && random_.uniform() < variant.share) allele = site.alts.front();
      }
      if (allele.size() != site.ref.size()) continue;
      bases.replace(static_cast<std::size_t>(site.position - at), allele.size(), allele);
    }
    const std::string name = assembly_ == genomics::Assembly::grch37 ? digits(contig) : contig;
    ++number_;
    builder.read("r" + std::to_string(number_) + (number_ % 2 == 0 ? " 0 " : " 16 ") + name + " " +
                     std::to_string(at + 1) + " 60 150M",
                 bases);
  }

  genomics::Assembly assembly_;
  double depth_;
  tests::Random random_;
  std::vector<genomics::Site> sites_;
  std::vector<genomics::Site> here_;  ///< those of the window at hand
  std::vector<CopyStretch> windows_;
  std::vector<CopyStretch> changes_;
  std::vector<Variant> variants_;
  std::vector<double> factors_;
  std::size_t number_ = 0;
};

}  // namespace stardose::test
