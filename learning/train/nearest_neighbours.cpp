// Nearest neighbours.
#include "learning/methods/nearest_neighbours.h"

#include <algorithm>

#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

Fitted learn(const Task& task) {
  const TrainingData& data = task.data;
  NearestNeighbours model{.neighbours = std::min(task.settings.count("neighbours"), data.targets.size()),
                          .outputs = predictions_of(data.classes),
                          .vectors = {data.rows.values.begin(), data.rows.values.end()}};
  if (task.settings.word("weight") == "inverse_distance") model.weight = NeighbourWeight::inverse_distance;
  for (const double target : data.targets) {
    if (model.outputs == 1) model.targets.push_back(target);
    for (std::size_t k = 0; model.outputs > 1 && k < model.outputs; ++k) {
      model.targets.push_back(target == static_cast<double>(k) ? 1 : 0);
    }
  }
  if (std::ranges::any_of(data.weights, [&](double weight) { return weight != data.weights.front(); })) {
    model.weights.assign(data.weights.begin(), data.weights.end());
  }
  return {std::move(model), {}, true};
}

}  // namespace

Entry nearest_neighbours_entry() {
  return {{.name = "nearest_neighbours",
           .title = "Nearest neighbours",
           .quantities = true,
           .classes = true,
           .wants_standardised = true,
           .settings = {{"neighbours", "rows that a prediction is the mean of", 10.0, 1, 1e6, true},
                        {.name = "weight",
                         .meaning = "how much each of them counts",
                         .usual = "uniform",
                         .words = {"uniform", "inverse_distance"}}}},
          learn};
}

}  // namespace stardose::learning
