// Sorting a score's variants, and finding them again.
#include "pharmaco/polygenic/score_index.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "genomics/basics/edit.h"
#include "genomics/input_error.h"

namespace stardose::pharmaco {

std::string canonical_score_contig(std::string_view name) {
  // PLINK 1.9's numbers of the sex chromosomes; XY is the part of X that Y shares.
  if (name == "23" || name == "25" || name == "XY") return "chrX";
  if (name == "24") return "chrY";
  if (name == "26") return "chrM";
  return genomics::canonical_contig(name);
}

TrimmedPair trimmed_pair(std::int64_t position, std::string_view first, std::string_view second) {
  genomics::Edit edit = genomics::trim(position, first, second);
  return {edit.start, std::move(edit.removed), std::move(edit.inserted)};
}

std::int64_t place_of_pair(std::int64_t position, std::string_view first, std::string_view second) {
  const bool stays = second.empty() || (first.size() == 1 && second.size() == 1);
  return stays ? position : genomics::trim(position, first, second).start;
}

ScoreIndex::ScoreIndex(const ScoringFile& file) : file_{file}, contigs_(file.contigs.size()) {
  std::vector<std::int32_t> place(file.variants.size());
  for (std::uint32_t k = 0; k < file.variants.size(); ++k) {
    const ScoreVariant& variant = file.variants[k];
    if (is_decided(variant.fate)) continue;
    place[k] = static_cast<std::int32_t>(
        place_of_pair(variant.position, file.alleles[variant.effect], file.alleles[variant.other]));
    order_.push_back(k);
  }
  const auto key = [&](std::uint32_t k) { return std::tuple{file.variants[k].contig, place[k]}; };
  if (!std::ranges::is_sorted(order_, {}, key)) std::ranges::stable_sort(order_, {}, key);
  places_.reserve(order_.size());
  for (const std::uint32_t k : order_) {
    Stretch& contig = contigs_[file.variants[k].contig];
    if (contig.end == 0) contig.begin = places_.size();
    places_.push_back(place[k]);
    contig.end = places_.size();
  }
}

ScoreIndex::Stretch ScoreIndex::stretch(std::string_view contig) const {
  const auto found = std::ranges::find(file_.contigs, contig);
  return found == file_.contigs.end() ? Stretch{} : contigs_[static_cast<std::size_t>(found - file_.contigs.begin())];
}

std::span<const std::uint32_t> ScoreIndex::at(std::string_view contig, std::int64_t position) const {
  const Stretch all = stretch(contig);
  const auto begin = places_.begin() + static_cast<std::ptrdiff_t>(all.begin);
  const auto end = places_.begin() + static_cast<std::ptrdiff_t>(all.end);
  const auto [first, last] = std::ranges::equal_range(begin, end, position);
  return {order_.data() + (first - places_.begin()), static_cast<std::size_t>(last - first)};
}

bool ScoreIndex::any(std::string_view contig, std::int64_t first, std::int64_t last) const {
  const Stretch all = stretch(contig);
  const auto end = places_.begin() + static_cast<std::ptrdiff_t>(all.end);
  const auto found = std::lower_bound(places_.begin() + static_cast<std::ptrdiff_t>(all.begin), end, first);
  return found != end && *found <= last;
}

namespace {

enum class Likeness : std::uint8_t { none, same, turned };  // turned: the effect allele of one is the other's other one

Likeness likeness(const ScoringFile& file, const ScoreVariant& a, const ScoreVariant& b) {
  if (a.model != b.model) return Likeness::none;
  if (a.effect == b.effect && a.other == b.other) return Likeness::same;
  if (a.effect == b.other && a.other == b.effect) return Likeness::turned;
  if (a.other == 0 || b.other == 0) return Likeness::none;
  const auto trimmed = [&](const ScoreVariant& variant, AlleleName first, AlleleName second) {
    return trimmed_pair(variant.position, file.alleles[first], file.alleles[second]);
  };
  const TrimmedPair pair = trimmed(a, a.effect, a.other);
  if (pair == trimmed(b, b.effect, b.other)) return Likeness::same;
  return pair == trimmed(b, b.other, b.effect) ? Likeness::turned : Likeness::none;
}

}  // namespace

void mark_repeated(ScoringFile& file) {
  const ScoreIndex index{file};
  for (std::size_t k = 0; k < file.variants.size(); ++k) {
    ScoreVariant& variant = file.variants[k];
    if (is_decided(variant.fate)) continue;
    const std::int64_t place =
        place_of_pair(variant.position, file.alleles[variant.effect], file.alleles[variant.other]);
    for (const std::uint32_t other : index.at(file.contigs[variant.contig], place)) {
      const Likeness found = other < k ? likeness(file, file.variants[other], variant) : Likeness::none;
      if (found == Likeness::none) continue;
      if (found == Likeness::turned || !file.is_worth_the_same(other, k)) {
        throw genomics::InputError{
            genomics::Fault::input,
            {file.path, std::to_string(variant.line),
             "the variant at " + file.place(variant) + " is in line " + std::to_string(file.variants[other].line) +
                 " already, with another weight or effect allele",
             "leave the line that is meant"}};
      }
      variant.fate = VariantFate::repeated;
      break;
    }
  }
}

}  // namespace stardose::pharmaco
