// Sites under a read, by its CIGAR.
#include "genomics/reads/contig_walk.h"

#include <algorithm>

namespace stardose::genomics {

ContigWalk::ContigWalk(const ContigLayout& layout, ReferenceBases* reference, const ReadFilter& filter,
                       EvidenceBuilder& into)
    : layout_{layout},
      filter_{filter},
      into_{into},
      local_{layout.contig, layout.local_sites, reference, filter, into} {}

bool ContigWalk::concerns(std::int64_t begin, std::int64_t end) {
  concerns_local_ = local_.concerns(begin, end);
  const auto& sites = layout_.base_sites;
  while (first_site_ < sites.size() && sites[first_site_].position < begin) ++first_site_;
  const auto& depths = layout_.depths;
  while (first_depth_ < depths.size() && depths[first_depth_].end <= begin) ++first_depth_;
  if (concerns_local_ || (first_site_ < sites.size() && sites[first_site_].position < end)) return true;
  return std::any_of(depths.begin() + static_cast<std::ptrdiff_t>(first_depth_), depths.end(),
                     [&](const DepthStretch& depth) { return depth.begin < end && depth.end > begin; });
}

void ContigWalk::take(const AlignedRead& read) {
  take_depth(read);
  take_bases(read);
  if (concerns_local_) local_.take(read);
}

void ContigWalk::see(const BaseSite& site, const AlignedRead& read, std::int64_t at) {
  into_.count_site(site.number, read.mapping_quality);
  if (at >= read.length || (!site.paralogous && read.mapping_quality < filter_.min_mapping_quality)) return;
  const std::uint8_t quality = read.quality(at);
  const std::uint8_t allele = site.allele_of[read.base(at)];
  if (quality < filter_.min_base_quality || allele == no_read_allele) return;
  into_.add({read.fragment, site.number, allele, quality, read.mapping_quality, read.reverse});
}

// The read lacks the site's base; the bases beside the gap say how sure that is.
void ContigWalk::see_gap(const BaseSite& site, const AlignedRead& read, std::int64_t at) {
  into_.count_site(site.number, read.mapping_quality);
  if (at <= 0 || at >= read.length || (!site.paralogous && read.mapping_quality < filter_.min_mapping_quality)) return;
  const std::uint8_t quality = std::min(read.quality(at - 1), read.quality(at));
  if (quality < filter_.min_base_quality) return;
  into_.add({read.fragment, site.number, other_read_allele, quality, read.mapping_quality, read.reverse});
}

void ContigWalk::take_bases(const AlignedRead& read) {
  const auto& sites = layout_.base_sites;
  std::size_t next = first_site_;
  std::int64_t place = read.begin;
  std::int64_t at = 0;
  for (const std::uint32_t piece : read.cigar) {
    if (next == sites.size() || sites[next].position >= read.end) return;
    const CigarOp op = op_of(piece);
    const std::int64_t length = length_of(piece);
    if (takes_reference(op)) {
      for (; next < sites.size() && sites[next].position < place + length; ++next) {
        if (is_aligned(op)) see(sites[next], read, at + (sites[next].position - place));
        if (op == CigarOp::deletion) see_gap(sites[next], read, at);
      }
      place += length;
    }
    if (takes_read(op)) at += length;
  }
}

void ContigWalk::take_depth(const AlignedRead& read) {
  const auto& depths = layout_.depths;
  for (std::size_t k = first_depth_; k < depths.size() && depths[k].begin < read.end; ++k) {
    std::int64_t bases = 0;
    std::int64_t place = read.begin;
    for (const std::uint32_t piece : read.cigar) {
      if (!takes_reference(op_of(piece))) continue;
      const std::int64_t last = place + length_of(piece);
      if (is_aligned(op_of(piece))) {
        bases += std::max<std::int64_t>(0, std::min(last, depths[k].end) - std::max(place, depths[k].begin));
      }
      place = last;
    }
    if (bases > 0) into_.count_bases(depths[k].number, bases, read.mapping_quality);
  }
}

}  // namespace stardose::genomics
