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

bool is_open(VariantFate fate) { return fate == VariantFate::not_in_input || fate == VariantFate::other_alleles; }

bool is_flipped(AlleleFit fit) { return fit == AlleleFit::flipped || fit == AlleleFit::flipped_swapped; }

bool counts_others(AlleleFit fit) { return fit == AlleleFit::swapped || fit == AlleleFit::flipped_swapped; }

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
  const auto doubt = [&](const Candidate& candidate) {
    return is_flipped(candidate.fit) ? 2 : static_cast<int>(files_[file].variants[candidate.variant].other == 0);
  };
  if (candidates_.size() > 1) std::ranges::stable_sort(candidates_, {}, doubt);
}

bool ScoreMatcher::is_counted(std::size_t file, const TargetRow& row, const Candidate& candidate) const {
  const ScoringFile& scoring = files_[file];
  const ScoreVariant& variant = scoring.variants[candidate.variant];
  return std::ranges::any_of(candidates_, [&](const Candidate& rival) {
    const ScoreVariant& other = scoring.variants[rival.variant];
    if (rival.row != candidate.row || rival.variant == candidate.variant || !is_scored(other.fate)) return false;
    if (other.model != variant.model) return false;
    if (is_flipped(candidate.fit) && !is_flipped(rival.fit)) return true;
    const bool is_lone = variant.other == 0 || other.other == 0;
    return counts_others(candidate.fit) == counts_others(rival.fit) && (is_lone || row.has_two_alleles());
  });
}

void ScoreMatcher::give_way(std::size_t file, const Candidate& candidate) {
  ScoringFile& scoring = files_[file];
  ScoreVariant& variant = scoring.variants[candidate.variant];
  const bool repeats = std::ranges::any_of(candidates_, [&](const Candidate& rival) {
    return rival.row == candidate.row && rival.variant != candidate.variant &&
           is_scored(scoring.variants[rival.variant].fate) &&
           counts_others(rival.fit) == counts_others(candidate.fit) &&
           scoring.is_worth_the_same(rival.variant, candidate.variant);
  });
  if (repeats) {
    variant.fate = VariantFate::repeated;
  } else {
    variant.fate = is_flipped(candidate.fit) ? VariantFate::other_alleles : VariantFate::ambiguous;
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
      if (!is_open(variant.fate)) {
        if (is_scored(variant.fate)) ++repeated_rows_;
        continue;
      }
      const auto rivals = std::ranges::count(candidates_, candidate.variant, &Candidate::variant);
      if (rivals > 1 && variant.other == 0) {
        variant.fate = VariantFate::ambiguous;
      } else if (is_counted(file, rows[candidate.row], candidate)) {
        give_way(file, candidate);
      } else {
        decide(file, rows[candidate.row], candidate, hits[candidate.row]);
      }
    }
  }
}

}  // namespace stardose::pharmaco
