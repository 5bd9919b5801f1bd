// Costs of a piece on each haplotype, and what follows from them.
#include "genomics/reads/allele_judge.h"

#include <algorithm>

#include "genomics/reads/aligned_read.h"
#include "genomics/reads/read_evidence.h"

namespace stardose::genomics {

namespace {

// A piece that costs more a base resembles nothing: about a quarter of its bases differ. Between CYP2D6 and CYP2D7,
// whose reads are to be read in either place, one base in ten does.
constexpr int most_cost_per_base = 6;
// Of each shared flank so many bases are to be seen before a read may carry an allele that is not listed.
constexpr std::int64_t sure_flank = 8;
// Clipped bases are kept up to where they fit an allele, if they fit by so many; few bases fit by chance.
constexpr int clip_score = 8;
constexpr int clip_mismatch = -3;
// Longer clips that fit no allele are tried behind a gap; there they may cost so much a base.
constexpr std::int64_t long_clip = 16;
constexpr int clip_cost_per_base = 3;
// Of a long allele (an insertion) so many bases tell that a read is in it.
constexpr std::int64_t enough_of_an_allele = 10;
// An allele of another length is known by its length; of its own bases so many per cent may differ.
constexpr std::int64_t differing_percent = 20;

using Bases = std::span<const std::uint8_t>;

int cost_at(const LaidPiece& laid, Bases haplotype, std::int64_t start) {
  return cost_without_gaps(laid.bases, laid.qualities, haplotype, start);
}

LaidPiece laid_whole(const ReadPiece& piece, const PieceStore& store) {
  const auto length = static_cast<std::size_t>(piece.length);
  return {Bases{store.bases}.subspan(piece.first, length), Bases{store.qualities}.subspan(piece.first, length),
          piece.left, piece.right};
}

bool is_tolerable(int cost, std::int64_t bases) {
  return std::int64_t{cost} * 100 <= bases * differing_percent * largest_quality;
}

// The clipped bases at one end that fit the haplotype from there on: all, a stretch that fits well, or none.
std::int64_t fitting_clip(const LaidPiece& laid, std::int64_t clip, bool at_left, Bases haplotype, std::int64_t start) {
  int score = 0;
  int best_score = 0;
  std::int64_t best = 0;
  for (std::int64_t k = 0; k < clip; ++k) {
    const std::int64_t i = at_left ? clip - 1 - k : std::ssize(laid.bases) - clip + k;
    const std::int64_t at = start + i;
    if (at < 0 || at >= std::ssize(haplotype)) break;
    const bool fits =
        base_cost(laid.bases[static_cast<std::size_t>(i)], 1, haplotype[static_cast<std::size_t>(at)]) != 1;
    score += fits ? 1 : clip_mismatch;
    if (score > best_score) {
      best_score = score;
      best = k + 1;
    }
  }
  return best == clip || best_score >= clip_score ? best : 0;
}

}  // namespace

AlleleJudge::AlleleJudge(const LocalHaplotypes& haplotypes, int least_quality)
    : haplotypes_{haplotypes},
      least_quality_{least_quality},
      costs_(haplotypes.bases.size()),
      starts_(haplotypes.bases.size()) {
  for (const auto& bases : haplotypes.bases) gapped_costs_.emplace_back(bases);
}

void AlleleJudge::Starts::add(std::int64_t start) {
  const auto last = at.begin() + static_cast<std::ptrdiff_t>(count);
  if (std::find(at.begin(), last, start) == last) at.at(count++) = start;
}

std::int64_t AlleleJudge::size(std::size_t allele) const { return std::ssize(haplotypes_.bases[allele]); }

AlleleJudge::Starts AlleleJudge::starts(const LaidPiece& laid, std::size_t allele) const {
  Starts result;
  for (const Anchor& anchor : {laid.left, laid.right}) {
    if (anchor.place < haplotypes_.left_limit) result.add(anchor.place - haplotypes_.begin - anchor.at);
    if (anchor.place >= haplotypes_.right_limit) {
      result.add(size(allele) - (haplotypes_.end - anchor.place) - anchor.at);
    }
  }
  return result;
}

// Leaves out what is clipped and fits no allele: adapters, or the other side of a breakpoint.
LaidPiece AlleleJudge::without_strange_clips(const LaidPiece& whole, const ReadPiece& piece) const {
  std::int64_t left = 0;
  std::int64_t right = 0;
  for (std::size_t allele = 0; allele < costs_.size(); ++allele) {
    const Starts places = starts(whole, allele);
    for (std::size_t k = 0; k < places.count; ++k) {
      left = std::max(left, fitting_clip(whole, piece.left_clip, true, haplotypes_.bases[allele], places.at.at(k)));
      right = std::max(right, fitting_clip(whole, piece.right_clip, false, haplotypes_.bases[allele], places.at.at(k)));
    }
  }
  const std::int64_t from = piece.left_clip - left;
  const auto first = static_cast<std::size_t>(from);
  const auto count = static_cast<std::size_t>(piece.length - from - (piece.right_clip - right));
  return {whole.bases.subspan(first, count),
          whole.qualities.subspan(first, count),
          {whole.left.at - from, whole.left.place},
          {whole.right.at - from, whole.right.place}};
}

AlleleJudge::Placed AlleleJudge::placed(const LaidPiece& laid, std::size_t allele) const {
  const Starts places = starts(laid, allele);
  Placed best{cost_at(laid, haplotypes_.bases[allele], places.at[0]), places.at[0]};
  for (std::size_t k = 1; k < places.count; ++k) {
    const int here = cost_at(laid, haplotypes_.bases[allele], places.at.at(k));
    if (here < best.cost) best = {here, places.at.at(k)};
  }
  return best;
}

std::optional<AlleleVerdict> AlleleJudge::verdict(std::uint8_t allele, int quality) const {
  const int bounded = std::min<int>(quality, largest_quality);
  if (bounded < least_quality_) return std::nullopt;
  return AlleleVerdict{allele, static_cast<std::uint8_t>(bounded)};
}

int AlleleJudge::length_quality(const LaidPiece& laid, std::int64_t first, std::int64_t last) const {
  int quality = haplotypes_.length_quality;
  if (!haplotypes_.is_run) return quality;
  for (std::int64_t k = std::max<std::int64_t>(0, first - 1); k < std::min(last + 1, std::ssize(laid.bases)); ++k) {
    quality = std::min<int>(quality, laid.qualities[static_cast<std::size_t>(k)]);
  }
  return quality;
}

// Both flanks fit, each from its own side, and what is between them is as long as an allele but none.
std::optional<AlleleVerdict> AlleleJudge::other(const LaidPiece& laid, int best) const {
  if (laid.left.place >= haplotypes_.left_limit || laid.right.place < haplotypes_.right_limit) return std::nullopt;
  const std::int64_t start = laid.left.place - haplotypes_.begin - laid.left.at;
  const std::int64_t from_end = haplotypes_.end - laid.right.place + laid.right.at;  // of base 0, to the right end
  const std::int64_t left_end = haplotypes_.left_shared - start;                     // in the piece
  const std::int64_t right_begin = from_end - haplotypes_.right_shared;
  const std::int64_t length = std::ssize(laid.bases);
  if (left_end < sure_flank || length - right_begin < sure_flank || left_end > right_begin) return std::nullopt;
  const auto part = [&](std::int64_t first, std::int64_t last, std::int64_t begin) {
    const auto offset = static_cast<std::size_t>(first);
    const auto count = static_cast<std::size_t>(last - first);
    const LaidPiece flank{laid.bases.subspan(offset, count), laid.qualities.subspan(offset, count), {}, {}};
    return cost_at(flank, haplotypes_.bases.front(), begin);
  };
  const int cost = part(0, left_end, start) + part(right_begin, length, size(0) - from_end + right_begin);
  if (cost > std::min<std::int64_t>(gap_open_cost, most_cost_per_base * length)) return std::nullopt;
  const std::int64_t between = right_begin - left_end;
  const bool is_known_length = std::any_of(haplotypes_.bases.begin(), haplotypes_.bases.end(), [&](const auto& bases) {
    return std::ssize(bases) - haplotypes_.left_shared - haplotypes_.right_shared == between;
  });
  if (!is_known_length || (!haplotypes_.same_length && is_tolerable(best - cost, between))) return std::nullopt;
  return verdict(other_read_allele, best - cost);
}

// Whether the piece reaches over the stretch in which alleles differ; into a long one far enough, from the side that it
// comes from.
bool AlleleJudge::covers(const LaidPiece& laid, std::size_t allele, std::int64_t start) const {
  const std::int64_t first = haplotypes_.left_shared;
  const std::int64_t last = size(allele) - haplotypes_.right_shared;
  const std::int64_t enough = std::min(last - first + 1, enough_of_an_allele);
  return start + std::ssize(laid.bases) >= first + enough && start <= last - enough;
}

// Whether so much of both flanks is there that a gap is worth believing.
bool AlleleJudge::covers_surely(const LaidPiece& laid, std::size_t allele, std::int64_t start) const {
  return start + sure_flank <= haplotypes_.left_shared &&
         start + std::ssize(laid.bases) - sure_flank >= size(allele) - haplotypes_.right_shared;
}

// Whether it fits there. Where it does not and other() could not say so, it is too short to say anything.
bool AlleleJudge::fits(const LaidPiece& laid, std::size_t allele, std::int64_t start) const {
  const std::int64_t from = std::max(haplotypes_.left_shared, start);
  const std::int64_t to = std::min(size(allele) - haplotypes_.right_shared, start + std::ssize(laid.bases));
  if (from >= to) return true;
  const auto first = static_cast<std::size_t>(from - start);
  const auto count = static_cast<std::size_t>(to - from);
  const LaidPiece within{laid.bases.subspan(first, count), laid.qualities.subspan(first, count), {}, {}};
  const int cost = cost_at(within, haplotypes_.bases[allele], from);
  return cost < least_quality_ || (!haplotypes_.same_length && is_tolerable(cost, to - from));
}

int AlleleJudge::gapped(const LaidPiece& laid, std::size_t allele, bool anywhere, int most) {
  const Starts places = starts(laid, allele);
  const auto [first, last] =
      std::minmax_element(places.at.begin(), places.at.begin() + static_cast<std::ptrdiff_t>(places.count));
  // A deletion right beside an indel is one with it.
  const std::int64_t beside = haplotypes_.same_length ? 0 : 1;
  const GapFree telling{haplotypes_.left_shared - beside, size(allele) - haplotypes_.right_shared + beside};
  return gapped_costs_[allele](laid.bases, laid.qualities, *first, *last, anywhere ? GapFree{} : telling, most);
}

int AlleleJudge::gapped_anywhere(const LaidPiece& laid, int most) {
  int least = impossible_cost;
  for (std::size_t k = 0; k < costs_.size(); ++k) {
    least = std::min(least, gapped(laid, k, true, std::min(most, least)));
  }
  return least;
}

int AlleleJudge::place_without_gaps(const LaidPiece& laid) {
  for (std::size_t k = 0; k < costs_.size(); ++k) {
    const Placed here = placed(laid, k);
    costs_[k] = here.cost;
    starts_[k] = here.start;
  }
  return *std::min_element(costs_.begin(), costs_.end());
}

AlleleJudge::Cheapest AlleleJudge::place_with_gaps(const LaidPiece& laid, int without, int most) {
  Cheapest found{0, without};
  for (std::size_t k = 0; k < costs_.size(); ++k) {
    // A verdict is no surer than that, whatever the others cost.
    costs_[k] = std::min(costs_[k], gapped(laid, k, false, std::min(found.cost + largest_quality, most)));
    if (costs_[k] <= found.cost) found = {k, costs_[k]};
  }
  return found;
}

// A gap beside the stretch in which alleles differ is the read's own affair; one in it makes another allele.
std::optional<AlleleVerdict> AlleleJudge::judge_with_gaps(const LaidPiece& laid, int without) {
  const auto most = static_cast<int>(most_cost_per_base * std::ssize(laid.bases));
  // Beyond that it does not matter what exactly a piece costs that fits no allele.
  const int worth_knowing = most + std::max<int>(largest_quality, haplotypes_.length_quality);
  Cheapest cheapest = place_with_gaps(laid, without, worth_knowing);
  // Without any gap it costs no less than that: with one it must be worth the gap.
  const int most_anywhere = cheapest.cost - least_quality_;
  const bool may_be_less = least_quality_ == 0 || most_anywhere >= gap_open_cost;
  const int anywhere = may_be_less ? gapped_anywhere(laid, std::min(most_anywhere, most)) : impossible_cost;
  if (anywhere > most_anywhere) return best_of_costs(laid, cheapest.cost <= without - least_quality_);
  if (anywhere > most) return std::nullopt;
  if (cheapest.cost > worth_knowing) cheapest = place_with_gaps(laid, place_without_gaps(laid), impossible_cost);
  const std::int64_t first = haplotypes_.left_shared - starts_[cheapest.allele];
  const std::int64_t last = size(cheapest.allele) - haplotypes_.right_shared - starts_[cheapest.allele];
  return verdict(other_read_allele, std::min(cheapest.cost - anywhere, length_quality(laid, first, last)));
}

std::optional<AlleleVerdict> AlleleJudge::best_of_costs(const LaidPiece& laid, bool gapped) const {
  const auto best = std::min_element(costs_.begin(), costs_.end());
  const auto number = static_cast<std::size_t>(best - costs_.begin());
  if (*best > most_cost_per_base * std::ssize(laid.bases)) return std::nullopt;
  const std::int64_t start = starts_[number];
  if (gapped ? !covers_surely(laid, number, start) : !covers(laid, number, start) || !fits(laid, number, start)) {
    return std::nullopt;
  }
  const int of_length =
      length_quality(laid, haplotypes_.left_shared - start, size(number) - haplotypes_.right_shared - start);
  int quality = largest_quality;
  for (std::size_t k = 0; k < costs_.size(); ++k) {
    if (k == number) continue;
    quality = std::min(quality, costs_[k] - *best);
    if (size(k) != size(number)) quality = std::min(quality, of_length);
  }
  return verdict(static_cast<std::uint8_t>(number), quality);
}

std::span<const int> AlleleJudge::costs(const ReadPiece& piece, const PieceStore& store) {
  const LaidPiece whole = laid_whole(piece, store);
  if (starts(whole, 0).count == 0) return {};
  LaidPiece laid = whole;
  if (piece.left_clip + piece.right_clip > 0) laid = without_strange_clips(whole, piece);
  place_without_gaps(laid);
  const auto strange = static_cast<int>(std::ssize(whole.bases) - std::ssize(laid.bases));
  for (int& cost : costs_) cost += clip_cost_per_base * strange;
  return costs_;
}

std::optional<AlleleVerdict> AlleleJudge::judge(const ReadPiece& piece, const PieceStore& store) {
  const LaidPiece whole = laid_whole(piece, store);
  if (!piece.is_across) return lay(piece, whole);
  write_words(piece, store, words_);
  if (const auto known = known_.find(words_); known != known_.end()) return known->second;
  return known_.emplace(words_, lay(piece, whole)).first->second;
}

std::optional<AlleleVerdict> AlleleJudge::lay(const ReadPiece& piece, const LaidPiece& whole) {
  if (starts(whole, 0).count == 0) return std::nullopt;
  LaidPiece laid = whole;
  if (piece.left_clip + piece.right_clip > 0) laid = without_strange_clips(whole, piece);
  const int best = place_without_gaps(laid);
  const std::int64_t strange = std::ssize(whole.bases) - std::ssize(laid.bases);
  if (strange >= long_clip) {  // perhaps they do belong here, behind an indel of the read's own
    const int most = best + gap_open_cost + clip_cost_per_base * static_cast<int>(strange);
    if (gapped_anywhere(whole, most) <= most) return judge_with_gaps(whole, place_without_gaps(whole));
  }
  if (best >= least_quality_) {
    if (const auto found = other(laid, best)) return found;
  }
  // What many mismatches and no gap lay over both flanks is another copy's sequence, not an indel.
  if (best > gap_open_cost && !piece.is_straight) return judge_with_gaps(laid, best);
  return best_of_costs(laid, false);
}

}  // namespace stardose::genomics
