// What a spec says of columns, feature by feature.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "genomics/nearest_name.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

// With no penalty at all, features that are sums of others have no one slope.
constexpr double least_factor = 1e-6;
constexpr double largest_factor = 1e6;

using Priors = std::map<std::string, ColumnPrior, std::less<>>;

/// Returns what is said of a feature: by its name, else by its only input.
Priors::const_iterator find_prior(const Priors& priors, const FeatureLabel& feature) {
  const auto by_name = priors.find(feature.name);
  if (by_name != priors.end() || feature.inputs.size() != 1) return by_name;
  return priors.find(feature.inputs.front());
}

std::string no_such(const std::string& written, std::span<const FeatureLabel> features) {
  std::set<std::string> names;
  for (const FeatureLabel& feature : features) {
    names.insert(feature.name);
    if (feature.inputs.size() == 1) names.insert(feature.inputs.front());
  }
  const std::string nearest = genomics::nearest_name(written, {names.begin(), names.end()});
  return fmt::format("`{}` is no feature, and no feature comes from it alone{}", written,
                     nearest.empty() ? "" : "; did you mean `" + nearest + "`?");
}

}  // namespace

std::optional<std::string> priors_fault(const Learner& learner, const LearnerSpec& spec) {
  for (const auto& [name, prior] : spec.columns) {
    if (!(prior.penalty_factor >= 0 && prior.penalty_factor <= largest_factor)) {
      return fmt::format("`{}`: the penalty factor of `{}` must be a number from 0 to {}, not {}", spec.name, name,
                         largest_factor, prior.penalty_factor);
    }
    if (prior.penalty_factor != 1 && !learner.takes_penalty_factors) {
      return fmt::format("`{}` makes no use of a penalty factor, as of `{}`", spec.name, name);
    }
    if (prior.direction == Direction::any) continue;
    if (!learner.takes_directions) return fmt::format("`{}` keeps to no direction, as of `{}`", spec.name, name);
    const auto loss = spec.settings.find("loss");
    // XGBoost sets the leaves of this loss anew when a tree is grown, and then heeds no direction.
    if (loss != spec.settings.end() && loss->second == Setting{"absolute"}) {
      return fmt::format("`{}` keeps to no direction with the loss `absolute`, as of `{}`", spec.name, name);
    }
  }
  return std::nullopt;
}

std::optional<std::string> columns_fault(const LearnerSpec& spec, std::span<const FeatureLabel> features,
                                         std::size_t classes) {
  std::set<std::string> used;
  for (const FeatureLabel& feature : features) {
    const auto found = find_prior(spec.columns, feature);
    if (found != spec.columns.end()) used.insert(found->first);
  }
  for (const auto& [name, prior] : spec.columns) {
    if (!used.contains(name)) return fmt::format("`{}`: {}", spec.name, no_such(name, features));
    if (prior.direction != Direction::any && classes > 2) {
      return fmt::format("`{}`: a direction, as of `{}`, is of a quantity or of two classes", spec.name, name);
    }
  }
  for (const LearnerSpec& member : spec.members) {
    if (auto fault = columns_fault(member, features, classes)) return "member " + *fault;
  }
  return std::nullopt;
}

std::vector<ColumnPrior> column_priors(const Task& task) {
  std::vector<ColumnPrior> priors(task.data.rows.width);
  if (task.spec.columns.empty()) return priors;
  for (std::size_t k = 0; k < priors.size(); ++k) {
    const auto found = find_prior(task.spec.columns, task.data.labels[k]);
    if (found != task.spec.columns.end()) priors[k] = found->second;
  }
  return priors;
}

Eigen::VectorXd penalty_factors(const Task& task) {
  const std::vector<ColumnPrior> priors = column_priors(task);
  Eigen::VectorXd factors(static_cast<Eigen::Index>(priors.size()));
  for (std::size_t k = 0; k < priors.size(); ++k) {
    factors[static_cast<Eigen::Index>(k)] = std::max(priors[k].penalty_factor, least_factor);
  }
  return factors;
}

}  // namespace stardose::learning
