// Comparing alleles.
#include "pharmaco/polygenic/allele_fit.h"

#include <algorithm>
#include <cctype>

#include "pharmaco/polygenic/allele_names.h"
#include "pharmaco/polygenic/score_index.h"

namespace stardose::pharmaco {

namespace {

std::string upper(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

bool are_same(const TargetRow& row, std::string_view counted, std::string_view other, const ScoreAlleles& alleles) {
  const bool all_bases =
      counted.size() == 1 && other.size() == 1 && alleles.effect.size() == 1 && alleles.other.size() == 1;
  if (all_bases) return row.position == alleles.position && counted == alleles.effect && other == alleles.other;
  if (!is_bases(counted) || !is_bases(other)) return false;
  return trimmed_pair(row.position, counted, other) == trimmed_pair(alleles.position, alleles.effect, alleles.other);
}

AlleleFit fit_one_allele(const TargetRow& row, const ScoreAlleles& alleles) {
  if (row.position != alleles.position) return AlleleFit::none;
  if (row.counted == alleles.effect) return AlleleFit::direct;
  return row.has_two_alleles() && row.others.front() == alleles.effect ? AlleleFit::swapped : AlleleFit::none;
}

AlleleFit fit_pair(const TargetRow& row, const ScoreAlleles& alleles) {
  for (const std::string& other : row.others) {
    if (are_same(row, row.counted, other, alleles)) return AlleleFit::direct;
  }
  // Whoever lacks the counted allele of several has any of the others.
  if (row.has_two_alleles() && are_same(row, row.others.front(), row.counted, alleles)) return AlleleFit::swapped;
  return AlleleFit::none;
}

}  // namespace

TargetRow target_row(const genomics::BimRow& row) {
  TargetRow target{canonical_score_contig(row.contig), row.position, std::string{row.id}, upper(row.counted), {}};
  std::string_view rest = row.others;
  for (std::size_t comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
    target.others.push_back(upper(rest.substr(0, comma)));
    rest.remove_prefix(comma + 1);
  }
  target.others.push_back(upper(rest));
  return target;
}

AlleleFit fit_alleles(const TargetRow& row, const ScoreAlleles& alleles, bool flips) {
  if (alleles.other.empty()) return fit_one_allele(row, alleles);
  const AlleleFit fit = fit_pair(row, alleles);
  const bool can_flip = flips && row.has_two_alleles() && alleles.effect.size() == 1 && alleles.other.size() == 1;
  if (fit != AlleleFit::none || !can_flip || is_palindromic(row)) return fit;
  const char effect = complement(alleles.effect.front());
  const char other = complement(alleles.other.front());
  const AlleleFit flipped = fit_pair(row, {alleles.position, {&effect, 1}, {&other, 1}});
  if (flipped == AlleleFit::direct) return AlleleFit::flipped;
  return flipped == AlleleFit::swapped ? AlleleFit::flipped_swapped : AlleleFit::none;
}

bool is_palindromic(const TargetRow& row) {
  const bool two_bases = row.has_two_alleles() && row.counted.size() == 1 && row.others.front().size() == 1 &&
                         is_bases(row.counted) && is_bases(row.others.front());
  return two_bases && complement(row.counted.front()) == row.others.front().front();
}

}  // namespace stardose::pharmaco
