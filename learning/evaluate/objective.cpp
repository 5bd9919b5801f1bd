// Metrics, turned so that less is better.
#include "learning/evaluate/objective.h"

#include <cmath>
#include <limits>

#include "learning/evaluate/metrics.h"

namespace stardose::learning {

namespace {

double of_quantities(Objective objective, const QuantityMetrics& metrics) {
  switch (objective) {
    case Objective::root_mean_square_error: return metrics.root_mean_square_error;
    case Objective::within_20_percent: return 1 - metrics.within_20_percent;
    case Objective::r2: return 1 - metrics.r2;
    case Objective::pearson: return 1 - metrics.pearson;
    default: return metrics.mean_absolute_error;
  }
}

double of_classes(Objective objective, const ClassMetrics& metrics) {
  switch (objective) {
    case Objective::brier: return metrics.brier;
    case Objective::auroc: return 1 - metrics.auroc;
    default: return metrics.log_loss;
  }
}

}  // namespace

bool is_of_classes(Objective objective) { return objective >= Objective::log_loss; }

double badness(Objective objective, std::span<const double> observed, std::span<const double> predicted,
               std::size_t classes) {
  const double bad = classes > 0 ? of_classes(objective, class_metrics(observed, predicted, classes))
                                 : of_quantities(objective, quantity_metrics(observed, predicted));
  return std::isnan(bad) ? std::numeric_limits<double>::infinity() : bad;
}

}  // namespace stardose::learning
