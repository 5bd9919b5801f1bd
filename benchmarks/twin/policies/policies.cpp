// All but the learned one.
#include "benchmarks/twin/policies/policies.h"

#include <memory>

#include "pharmaco/kinetics/regimens.h"
#include "tests/builders/kinetics.h"

namespace stardose::bench {

namespace {

using pharmaco::Regimen;

constexpr double usual_mg = 5;
constexpr int first_week = 7;

Regimen by_rule(const Visit& visit) {
  const Regimen chosen =
      pharmaco::regimen_by_rule(plan(), visit.inr(), visit.present, tablets()).value_or(visit.present);
  const bool rises = chosen.mg_per_day() > visit.present.mg_per_day();
  return rises && visit.day() < first_week ? visit.present : chosen;
}

}  // namespace

Regimen tablets_of(double mg_per_day) { return pharmaco::nearest_regimen(tablets(), mg_per_day); }

Policy fixed_dose() {
  return [](const Visit&) { return tablets_of(usual_mg); };
}

Policy regression_dose() {
  return [](const Visit& visit) { return tablets_of(visit.patient.regression_mg()); };
}

Policy guideline(bool from_regression) {
  return [from_regression](const Visit& visit) {
    if (visit.number > 0) return by_rule(visit);
    return tablets_of(from_regression ? visit.patient.regression_mg() : usual_mg);
  };
}

Policy twin(TwinCounts& counts, std::optional<double> least_gain) {
  auto model = std::make_shared<pharmaco::KineticModel>(*test::kinetics().find("warfarin-hamberg-2010"));
  if (least_gain) model->advice->least_gain = *least_gain;
  return [&counts, model](const Visit& visit) {
    if (visit.number == 0) return tablets_of(visit.patient.regression_mg());
    pharmaco::KineticPrior prior = visit.patient.prior();
    prior.model = model.get();
    const pharmaco::Individual individual = learn(prior, visit.history);
    const pharmaco::DoseAdvice advice = advise_dose(individual, {static_cast<double>(visit.day()), visit.present});
    ++counts.asked;
    if (advice.best) return advice.best->regimen;
    ++counts.silent;
    return by_rule(visit);
  };
}

}  // namespace stardose::bench
