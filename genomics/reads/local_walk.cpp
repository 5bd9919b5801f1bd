// Piles of pieces, flanks, and the judging of them.
#include "genomics/reads/local_walk.h"

#include <algorithm>
#include <limits>

#include "genomics/reads/lanes.h"
#include "genomics/reads/nearby_judge.h"

namespace stardose::genomics {

namespace {

constexpr std::size_t known_bases = 4;

}  // namespace

LocalWalk::LocalWalk(const std::string& contig, const std::vector<LocalSite>& sites, ReferenceBases* reference,
                     const ReadFilter& filter, EvidenceBuilder& into)
    : contig_{contig}, sites_{sites}, reference_{reference}, filter_{filter}, into_{into} {
  for (const LocalSite& site : sites) widest_flank_ = std::max(widest_flank_, haplotype_flank(site));
}

bool LocalWalk::concerns(std::int64_t begin, std::int64_t end) {
  while (first_ < sites_.size() && sites_[first_].end() <= begin) judge(first_++);
  return first_ < sites_.size() && sites_[first_].begin() < end;
}

// Piles stand in a ring: that of the site behind the last is that of the first, which is judged by then.
LocalWalk::Pile& LocalWalk::pile_of(std::size_t site) {
  if (site - first_ >= piles_.size()) {
    std::vector<Pile> more(std::max<std::size_t>(8, 2 * (site - first_ + 1)));
    for (std::size_t k = 0; k < piles_.size(); ++k) {
      more[(first_ + k) % more.size()] = std::move(piles_[(first_ + k) % piles_.size()]);
    }
    piles_ = std::move(more);
  }
  return piles_[site % piles_.size()];
}

void LocalWalk::take(const AlignedRead& read) {
  PieceCutter cutter{read};
  CigarWalk walk{read};
  for (std::size_t k = first_; k < sites_.size() && sites_[k].begin() < read.end; ++k) {
    const LocalSite& site = sites_[k];
    if (site.end() <= read.begin) continue;
    if (read.begin <= site.position && site.position < read.end) into_.count_site(site.number, read.mapping_quality);
    if (read.length == 0) continue;
    Pile& pile = pile_of(k);
    if (reference_ == nullptr) {
      walk.leave_before(site.position - widest_flank_);
      count_bases(read, walk, site, pile);
    }
    const bool is_mapped = site.paralogous || read.mapping_quality >= filter_.min_mapping_quality;
    if (!is_mapped || !pile.cap.wants(read.fragment)) continue;
    if (cutter.cut(site, pile.store)) pile.cap.keep(read.fragment, static_cast<std::uint32_t>(filter_.max_depth));
  }
}

void LocalWalk::BaseCounts::clear() {
  few_.clear();
  many_.clear();
  reads_ = 0;
}

// Few are counted in eight bits, so that a processor counts many positions at once.
void LocalWalk::BaseCounts::begin_read(std::size_t positions) {
  positions_ = positions;
  few_.resize(known_bases * positions);
  if (reads_ == std::numeric_limits<std::uint8_t>::max()) sum_up();
  ++reads_;
}

void LocalWalk::BaseCounts::see(std::size_t first, std::span<const std::uint8_t> bases) {
  using Bases = Lanes<std::uint8_t>;
  constexpr std::size_t together = lanes<std::uint8_t>;
  std::size_t k = 0;
  for (; k + together <= bases.size(); k += together) {
    const Bases here = load(&bases[k]);
    for (std::uint8_t base = 0; base < known_bases; ++base) {
      std::uint8_t* const counts = &few_[base * positions_ + first + k];
      store<std::uint8_t>(load(counts) - Bases(here == all(base)), counts);  // what is equal is all bits: minus one
    }
  }
  for (; k < bases.size(); ++k) {
    if (bases[k] < known_bases) ++few_[bases[k] * positions_ + first + k];
  }
}

void LocalWalk::BaseCounts::sum_up() {
  many_.resize(few_.size());
  for (std::size_t k = 0; k < few_.size(); ++k) many_[k] += few_[k];
  std::ranges::fill(few_, std::uint8_t{0});
  reads_ = 0;
}

std::uint8_t LocalWalk::BaseCounts::most_frequent(std::size_t position) const {
  std::uint32_t most = 0;
  std::uint8_t result = unknown_base;
  for (std::uint8_t base = 0; base < known_bases; ++base) {
    const std::size_t at = base * positions_ + position;
    const std::uint32_t count = few_[at] + (many_.empty() ? 0 : many_[at]);
    if (count <= most) continue;
    most = count;
    result = base;
  }
  return result;
}

void LocalWalk::count_bases(const AlignedRead& read, CigarWalk walk, const LocalSite& site, Pile& pile) {
  const std::int64_t begin = site.position - haplotype_flank(site);
  const std::int64_t end = site.alleles_end() + haplotype_flank(site);
  pile.counts.begin_read(static_cast<std::size_t>(end - begin));
  bases_.resize(static_cast<std::size_t>(end - begin));
  for (; !walk.is_done() && walk.step().place < end; walk.next()) {
    const auto& [op, length, place, at] = walk.step();
    const std::int64_t first = std::max(place, begin);
    const std::int64_t last = std::min({place + length, end, place + read.length - at});
    if (!is_aligned(op) || first >= last) continue;
    unpack_bases(read, at + first - place, at + last - place, bases_.data());
    pile.counts.see(static_cast<std::size_t>(first - begin), {bases_.data(), static_cast<std::size_t>(last - first)});
  }
}

std::vector<std::uint8_t> LocalWalk::flank(const LocalSite& site, const Pile& pile, std::int64_t from) const {
  const std::int64_t begin = site.position - haplotype_flank(site);
  std::vector<std::uint8_t> bases;
  for (std::int64_t p = from; p < from + haplotype_flank(site); ++p) {
    if (reference_ != nullptr) {
      bases.push_back(p < 0 ? unknown_base : base_number(reference_->base(contig_, p)));
      continue;
    }
    bases.push_back(pile.counts.most_frequent(static_cast<std::size_t>(p - begin)));
  }
  mark_nearby(site, from, bases);
  return bases;
}

void LocalWalk::judge(std::size_t number) {
  if (piles_.empty()) return;
  Pile& pile = piles_[number % piles_.size()];
  const LocalSite& site = sites_[number];
  if (!pile.store.pieces.empty()) {
    const auto left = flank(site, pile, site.position - haplotype_flank(site));
    const auto right = flank(site, pile, site.alleles_end());
    const std::vector<LocalHaplotypes> haplotypes = nearby_haplotypes(site, left, right);
    NearbyJudge judge{haplotypes, filter_.min_base_quality};
    for (const ReadPiece& piece : pile.store.pieces) {
      if (!pile.cap.wants(piece.fragment)) continue;
      const auto found = judge.judge(piece, pile.store);
      if (!found) continue;
      into_.add({piece.fragment, site.number, found->allele, found->quality, piece.mapping_quality, piece.reverse});
    }
  }
  into_.cap(site.number, pile.cap.level());
  pile.store.clear();
  pile.counts.clear();
  pile.cap = {};
}

void LocalWalk::finish() {
  while (first_ < sites_.size()) judge(first_++);
}

}  // namespace stardose::genomics
