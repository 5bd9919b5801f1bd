// Rows to variants.
#include "pharmaco/polygenic/score_matcher.h"

#include <algorithm>

namespace stardose::pharmaco {

namespace {

VariantFate fate_of(AlleleFit fit) {
  switch (fit) {
    case AlleleFit::direct: return VariantFate::matched;
    case AlleleFit::swapped: return VariantFate::swapped;
    case AlleleFit::flipped: return VariantFate::flipped;
    case AlleleFit::flipped_swapped: return VariantFate::flipped_swapped;
    case AlleleFit::none: break;
  }
  return VariantFate::other_alleles;
}

}  // namespace

ScoreMatcher::ScoreMatcher(std::vector<ScoringFile>& files, const ScoreRules& rules) : files_{files}, rules_{rules} {
  for (const ScoringFile& file : files) indexes_.emplace_back(file);
}

bool ScoreMatcher::wants(const genomics::RecordAlleles& record) const {
  std::size_t longest = 1;
  for (const std::string_view allele : record.alleles) longest = std::max(longest, allele.size());
  const std::int64_t last = record.position + static_cast<std::int64_t>(longest) - 1;
  return std::ranges::any_of(indexes_,
                             [&](const ScoreIndex& index) { return index.any(record.contig, record.position, last); });
}

void ScoreMatcher::consider(std::size_t file, const TargetRow& row, std::size_t number, std::int64_t place) {
  ScoringFile& scoring = files_[file];
  for (const std::uint32_t k : indexes_[file].at(row.contig, place)) {
    ScoreVariant& variant = scoring.variants[k];
    const bool is_known = std::ranges::any_of(
        candidates_, [&](const Candidate& candidate) { return candidate.variant == k && candidate.row == number; });
    if (is_known) continue;
    const ScoreAlleles alleles{variant.position, scoring.alleles[variant.effect], scoring.alleles[variant.other]};
    const AlleleFit fit = fit_alleles(row, alleles, rules_.flips);
    if (fit != AlleleFit::none) {
      candidates_.push_back({number, k, fit});
    } else if (variant.fate == VariantFate::not_in_input) {
      variant.fate = VariantFate::other_alleles;
    }
  }
}

void ScoreMatcher::find_candidates(std::size_t file, std::span<const TargetRow> rows) {
  candidates_.clear();
  for (std::size_t number = 0; number < rows.size(); ++number) {
    const TargetRow& row = rows[number];
    consider(file, row, number, row.position);
    for (const std::string& other : row.others) {
      const std::int64_t place = place_of_pair(row.position, row.counted, other);
      if (place != row.position) consider(file, row, number, place);
    }
  }
}

void ScoreMatcher::decide(std::size_t file, const TargetRow& row, const Candidate& candidate,
                          std::vector<ScoreHit>& hits) {
  ScoreVariant& variant = files_[file].variants[candidate.variant];
  const bool palindromic = is_palindromic(row) && rules_.palindromes != Palindromes::keep;
  if (palindromic && (rules_.palindromes == Palindromes::exclude || variant.frequency < 0)) {
    variant.fate = VariantFate::palindromic;
    return;
  }
  variant.fate = fate_of(candidate.fit);
  hits.push_back({candidate.variant, static_cast<std::uint16_t>(file), candidate.fit, palindromic});
}

void ScoreMatcher::match(std::span<const TargetRow> rows, std::span<std::vector<ScoreHit>> hits) {
  for (std::size_t file = 0; file < files_.size(); ++file) {
    find_candidates(file, rows);
    for (const Candidate& candidate : candidates_) {
      ScoreVariant& variant = files_[file].variants[candidate.variant];
      const bool is_open = variant.fate == VariantFate::not_in_input || variant.fate == VariantFate::other_alleles;
      if (!is_open) {
        if (is_scored(variant.fate)) ++repeated_rows_;
        continue;
      }
      const auto rivals = std::ranges::count(candidates_, candidate.variant, &Candidate::variant);
      if (rivals > 1 && variant.other == 0) {
        variant.fate = VariantFate::ambiguous;
      } else {
        decide(file, rows[candidate.row], candidate, hits[candidate.row]);
      }
    }
  }
}

}  // namespace stardose::pharmaco
