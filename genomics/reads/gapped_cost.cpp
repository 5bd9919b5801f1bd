// Affine gaps in a band (Gotoh 1982).
#include "genomics/reads/gapped_cost.h"

#include <algorithm>

#include "genomics/reads/local_site.h"

namespace stardose::genomics {

namespace {

constexpr std::int64_t band = 16;     // longest gap on either side of where the anchors put the piece
constexpr std::int64_t widest = 400;  // diagonals; anchors further apart say nothing together
constexpr int impossible = 1'000'000;

}  // namespace

int base_cost(std::uint8_t read, std::uint8_t quality, std::uint8_t haplotype) {
  if (read == unknown_base || haplotype == unknown_base) return unknown_base_cost;
  return read == haplotype ? 0 : quality;
}

int gapped_cost(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                std::span<const std::uint8_t> haplotype, std::int64_t first_start, std::int64_t last_start,
                const GapFree& gap_free, std::vector<int>& rows) {
  const std::int64_t lowest = first_start - band;
  const std::int64_t width = std::min(last_start - first_start + 2 * band + 1, widest);
  // Column c of row i is base i of the piece on base lowest + i + c of the haplotype.
  const auto columns = static_cast<std::size_t>(width);
  rows.assign(3 * (columns + 1), impossible);
  const std::span<int> aligned{rows.data(), columns + 1};
  const std::span<int> inserted{rows.data() + columns + 1, columns + 1};
  const std::span<int> deleted{rows.data() + 2 * (columns + 1), columns + 1};
  for (std::size_t i = 0; i < bases.size(); ++i) {
    int aligned_left = impossible;  // of this row, one column before
    int deleted_left = impossible;
    for (std::size_t c = 0; c < columns; ++c) {
      const std::int64_t j = lowest + static_cast<std::int64_t>(i + c);
      const bool inside = j >= 0 && j < std::ssize(haplotype);
      const int before = i == 0 ? 0 : std::min({aligned[c], inserted[c], deleted[c]});
      const int here =
          inside ? base_cost(bases[i], qualities[i], haplotype[static_cast<std::size_t>(j)]) : unknown_base_cost;
      const bool may_insert = i > 0 && (j + 1 < gap_free.begin || j + 1 > gap_free.end);
      const bool may_delete = j < gap_free.begin || j >= gap_free.end;
      const int insertion =
          may_insert ? std::min(aligned[c + 1] + gap_open_cost, inserted[c + 1] + gap_extend_cost) : impossible;
      const int deletion =
          may_delete ? std::min(aligned_left + gap_open_cost, deleted_left + gap_extend_cost) : impossible;
      aligned[c] = std::min(before + here, impossible);
      inserted[c] = std::min(insertion, impossible);
      deleted[c] = std::min(deletion, impossible);
      aligned_left = aligned[c];
      deleted_left = deleted[c];
    }
  }
  int best = impossible;
  for (std::size_t c = 0; c < columns; ++c) best = std::min({best, aligned[c], inserted[c]});
  return best;
}

}  // namespace stardose::genomics
