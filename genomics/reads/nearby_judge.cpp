// Flanks with variants of their own.
#include "genomics/reads/nearby_judge.h"

#include <algorithm>

#include "genomics/basics/edit.h"
#include "genomics/reads/gapped_cost.h"
#include "genomics/reads/read_evidence.h"

namespace stardose::genomics {

namespace {

// Further away a gap that a read has by itself does not come near the alleles.
constexpr std::int64_t indel_reach = 25;

/// Bases of a flank, the one nearest to the alleles first or last; `size` of them are kept.
std::vector<std::uint8_t> edited(const std::vector<std::uint8_t>& flank, const Edit& edit, std::int64_t offset,
                                 bool is_left) {
  const auto at = flank.begin() + static_cast<std::ptrdiff_t>(offset);
  std::vector<std::uint8_t> bases(flank.begin(), at);
  for (const char base : edit.inserted) bases.push_back(base_number(base));
  bases.insert(bases.end(), at + std::ssize(edit.removed), flank.end());
  // Bases beyond the flank's outer end are not known.
  const std::int64_t missing = std::ssize(flank) - std::ssize(bases);
  if (missing > 0) {
    bases.insert(is_left ? bases.begin() : bases.end(), static_cast<std::size_t>(missing), unknown_base);
  } else if (is_left) {
    bases.erase(bases.begin(), bases.begin() - static_cast<std::ptrdiff_t>(missing));
  }
  bases.resize(flank.size());
  return bases;
}

}  // namespace

void mark_nearby(const LocalSite& site, std::int64_t begin, std::vector<std::uint8_t>& flank) {
  const auto in_flank = [&](std::int64_t place) { return place >= begin && place < begin + std::ssize(flank); };
  for (const NearbySite& other : site.nearby) {
    const std::string& reference = other.alleles.front();
    for (std::int64_t k = 0; k < std::ssize(reference); ++k) {
      if (!in_flank(other.position + k)) continue;
      std::uint8_t& base = flank[static_cast<std::size_t>(other.position + k - begin)];
      const std::uint8_t own = base_number(reference[static_cast<std::size_t>(k)]);
      unsigned others = is_variable(base) ? base & 15U : 0U;
      for (const std::string& allele : other.alleles) {
        if (allele.size() == reference.size()) others |= 1U << base_number(allele[static_cast<std::size_t>(k)]);
      }
      others &= ~(1U << own);
      base = others == 0 ? own : variable_base(own, static_cast<std::uint8_t>(others));
    }
  }
}

std::vector<LocalHaplotypes> nearby_haplotypes(const LocalSite& site, const std::vector<std::uint8_t>& left,
                                               const std::vector<std::uint8_t>& right) {
  std::vector<LocalHaplotypes> result{local_haplotypes(site, left, right)};
  const std::int64_t left_begin = result.front().begin;
  for (const NearbySite& other : site.nearby) {
    for (std::size_t k = 1; k < other.alleles.size(); ++k) {
      const Edit edit = trim(other.position, other.alleles.front(), other.alleles[k]);
      if (edit.removed.size() == edit.inserted.size()) continue;
      const bool on_left =
          edit.start >= left_begin && edit.end() <= site.position && site.position - edit.end() <= indel_reach;
      const bool on_right = edit.start >= site.alleles_end() && edit.start - site.alleles_end() <= indel_reach &&
                            edit.end() <= site.alleles_end() + std::ssize(right);
      if (!on_left && !on_right) continue;
      const auto& flank = on_left ? left : right;
      const auto changed = edited(flank, edit, edit.start - (on_left ? left_begin : site.alleles_end()), on_left);
      LocalHaplotypes with = local_haplotypes(site, on_left ? changed : left, on_left ? right : changed);
      const std::int64_t lost = std::ssize(edit.removed) - std::ssize(edit.inserted);
      (on_left ? with.begin : with.end) += on_left ? -lost : lost;
      with.left_limit = std::min(with.left_limit, edit.start);
      with.right_limit = std::max(with.right_limit, edit.end());
      result.push_back(std::move(with));
    }
  }
  return result;
}

NearbyJudge::NearbyJudge(const std::vector<LocalHaplotypes>& haplotypes, int least_quality)
    : least_quality_{least_quality},
      alleles_{haplotypes.front().bases.size()},
      costs_(haplotypes.size() * alleles_, impossible_cost) {
  judges_.reserve(haplotypes.size());
  for (const LocalHaplotypes& with : haplotypes) judges_.emplace_back(with, least_quality);
}

int NearbyJudge::least_cost(std::size_t with, const ReadPiece& piece, const PieceStore& store) {
  const auto to = costs_.begin() + static_cast<std::ptrdiff_t>(with * alleles_);
  const std::span<const int> found = judges_[with].costs(piece, store);
  std::fill_n(to, alleles_, impossible_cost);
  const int more = with == 0 ? 0 : nearby_cost;
  std::transform(found.begin(), found.end(), to, [&](int cost) { return cost + more; });
  return *std::min_element(to, to + static_cast<std::ptrdiff_t>(alleles_));
}

int NearbyJudge::rival_of(std::size_t allele) const {
  int least = impossible_cost;
  for (std::size_t k = 0; k < costs_.size(); ++k) {
    if (k % alleles_ != allele) least = std::min(least, costs_[k]);
  }
  return least;
}

std::optional<AlleleVerdict> NearbyJudge::judge(const ReadPiece& piece, const PieceStore& store) {
  if (judges_.size() == 1) return judges_.front().judge(piece, store);
  int least = least_cost(0, piece, store);
  if (least < least_quality_) return judges_.front().judge(piece, store);
  std::size_t best = 0;
  for (std::size_t with = 1; with < judges_.size(); ++with) {
    const int cost = least_cost(with, piece, store);
    if (cost >= least) continue;
    least = cost;
    best = with;
  }
  auto found = judges_[best].judge(piece, store);
  if (!found || found->allele == other_read_allele || least > gap_open_cost) return found;
  const int quality = std::min<int>(found->quality, rival_of(found->allele) - least);
  if (quality < least_quality_) return std::nullopt;
  found->quality = static_cast<std::uint8_t>(quality);
  return found;
}

}  // namespace stardose::genomics
