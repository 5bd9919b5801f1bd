// Checking a dataset, and taking rows of it.
#include "learning/evaluate/dataset.h"

#include <fmt/format.h>

#include <cmath>

namespace stardose::learning {

namespace {

template <class T>
std::vector<T> taken(const std::vector<T>& all, const std::vector<std::size_t>& places) {
  std::vector<T> some;
  if (all.empty()) return some;
  some.reserve(places.size());
  for (const std::size_t place : places) some.push_back(all[place]);
  return some;
}

std::optional<std::string> target_fault(const Dataset& data, double target) {
  if (data.classes == 0) return fault_of(data.scale, target);
  if (!(target >= 0) || target != std::floor(target) || target >= static_cast<double>(data.classes)) {
    return fmt::format("{} is no class", target);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> fault_of(const Dataset& data) {
  if (auto fault = fault_of(data.people)) return fault;
  const std::size_t rows = data.people.rows.size();
  if (rows == 0) return "no rows";
  if (data.targets.size() != rows) return fmt::format("{} targets for {} rows", data.targets.size(), rows);
  if (data.classes == 1) return "one class";
  for (const std::size_t size : {data.weights.size(), data.groups.size()}) {
    if (size != 0 && size != rows) return fmt::format("{} weights or groups for {} rows", size, rows);
  }
  for (std::size_t row = 0; row < rows; ++row) {
    if (auto fault = target_fault(data, data.targets[row])) return fmt::format("{}: {}", data.people.rows[row], *fault);
    if (!data.weights.empty() && !(data.weights[row] > 0 && std::isfinite(data.weights[row]))) {
      return fmt::format("{}: a weight that is not above 0", data.people.rows[row]);
    }
  }
  return std::nullopt;
}

Dataset rows_of(const Dataset& data, const std::vector<std::size_t>& places) {
  return {rows_of(data.people, places), taken(data.targets, places), data.classes, data.scale,
          taken(data.weights, places),  taken(data.groups, places)};
}

std::vector<double> learned_targets(const Dataset& data) {
  if (data.classes > 0) return data.targets;
  std::vector<double> targets;
  targets.reserve(data.targets.size());
  for (const double target : data.targets) targets.push_back(to_scale(data.scale, target));
  return targets;
}

}  // namespace stardose::learning
