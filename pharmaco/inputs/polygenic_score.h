// A polygenic score of one person, as an earlier run worked it out.
#pragma once

#include <limits>
#include <map>
#include <string>

namespace stardose::pharmaco {

/// NaN: not known.
struct PolygenicScore {
  enum class Scale {
    z,        ///< standard deviations from the mean of the reference panel
    sum,      ///< of weights
    average,  ///< of weights, by allele
  };
  double z = std::numeric_limits<double>::quiet_NaN();
  double sum = std::numeric_limits<double>::quiet_NaN();
  double average = std::numeric_limits<double>::quiet_NaN();

  [[nodiscard]] double on(Scale scale) const { return scale == Scale::z ? z : scale == Scale::sum ? sum : average; }
};

/// By the score's name.
using PolygenicScores = std::map<std::string, PolygenicScore, std::less<>>;

/// Reads the scores.tsv of `stardose polygenic`, by sample. Throws InputError (input): columns are missing, a value is
/// no number, a sample has a score twice.
[[nodiscard]] std::map<std::string, PolygenicScores> read_polygenic_scores(const std::string& path);

}  // namespace stardose::pharmaco
