// The part of a read that lies around a site.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "genomics/reads/aligned_read.h"
#include "genomics/reads/local_site.h"

namespace stardose::genomics {

/// A base of the piece that the CIGAR puts on a base of the reference.
struct Anchor {
  std::int64_t at = 0;     ///< in the piece
  std::int64_t place = 0;  ///< in the reference
};

struct ReadPiece {
  std::size_t first = 0;       ///< its bases within a PieceStore
  std::int64_t length = 0;     ///< of them
  std::int64_t left_clip = 0;  ///< bases at its ends that the aligner left out (soft clips)
  std::int64_t right_clip = 0;
  bool is_across = false;    ///< the aligner laid it over the whole window of the site
  bool is_straight = false;  ///< and without a gap
  Anchor left;               ///< the first aligned base in the site's window
  Anchor right;              ///< the last
  std::uint64_t fragment = 0;
  std::uint8_t mapping_quality = 0;
  bool reverse = false;
};

/// Pieces of a site's reads. Emptied and used again, it takes nothing more from the allocator.
struct PieceStore {
  std::vector<ReadPiece> pieces;
  std::vector<std::uint8_t> bases;  ///< base_number
  std::vector<std::uint8_t> qualities;

  void clear() {
    pieces.clear();
    bases.clear();
    qualities.clear();
  }
};

/// Writes all that a piece says, for telling whether another says the same.
void write_words(const ReadPiece& piece, const PieceStore& store, std::string& words);

/// Cuts pieces out of one read, which must live as long.
class PieceCutter {
 public:
  explicit PieceCutter(const AlignedRead& read);

  /// Cuts out the bases that lie in the window of a site, soft-clipped ones too, and keeps them if the site's alleles
  /// could be among them. Returns whether it did. Ask for sites by position.
  bool cut(const LocalSite& site, PieceStore& into);

 private:
  struct Anchors;
  [[nodiscard]] std::optional<Anchors> find_anchors(const LocalSite& site) const;

  const AlignedRead* read_;
  CigarWalk walk_;
  bool is_whole_ = false;          ///< the read has as many bases as its CIGAR says
  std::int64_t clipped_from_ = 0;  ///< the read's bases outside [clipped_from_, clipped_to_) are clipped
  std::int64_t clipped_to_ = 0;
};

}  // namespace stardose::genomics
