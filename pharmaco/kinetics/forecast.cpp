// Curves of all draws, and their bands.
#include "pharmaco/kinetics/forecast.h"

#include <algorithm>
#include <array>

#include "genomics/expect.h"
#include "learning/bayes/measured_quantile.h"
#include "pharmaco/kinetics/draws.h"

namespace stardose::pharmaco {

namespace {

constexpr std::array<double, 5> levels = {0.05, 0.25, 0.5, 0.75, 0.95};

/// Values of all draws at one time.
class Spread {
 public:
  Spread(const Observable& observable, const std::vector<Draw>& draws) : observable_{observable} {
    for (const Draw& draw : draws) weights_.push_back(draw.weight);
  }

  [[nodiscard]] ForecastPoint point(double day, std::span<const double> values,
                                    const ForecastQuestion& question) const {
    ForecastPoint point{.day = day};
    const std::vector<double> own = learning::weighted_quantiles(values, weights_, levels);
    const double factor = observable_.unit.factor;
    std::vector<double> in_base(values.begin(), values.end());
    for (double& value : in_base) value *= factor;
    const auto next = [&](double level) {
      return learning::measured_quantile(observable_.error, in_base, weights_, level) / factor;
    };
    point.most = {own[0], own[4]};
    point.half = {own[1], own[3]};
    point.median = own[2];
    point.next_most = {next(levels[0]), next(levels[4])};
    point.next_half = {next(levels[1]), next(levels[3])};
    double total = 0;
    for (std::size_t k = 0; k < values.size(); ++k) {
      total += weights_[k];
      if (question.range && values[k] >= question.range->low && values[k] <= question.range->high) {
        point.in_range += weights_[k];
      }
      if (question.unsafe && values[k] > *question.unsafe) point.above += weights_[k];
    }
    point.in_range /= total;
    point.above /= total;
    return point;
  }

 private:
  const Observable& observable_;
  std::vector<double> weights_;
};

}  // namespace

std::vector<ForecastPoint> forecast(const Individual& individual, const ForecastQuestion& question) {
  const Observable* observable = individual.model().find_observable(question.observable);
  STARDOSE_EXPECT(observable != nullptr && std::ranges::is_sorted(question.days));
  const PatientKinetics kinetics{individual.prior, individual.history, question.planned};
  const std::vector<Draw> draws = draws_of(individual);
  std::vector<std::vector<double>> by_day(question.days.size());
  for (const Draw& draw : draws) {
    const learning::KineticCourse course =
        kinetics.course({draw.unknowns.data(), static_cast<std::size_t>(draw.unknowns.size())}, draw.seed);
    const std::vector<double> values = kinetics.values(course, *observable, question.days);
    for (std::size_t k = 0; k < values.size(); ++k) by_day[k].push_back(values[k]);
  }
  const Spread spread{*observable, draws};
  std::vector<ForecastPoint> points;
  for (std::size_t k = 0; k < by_day.size(); ++k) {
    points.push_back(spread.point(question.days[k], by_day[k], question));
  }
  return points;
}

ValueRange target_range(const Individual& individual) {
  STARDOSE_EXPECT(individual.model().advice.has_value());
  const AdvicePlan& plan = *individual.model().advice;
  double target = plan.otherwise;
  const auto known = individual.prior.values.find(plan.target);
  if (known != individual.prior.values.end() && known->second.is_known()) target = known->second.number;
  return {target - plan.around, target + plan.around};
}

}  // namespace stardose::pharmaco
