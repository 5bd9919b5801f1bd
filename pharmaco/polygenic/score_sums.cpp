// Rows to values, values to sums.
#include "pharmaco/polygenic/score_sums.h"

#include <algorithm>
#include <cmath>

#include "genomics/matrix/bed_row.h"

namespace stardose::pharmaco {

namespace {

namespace bed_code = genomics::bed_code;

// By the codes of bed_row.h; missing has none.
constexpr std::array<int, 4> copies_of_code = {2, -1, 1, 0};

/// Worth on the straight line between whole numbers of copies.
double between(const std::array<double, 3>& worth, double copies) {
  return copies <= 1 ? worth[0] + copies * (worth[1] - worth[0]) : worth[1] + (copies - 1) * (worth[2] - worth[1]);
}

}  // namespace

ScoreSums::ScoreSums(const ScorePlan& plan)
    : plan_{plan},
      sums_{plan.samples, plan.units.columns()},
      missing_(plan.samples * plan.units.columns()),
      values_(plan.units.columns()) {}

bool ScoreSums::settle(const ScoreHit& hit, double copies, double genotypes, bool& turned) {
  const ScoreVariant& variant = plan_.files[hit.file].variants[hit.variant];
  turned = hit.fit == AlleleFit::swapped || hit.fit == AlleleFit::flipped_swapped;
  const auto drop = [&](VariantFate fate) {
    late_.push_back({hit.file, hit.variant, fate});
    return false;
  };
  const bool expects = plan_.rules.missing == MissingGenotypes::reference_mean && variant.frequency >= 0;
  if (genotypes == 0 && (hit.palindromic || !expects)) return drop(VariantFate::never_called);
  if (!hit.palindromic) return true;
  const double counted = copies / (2 * genotypes);
  const double here = turned ? 1 - counted : counted;
  const double said = variant.frequency;
  const auto is_clear = [](double frequency) {
    return std::min(frequency, 1 - frequency) <= ScoreRules::clear_frequency;
  };
  if (genotypes < ScoreRules::least_genotypes || !is_clear(here) || !is_clear(said)) {
    return drop(VariantFate::palindromic);
  }
  if ((here < 0.5) == (said < 0.5)) return true;
  turned = !turned;  // the score names the bases of the other strand
  late_.push_back({hit.file, hit.variant, turned ? VariantFate::flipped_swapped : VariantFate::flipped});
  return true;
}

double ScoreSums::expected(const ScoreVariant& variant, const std::array<double, 3>& worth, double cohort_mean) const {
  if (plan_.rules.missing == MissingGenotypes::nothing) return 0;
  if (plan_.rules.missing == MissingGenotypes::cohort_mean || variant.frequency < 0) return cohort_mean;
  const double p = variant.frequency;  // Hardy-Weinberg
  return (1 - p) * (1 - p) * worth[0] + 2 * p * (1 - p) * worth[1] + p * p * worth[2];
}

void ScoreSums::note_missing(const ScoreHit& hit) {
  if (missing_here_.empty()) return;
  const ScoringFile& file = plan_.files[hit.file];
  if (plan_.rules.missing == MissingGenotypes::reference_mean && file.variants[hit.variant].frequency < 0) {
    ++without_reference_;
  }
  const std::size_t first = plan_.units.column(hit.file, 0);
  for (const std::uint32_t sample : missing_here_) {
    std::uint32_t* const columns = missing_.data() + sample * plan_.units.columns() + first;
    for (std::size_t k = 0; k < file.scores.size(); ++k) ++columns[k];
  }
}

void ScoreSums::add(std::span<const std::uint8_t> row, std::span<const ScoreHit> hits) {
  const genomics::RowCounts counts = genomics::count_codes(row, plan_.samples);
  const auto genotypes = static_cast<double>(plan_.samples - counts[bed_code::missing]);
  missing_here_.clear();
  if (counts[bed_code::missing] > 0) genomics::find_missing(row, plan_.samples, missing_here_);
  std::ranges::fill(values_, genomics::CodeValues{});
  bool any = false;
  for (const ScoreHit& hit : hits) {
    bool turned = false;
    if (!settle(hit, 2.0 * counts[bed_code::two_copies] + counts[bed_code::one_copy], genotypes, turned)) continue;
    any = true;
    note_missing(hit);
    const ScoringFile& file = plan_.files[hit.file];
    for (std::size_t score = 0; score < file.scores.size(); ++score) {
      const std::array<double, 3> worth = file.worth(hit.variant, score);
      const std::size_t column = plan_.units.column(hit.file, score);
      double total = 0;
      for (std::size_t code = 0; code < 4; ++code) {
        if (code == bed_code::missing) continue;
        const int copies = turned ? 2 - copies_of_code[code] : copies_of_code[code];
        const double value = worth[static_cast<std::size_t>(copies)];
        total += counts[code] * value;
        values_[column][code] += plan_.units.to_units(value, column);
      }
      const double mean = genotypes > 0 ? total / genotypes : 0;
      values_[column][bed_code::missing] +=
          plan_.units.to_units(expected(file.variants[hit.variant], worth, mean), column);
    }
  }
  if (any) sums_.add_row(row, values_);
}

void ScoreSums::add(std::span<const float> dosages, std::span<const ScoreHit> hits) {
  missing_here_.clear();
  double copies = 0;
  for (std::uint32_t sample = 0; sample < dosages.size(); ++sample) {
    if (std::isnan(dosages[sample])) {
      missing_here_.push_back(sample);
    } else {
      copies += dosages[sample];
    }
  }
  const auto genotypes = static_cast<double>(dosages.size() - missing_here_.size());
  for (const ScoreHit& hit : hits) {
    bool turned = false;
    if (!settle(hit, copies, genotypes, turned)) continue;
    note_missing(hit);
    const ScoringFile& file = plan_.files[hit.file];
    for (std::size_t score = 0; score < file.scores.size(); ++score) {
      const std::array<double, 3> worth = file.worth(hit.variant, score);
      const std::size_t column = plan_.units.column(hit.file, score);
      double total = 0;
      for (std::uint32_t sample = 0; sample < dosages.size(); ++sample) {
        if (std::isnan(dosages[sample])) continue;
        const double value = between(worth, turned ? 2.0 - dosages[sample] : dosages[sample]);
        total += value;
        sums_.add_to(column, sample, plan_.units.to_units(value, column));
      }
      const double mean = genotypes > 0 ? total / genotypes : 0;
      const std::int64_t missing = plan_.units.to_units(expected(file.variants[hit.variant], worth, mean), column);
      for (const std::uint32_t sample : missing_here_) sums_.add_to(column, sample, missing);
    }
  }
}

void ScoreSums::join(ScoreSums& other) {
  sums_.add_all(other.sums_);
  std::ranges::transform(missing_, other.missing_, missing_.begin(), std::plus<>{});
  late_.insert(late_.end(), other.late_.begin(), other.late_.end());
  without_reference_ += other.without_reference_;
}

double ScoreSums::sum(std::size_t column, std::size_t sample) {
  return plan_.units.to_value(sums_.sum(column, sample), column);
}

}  // namespace stardose::pharmaco
