// Pairs of reads of a planted genome, laid where they come from as an aligner would lay them.
#pragma once

#include <htslib/sam.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "genomics/io/hts_handle.h"
#include "tests/builders/planted_genome.h"

namespace stardose::test {

struct ReadProfile {
  double depth = 30;  ///< of both copies together
  std::size_t length = 150;
  double insert = 420;
  double insert_deviation = 60;
};

/// One aligned read.
struct PlantedRead {
  std::string name;
  std::string contig;
  std::int64_t begin = 0;
  std::string cigar;
  std::string bases;
  std::string qualities;  ///< as SAM has them
  bool reverse = false;
  bool first = false;
};

/// Scores of bwa mem's defaults: match, mismatch, gap open and extend, clipping. What they prefer is what is written:
/// a gap near an end gives way to mismatches or to a soft clip.
class ReadLayout {
 public:
  ReadLayout(const PlantedWindow& window, std::string_view bases, std::vector<std::int64_t> positions)
      : window_{window}, bases_{bases}, positions_{std::move(positions)} {
    settle_end(false);
    settle_end(true);
  }

  [[nodiscard]] std::int64_t begin() const { return positions_[left_clip_]; }
  [[nodiscard]] std::string cigar() const {
    std::string text = run(left_clip_, 'S');
    std::size_t matched = 0;
    std::size_t inserted = 0;
    const std::size_t end = bases_.size() - right_clip_;
    for (std::size_t k = left_clip_; k < end; ++k) {
      const std::int64_t step = k == left_clip_ ? 1 : positions_[k] - positions_[k - 1];
      if (step == 0) {
        text += run(std::exchange(matched, 0), 'M');
        ++inserted;
        continue;
      }
      text += run(std::exchange(inserted, 0), 'I');
      if (step > 1) text += run(std::exchange(matched, 0), 'M') + run(static_cast<std::size_t>(step - 1), 'D');
      ++matched;
    }
    return text + run(matched, 'M') + run(inserted, 'I') + run(right_clip_, 'S');
  }

 private:
  static constexpr int match = 1;
  static constexpr int mismatch = -4;
  static constexpr int gap_open = -6;
  static constexpr int clipping = -5;

  static std::string run(std::size_t count, char operation) {
    return count == 0 ? "" : std::to_string(count) + operation;
  }
  [[nodiscard]] int score(char base, std::int64_t position) const {
    const std::int64_t at = position - window_.begin;
    if (at < 0 || position >= window_.end()) return mismatch;
    return window_.bases[static_cast<std::size_t>(at)] == base ? match : mismatch;
  }

  // The outermost gap: is the end worth more with it, laid on without it, or clipped? `k` counts from the end.
  void settle_end(bool right) {
    const std::size_t size = bases_.size();
    const auto at = [&](std::size_t k) { return right ? size - 1 - k : k; };
    std::size_t gap = 1;
    while (gap < size && std::abs(positions_[at(gap)] - positions_[at(gap - 1)]) == 1) ++gap;
    const std::size_t anchor = anchor_behind(gap, at);
    if (anchor >= std::min<std::size_t>(size, 40)) return;
    const auto without_gap = [&](std::size_t k) {
      const auto distance = static_cast<std::int64_t>(anchor - k);
      return positions_[at(anchor)] + (right ? distance : -distance);
    };
    const bool inserts = positions_[at(gap)] == positions_[at(gap - 1)];
    const std::size_t inserted = inserts ? anchor - gap : 0;
    const std::size_t first_inserted = right ? gap - 1 : gap;
    const auto deleted = static_cast<int>(std::abs(positions_[at(gap)] - positions_[at(gap - 1)])) - 1;
    int gapped = gap_open - (inserts ? static_cast<int>(inserted) : deleted);
    int ungapped = 0;
    int best_kept = 0;
    std::size_t keep = 0;
    for (std::size_t k = anchor; k-- > 0;) {
      const bool is_inserted = inserts && k >= first_inserted && k < first_inserted + inserted;
      if (!is_inserted) gapped += score(bases_[at(k)], positions_[at(k)]);
      ungapped += score(bases_[at(k)], without_gap(k));
      if (ungapped <= best_kept) continue;
      best_kept = ungapped;
      keep = anchor - k;
    }
    const int clipped = clipping + best_kept;
    if (gapped >= ungapped && gapped >= clipped) return;
    for (std::size_t k = 0; k < anchor; ++k) positions_[at(k)] = without_gap(k);
    if (ungapped < clipped) (right ? right_clip_ : left_clip_) = anchor - keep;
  }

  // The first base on the inner side of the gap whose place does not depend on it.
  template <class At>
  [[nodiscard]] std::size_t anchor_behind(std::size_t gap, const At& at) const {
    std::size_t anchor = gap;
    while (anchor < bases_.size() && positions_[at(anchor)] == positions_[at(anchor - 1)]) ++anchor;
    return anchor;
  }

