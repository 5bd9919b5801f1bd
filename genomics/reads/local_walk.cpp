// Piles of pieces, flanks, and the judging of them.
#include "genomics/reads/local_walk.h"

#include <algorithm>

#include "genomics/reads/nearby_judge.h"

namespace stardose::genomics {

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

void LocalWalk::count_bases(const AlignedRead& read, CigarWalk walk, const LocalSite& site, Pile& pile) const {
  const std::int64_t begin = site.position - haplotype_flank(site);
  const std::int64_t end = site.alleles_end() + haplotype_flank(site);
  pile.counts.resize(static_cast<std::size_t>(4 * (end - begin)));
  for (; !walk.is_done() && walk.step().place < end; walk.next()) {
    const auto& [op, length, place, at] = walk.step();
    const std::int64_t first = std::max(place, begin);
    const std::int64_t last = std::min({place + length, end, place + read.length - at});
    if (!is_aligned(op) || first >= last) continue;
    auto count = pile.counts.begin() + 4 * (first - begin);
    for (std::int64_t p = first; p < last; ++p, count += 4) {
      const std::uint8_t base = bases_of_packed[read.base(at + p - place)];
      if (base != unknown_base) ++count[base];
    }
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
    const auto counts = pile.counts.begin() + 4 * (p - begin);
    const auto most = std::max_element(counts, counts + 4);
    bases.push_back(*most == 0 ? unknown_base : static_cast<std::uint8_t>(most - counts));
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
