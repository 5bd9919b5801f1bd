// Every row against every vector: with tens of features no tree of boxes would look at fewer.
#include "learning/methods/nearest_neighbours.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stardose::learning {

namespace {

double square_distance(std::span<const double> u, std::span<const double> v) {
  double sum = 0;
  for (std::size_t i = 0; i < u.size(); ++i) sum += (u[i] - v[i]) * (u[i] - v[i]);
  return sum;
}

using Neighbour = std::pair<double, std::size_t>;  // squared distance, place

void mean_of(const NearestNeighbours& model, std::span<const Neighbour> nearest, std::span<double> out) {
  std::ranges::fill(out, 0.0);
  const bool by_distance = model.weight == NeighbourWeight::inverse_distance;
  const bool only_equal = by_distance && nearest.front().first == 0;
  double sum = 0;
  for (const auto& [square, place] : nearest) {
    if (only_equal && square > 0) break;  // ascending
    double weight = model.weights.empty() ? 1 : model.weights[place];
    if (by_distance && !only_equal) weight /= std::sqrt(square);
    for (std::size_t k = 0; k < out.size(); ++k) out[k] += weight * model.targets[place * out.size() + k];
    sum += weight;
  }
  for (double& mean : out) mean /= sum;
}

}  // namespace

std::optional<std::string> fault_of(const NearestNeighbours& model, std::size_t features) {
  if (model.outputs == 0) return "no outputs";
  const std::size_t vectors = features == 0 ? 0 : model.vectors.size() / features;
  if (features == 0 || model.vectors.size() != vectors * features || model.targets.size() / model.outputs != vectors ||
      model.targets.size() % model.outputs != 0 || (!model.weights.empty() && model.weights.size() != vectors)) {
    return "neighbours, targets and weights of different numbers";
  }
  if (model.neighbours < 1 || model.neighbours > vectors) {
    return std::to_string(model.neighbours) + " neighbours of " + std::to_string(vectors);
  }
  for (const auto* numbers : {&model.vectors, &model.targets, &model.weights}) {
    if (!std::ranges::all_of(*numbers, [](double x) { return std::isfinite(x); })) {
      return "a value that is not a finite number";
    }
  }
  if (!std::ranges::all_of(model.weights, [](double x) { return x > 0; })) return "a weight that is not above 0";
  return std::nullopt;
}

void neighbour_margins(const NearestNeighbours& model, const Rows& rows, std::span<double> margins) {
  const Rows known{model.vectors, rows.width};
  std::vector<Neighbour> order(known.count());
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const auto out = margins.subspan(row * model.outputs, model.outputs);
    const auto values = rows.row(row);
    if (std::ranges::any_of(values, [](double x) { return std::isnan(x); })) {
      std::ranges::fill(out, std::nan(""));
      continue;
    }
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = {square_distance(values, known.row(k)), k};
    const auto last = order.begin() + static_cast<std::ptrdiff_t>(model.neighbours);
    std::ranges::nth_element(order, last - 1);
    std::sort(order.begin(), last);
    mean_of(model, std::span{order}.first(model.neighbours), out);
  }
}

}  // namespace stardose::learning