  const PlantedWindow& window_;
  std::string_view bases_;
  std::vector<std::int64_t> positions_;
  std::size_t left_clip_ = 0;
  std::size_t right_clip_ = 0;
};

/// Qualities as recent Illumina machines bin them: mostly 37, worse towards the end; a base is wrong as often as its
/// quality says.
inline void add_errors(std::string& bases, std::string& qualities, bool from_the_end, Dice& dice) {
  qualities.assign(bases.size(), '!');
  for (std::size_t k = 0; k < bases.size(); ++k) {
    const std::size_t cycle = from_the_end ? bases.size() - 1 - k : k;
    const double worse = 0.03 + 0.12 * static_cast<double>(cycle) / static_cast<double>(bases.size());
    const int quality = !dice.chance(worse) ? 37 : dice.chance(0.6) ? 23 : dice.chance(0.8) ? 12 : 2;
    qualities[k] = static_cast<char>('!' + quality);
    if (dice.chance(std::pow(10, -quality / 10.0))) bases[k] = dice.base_but(bases[k]);
  }
}

/// Reads of the whole genome, in the order of the file.
inline std::vector<PlantedRead> reads_of(const PlantedGenome& genome, const ReadProfile& profile, Dice& dice) {
  std::vector<PlantedRead> reads;
  std::size_t pairs = 0;
  for (const PlantedWindow& window : genome.windows()) {
    const std::size_t from = reads.size();
    for (std::size_t which = 0; which < 2; ++which) {
      const PlantedGenome::Haplotype haplotype = genome.haplotype(window, which);
      // Fragments lie within the window: its inner part is to be as deep as asked.
      const double inner = static_cast<double>(haplotype.bases.size()) - profile.insert;
      const double wanted = profile.depth / 2 * inner / (2 * static_cast<double>(profile.length));
      for (std::size_t k = 0; k < static_cast<std::size_t>(wanted + 0.5); ++k) {
        const auto insert = static_cast<std::size_t>(std::max<double>(
            static_cast<double>(profile.length), dice.normal(profile.insert, profile.insert_deviation)));
        if (insert >= haplotype.bases.size()) continue;
        const std::size_t start = dice.roll(haplotype.bases.size() - insert);
        const std::string name = "p" + std::to_string(pairs++);
        const bool first_is_left = dice.chance(0.5);
        for (const bool right : {false, true}) {
          const std::size_t begin = right ? start + insert - profile.length : start;
          const auto place = haplotype.positions.begin() + static_cast<std::ptrdiff_t>(begin);
          PlantedRead read{.name = name, .contig = window.contig, .reverse = right, .first = right != first_is_left};
          read.bases = haplotype.bases.substr(begin, profile.length);
          add_errors(read.bases, read.qualities, right, dice);
          const ReadLayout layout{window, read.bases, {place, place + static_cast<std::ptrdiff_t>(profile.length)}};
          read.begin = layout.begin();
          read.cigar = layout.cigar();
          reads.push_back(std::move(read));
        }
      }
    }
    std::stable_sort(reads.begin() + static_cast<std::ptrdiff_t>(from), reads.end(),
                     [](const PlantedRead& a, const PlantedRead& b) { return a.begin < b.begin; });
  }
  return reads;
}

/// Writes a BAM with its index. `contigs`: lines of @SQ, which must name those of the reads in their order.
inline void write_planted_bam(const std::string& path, const std::string& contigs,
                              const std::vector<PlantedRead>& reads, const std::string& sample = "planted") {
  const auto check = [&](bool good) {
    if (!good) throw std::runtime_error{"cannot write " + path};
  };
  const std::string head = "@HD\tVN:1.6\tSO:coordinate\n" + contigs + "@RG\tID:g\tSM:" + sample + "\n";
  const genomics::HtsHandle<sam_hdr_t> header{sam_hdr_parse(head.size(), head.c_str())};
  genomics::HtsHandle<htsFile> file{hts_open(path.c_str(), "wb1")};
  check(header && file && sam_hdr_write(file.get(), header.get()) == 0);
  const genomics::HtsHandle<bam1_t> record{bam_init1()};
  for (const PlantedRead& read : reads) {
    const int flag = BAM_FPAIRED | BAM_FPROPER_PAIR | (read.reverse ? BAM_FREVERSE : BAM_FMREVERSE) |
                     (read.first ? BAM_FREAD1 : BAM_FREAD2);
    std::string line = read.name + "\t" + std::to_string(flag) + "\t" + read.contig + "\t" +
                       std::to_string(read.begin + 1) + "\t60\t" + read.cigar + "\t*\t0\t0\t" + read.bases + "\t" +
                       read.qualities;
    kstring_t text{line.size(), line.size() + 1, line.data()};
    check(sam_parse1(&text, header.get(), record.get()) >= 0);
    check(sam_write1(file.get(), header.get(), record.get()) >= 0);
  }
  check(hts_close(file.release()) == 0 && sam_index_build(path.c_str(), 0) == 0);
}

}  // namespace stardose::test
