// Naive Bayes: classes by features that are independent within each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "learning/model/rows.h"

namespace stardose::learning {

enum class FeatureLaw : std::uint8_t {
  gaussian,   ///< means and variances
  bernoulli,  ///< a value above 0 has a probability, others have the rest
};

/// The log of a class's share of the rows and of each feature's probability (or its density) in it, added up. A value
/// that is missing adds nothing. Margins are these sums, one a class; of two classes one: class 1's less class 0's.
struct NaiveBayes {
  FeatureLaw law = FeatureLaw::gaussian;
  std::vector<double> log_shares;  ///< by class
  std::vector<double> first;       ///< class by class a number for each feature: its mean, or its probability's log
  std::vector<double> second;      ///< its variance, or the log of the rest

  bool operator==(const NaiveBayes&) const = default;
};

/// Returns what is wrong with it for so many features: a count that does not fit, a number that is not finite, a
/// variance that is not above 0, a log of a probability above 0.
[[nodiscard]] std::optional<std::string> fault_of(const NaiveBayes& model, std::size_t features);

[[nodiscard]] std::size_t margin_count(const NaiveBayes& model);

/// Writes a row's margins behind the row before. Requires: fault_of() found nothing for rows.width.
void bayes_margins(const NaiveBayes& model, const Rows& rows, std::span<double> margins);

/// Returns what a value of a feature adds to each class's sum.
[[nodiscard]] double bayes_term(const NaiveBayes& model, std::size_t place, double value);

}  // namespace stardose::learning
