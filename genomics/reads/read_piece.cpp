// Cutting pieces out of reads.
#include "genomics/reads/read_piece.h"

#include <algorithm>
#include <optional>

namespace stardose::genomics {

namespace {

struct Anchors {
  Anchor left;  // `at` counts in the read
  Anchor right;
  std::int64_t clipped_from = 0;  // the read's bases outside [clipped_from, clipped_to) are clipped
  std::int64_t clipped_to = 0;
  bool has_gap = false;  ///< in the window
};

// nullopt: no base of the read is aligned in the window, or it is spliced over a part of it.
std::optional<Anchors> find_anchors(const AlignedRead& read, const LocalSite& site) {
  Anchors found;
  bool any = false;
  bool any_aligned = false;
  std::int64_t place = read.begin;
  std::int64_t at = 0;
  for (const std::uint32_t piece : read.cigar) {
    const CigarOp op = op_of(piece);
    const std::int64_t length = length_of(piece);
    if (is_aligned(op)) {
      if (!any_aligned) found.clipped_from = at;
      any_aligned = true;
      found.clipped_to = at + length;
      const std::int64_t from = std::max(place, site.begin());
      const std::int64_t to = std::min(place + length, site.end());
      if (from < to && !any) found.left = {at + from - place, from};
      if (from < to) found.right = {at + to - 1 - place, to - 1};
      any = any || from < to;
    }
    if (op == CigarOp::skip && place < site.end() && place + length > site.begin()) return std::nullopt;
    const bool is_gap = op == CigarOp::insertion || op == CigarOp::deletion;
    if (is_gap && place <= site.end() && place + length >= site.begin()) found.has_gap = true;
    if (takes_reference(op)) place += length;
    if (takes_read(op)) at += length;
  }
  if (!any || at > read.length) return std::nullopt;
  return found;
}

}  // namespace

bool cut_piece(const AlignedRead& read, const LocalSite& site, PieceStore& into) {
  const auto found = find_anchors(read, site);
  if (!found) return false;
  std::int64_t from = found->left.at;
  std::int64_t to = found->right.at + 1;
  const std::int64_t gain = site.longest_gain();
  if (from == found->clipped_from) from = std::max<std::int64_t>(0, from - (found->left.place - site.begin()) - gain);
  if (to == found->clipped_to) to = std::min(read.length, to + (site.end() - 1 - found->right.place) + gain);
  const bool reaches_from_left = found->right.place + (to - 1 - found->right.at) >= site.position;
  const bool reaches_from_right = found->left.place - (found->left.at - from) < site.alleles_end();
  if (!reaches_from_left || !reaches_from_right) return false;
  ReadPiece piece;
  piece.first = into.bases.size();
  piece.length = to - from;
  piece.left_clip = std::max<std::int64_t>(0, found->clipped_from - from);
  piece.right_clip = std::max<std::int64_t>(0, to - found->clipped_to);
  piece.is_straight = !found->has_gap && found->left.place == site.begin() && found->right.place == site.end() - 1;
  piece.left = {found->left.at - from, found->left.place};
  piece.right = {found->right.at - from, found->right.place};
  piece.fragment = read.fragment;
  piece.mapping_quality = read.mapping_quality;
  piece.reverse = read.reverse;
  into.pieces.push_back(piece);
  for (std::int64_t at = from; at < to; ++at) {
    into.bases.push_back(base_of_packed(read.base(at)));
    into.qualities.push_back(read.quality(at));
  }
  return true;
}

}  // namespace stardose::genomics
