// An estimate beside others, and what follows from its number.
#include <utility>

#include "pharmaco/dosing/dose_model.h"
#include "pharmaco/dosing/estimate_dose.h"

namespace stardose::pharmaco {

DoseReport report_dose(const DosingLibrary& library, const KnowledgeBase& knowledge, const DoseQuestion& question,
                       const Patient& patient) {
  const DosingAlgorithm& algorithm = question.algorithm;
  DoseReport report{.sample = patient.sample, .own = estimate_dose(library, knowledge, question, patient)};
  if (report.own.status == DoseEstimate::Status::deferred) {
    report.instead = estimate_dose(library, knowledge, {*report.own.deferred_to}, patient);
  }
  for (const std::string& id : algorithm.comparators) {
    const DosingAlgorithm& other = *library.find(id);
    DoseEstimate estimate = estimate_dose(library, knowledge, {other}, patient);
    Comparator comparator{.title = other.title, .algorithm = id};
    if (estimate.status == DoseEstimate::Status::dosed) {
      comparator.value = mg_per_day(other, estimate.value).value() / mg_per_day(algorithm, 1).value();
    } else {
      comparator.why_not = estimate.reasons.front();
    }
    report.comparators.push_back(std::move(comparator));
  }
  if (algorithm.fixed_dose) {
    report.comparators.push_back({"fixed dose", "", algorithm.fixed_dose->value, ""});
  }
  return report;
}

const DosePerformance* performance_of(const DosingAlgorithm& algorithm) {
  if (algorithm.model != nullptr) return &algorithm.model->ready().performance;
  return algorithm.performance ? &*algorithm.performance : nullptr;
}

const DosePerformance::Group* performance_of(const DoseEstimate& estimate) {
  const DosePerformance* performance = performance_of(*estimate.algorithm);
  if (performance == nullptr) return nullptr;
  for (const auto& [input, value] : estimate.inputs) {
    if (input->name != performance->by || !value.is_known()) continue;
    const auto group = performance->groups.find(value.category);
    return group == performance->groups.end() ? nullptr : &group->second;
  }
  return nullptr;
}

std::optional<double> mg_per_day(const DosingAlgorithm& algorithm, double value) {
  constexpr Dimension mass{1, 0, 0, 0};
  constexpr Dimension daily_mass{1, 0, -1, 0};
  constexpr double mg = 1e-6;
  if (algorithm.unit.dimension == daily_mass) return value * algorithm.unit.factor / mg;
  if (algorithm.unit.dimension == mass) return value * algorithm.unit.factor / mg * algorithm.doses_a_day;
  return std::nullopt;
}

std::optional<TabletDose> tablets_of(const DosingAlgorithm& algorithm, double value) {
  const auto daily = mg_per_day(algorithm, value);
  if (!algorithm.tablets || !daily) return std::nullopt;
  return nearest_tablets(*algorithm.tablets, *daily / algorithm.doses_a_day);
}

}  // namespace stardose::pharmaco
