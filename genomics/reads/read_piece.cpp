// Cutting pieces out of reads.
#include "genomics/reads/read_piece.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace stardose::genomics {

void write_words(const ReadPiece& piece, const PieceStore& store, std::string& words) {
  const auto length = static_cast<std::size_t>(piece.length);
  const auto add = [&](const void* bytes, std::size_t count) { words.append(static_cast<const char*>(bytes), count); };
  words.clear();
  words.reserve(2 * length + 7 * sizeof(std::int64_t));
  add(store.bases.data() + piece.first, length);
  add(store.qualities.data() + piece.first, length);
  const std::array<std::int64_t, 7> numbers{
      piece.left.at,   piece.left.place, piece.right.at,           piece.right.place,
      piece.left_clip, piece.right_clip, piece.is_straight ? 1 : 0};
  add(numbers.data(), sizeof numbers);
}

struct PieceCutter::Anchors {
  Anchor left;  // `at` counts in the read
  Anchor right;
  bool has_gap = false;  ///< in the window
};

PieceCutter::PieceCutter(const AlignedRead& read) : read_{&read}, walk_{read} {
  bool any_aligned = false;
  std::int64_t bases = 0;
  for (CigarWalk walk = walk_; !walk.is_done(); walk.next()) {
    const CigarStep& step = walk.step();
    if (takes_read(step.op)) bases += step.length;
    if (!is_aligned(step.op)) continue;
    if (!any_aligned) clipped_from_ = step.at;
    any_aligned = true;
    clipped_to_ = step.at + step.length;
  }
  is_whole_ = bases <= read.length;
}

// nullopt: no base of the read is aligned in the window, or it is spliced over a part of it.
std::optional<PieceCutter::Anchors> PieceCutter::find_anchors(const LocalSite& site) const {
  Anchors found;
  bool any = false;
  for (CigarWalk walk = walk_; !walk.is_done() && walk.step().place <= site.end(); walk.next()) {
    const auto& [op, length, place, at] = walk.step();
    if (is_aligned(op)) {
      const std::int64_t from = std::max(place, site.begin());
      const std::int64_t to = std::min(place + length, site.end());
      if (from < to && !any) found.left = {at + from - place, from};
      if (from < to) found.right = {at + to - 1 - place, to - 1};
      any = any || from < to;
    }
    if (op == CigarOp::skip && place < site.end() && place + length > site.begin()) return std::nullopt;
    const bool is_gap = op == CigarOp::insertion || op == CigarOp::deletion;
    if (is_gap && place + length >= site.begin()) found.has_gap = true;
  }
  if (!any) return std::nullopt;
  return found;
}

bool PieceCutter::cut(const LocalSite& site, PieceStore& into) {
  if (!is_whole_) return false;
  walk_.leave_before(site.begin());
  const auto found = find_anchors(site);
  if (!found) return false;
  const AlignedRead& read = *read_;
  std::int64_t from = found->left.at;
  std::int64_t to = found->right.at + 1;
  const std::int64_t gain = site.longest_gain();
  if (from == clipped_from_) from = std::max<std::int64_t>(0, from - (found->left.place - site.begin()) - gain);
  if (to == clipped_to_) to = std::min(read.length, to + (site.end() - 1 - found->right.place) + gain);
  const bool reaches_from_left = found->right.place + (to - 1 - found->right.at) >= site.position;
  const bool reaches_from_right = found->left.place - (found->left.at - from) < site.alleles_end();
  if (!reaches_from_left || !reaches_from_right) return false;
  ReadPiece piece;
  piece.first = into.bases.size();
  piece.length = to - from;
  piece.left_clip = std::max<std::int64_t>(0, clipped_from_ - from);
  piece.right_clip = std::max<std::int64_t>(0, to - clipped_to_);
  piece.is_across = found->left.place == site.begin() && found->right.place == site.end() - 1;
  piece.is_straight = piece.is_across && !found->has_gap;
  piece.left = {found->left.at - from, found->left.place};
  piece.right = {found->right.at - from, found->right.place};
  piece.fragment = read.fragment;
  piece.mapping_quality = read.mapping_quality;
  piece.reverse = read.reverse;
  into.pieces.push_back(piece);
  into.bases.resize(piece.first + static_cast<std::size_t>(piece.length));
  into.qualities.resize(into.bases.size());
  unpack_bases(read, from, to, into.bases.data() + piece.first);
  read.copy_qualities(from, to, into.qualities.data() + piece.first);
  return true;
}

}  // namespace stardose::genomics
