// What a scoring file's rows are worth.
#include "pharmaco/polygenic/scoring_file.h"

#include <algorithm>

#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

std::array<double, 3> ScoringFile::worth(std::size_t variant, std::size_t score) const {
  const std::size_t at = variant * scores.size() + score;
  if (dosage_weights) return {weights[3 * at], weights[3 * at + 1], weights[3 * at + 2]};
  const double weight = weights[at];
  switch (variants[variant].model) {
    case WeightModel::dominant: return {0, weight, weight};
    case WeightModel::recessive: return {0, 0, weight};
    default: return {0, weight, 2 * weight};
  }
}

bool ScoringFile::is_worth_the_same(std::size_t a, std::size_t b) const {
  for (std::size_t score = 0; score < scores.size(); ++score) {
    if (worth(a, score) != worth(b, score)) return false;
  }
  return true;
}

double ScoringFile::effect_size(std::size_t variant, std::size_t score) const {
  const std::array<double, 3> values = worth(variant, score);
  const auto [least, greatest] = std::ranges::minmax(values);
  return greatest - least;
}

std::string ScoringFile::place(const ScoreVariant& variant) const {
  if (variant.position == ScoreVariant::nowhere) return "line " + std::to_string(variant.line);
  return contigs[variant.contig] + ":" + std::to_string(variant.position + 1);
}

std::optional<genomics::Assembly> assembly_of_build(std::string_view build) {
  const std::string name = folded(build);
  if (name.starts_with("grch37") || name == "hg19" || name == "b37" || name == "ncbi37") {
    return genomics::Assembly::grch37;
  }
  if (name.starts_with("grch38") || name == "hg38") return genomics::Assembly::grch38;
  return std::nullopt;
}

}  // namespace stardose::pharmaco
