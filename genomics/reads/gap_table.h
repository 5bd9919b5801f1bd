// The table of a piece on a haplotype with as many gaps as it likes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "genomics/reads/piece_cost.h"

namespace stardose::genomics {

/// Affine gaps in a band (Gotoh 1982), all cells at once in which base and column add up to the same: they hang on
/// those of the two sums before, and not on each other. The smaller the number a cell is, the more are reckoned at
/// once. Its vectors are kept from call to call.
template <class Cost>
class GapTable {
 public:
  /// No piece may be asked to cost more. What is dearer is held at a cost that is more by one; to that a gap's opening
  /// can be added.
  static constexpr int most_cost = sizeof(Cost) == 1 ? 209 : 15'000;

  /// As GappedCost. Pieces must always be laid on the same haplotype.
  [[nodiscard]] int operator()(const BandedPiece& piece, int most);

 private:
  void set_read(const BandedPiece& piece);
  void set_haplotype(const BandedPiece& piece);
  void begin(std::size_t diagonals);
  /// Where its vectors lie: what is stored could else be one of these.
  struct Cells {
    std::size_t count;
    const Cost* read;
    const Cost* quality;
    const Cost* too_early;
    const Cost* own;
    const Cost* others;
    const Cost* no_insertion;
    const Cost* no_deletion;
    std::array<const Cost*, 2> outside;
    std::array<Cost*, 2> best;
    Cost* aligned;
    Cost* inserted;
    Cost* deleted;
  };
  [[nodiscard]] Cells cells();
  /// The cells of even diagonals or of odd ones, of which that of diagonal 0 or 1 is of this base.
  template <bool odd, bool any_others>
  static void step(const Cells& cells, std::size_t base);
  template <bool any_others>
  [[nodiscard]] bool fill(std::size_t sums, int most);
  void see_ends(std::size_t base);
  [[nodiscard]] bool is_dead(int most) const;

  std::size_t cells_ = 0;   ///< of each sum, in whole vectors
  std::size_t length_ = 0;  ///< of the piece

  /// By base, the last one first, others before and behind: that as a bit, its quality, and none where no base is.
  std::vector<Cost> read_;
  std::vector<Cost> quality_;
  std::vector<Cost> too_early_;
  /// By column of the piece's stretch: its base as a bit, those that it may be instead, none where no gap may open
  /// behind it, or lack it.
  std::vector<Cost> own_;
  std::vector<Cost> others_;
  std::vector<Cost> no_insertion_;
  std::vector<Cost> no_deletion_;
  bool any_others_ = false;
  std::int64_t lowest_ = 0;
  GapFree gap_free_;
  /// By every other diagonal: none beyond the band, and least costs of the piece up to a base, whatever it is; with
  /// that base aligned; inserted; or a column lacking behind it.
  std::array<std::vector<Cost>, 2> outside_;
  std::array<std::vector<Cost>, 2> best_;
  std::vector<Cost> aligned_;
  std::vector<Cost> inserted_;
  std::vector<Cost> deleted_;
  std::vector<Cost> ends_;  ///< of the whole piece
};

extern template class GapTable<std::uint8_t>;
extern template class GapTable<std::int16_t>;

}  // namespace stardose::genomics
