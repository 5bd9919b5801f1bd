// Residuals back on the scale of the dose.
#include "pharmaco/dosing/dose_interval.h"

#include <algorithm>
#include <cmath>

#include "genomics/expect.h"

namespace stardose::pharmaco {

namespace {

double on_scale(DoseSpread::Scale scale, double dose) {
  switch (scale) {
    case DoseSpread::Scale::plain: return dose;
    case DoseSpread::Scale::root: return std::sqrt(dose);
    case DoseSpread::Scale::log: return std::log(dose);
  }
  return dose;
}

/// The least dose is none.
double off_scale(DoseSpread::Scale scale, double number) {
  switch (scale) {
    case DoseSpread::Scale::plain: return std::max(number, 0.0);
    case DoseSpread::Scale::root: return number < 0 ? 0 : number * number;
    case DoseSpread::Scale::log: return std::exp(number);
  }
  return number;
}

}  // namespace

std::optional<DoseInterval> interval_of(const DosingAlgorithm& algorithm, double value, const InputValues& inputs) {
  if (!algorithm.spread || value <= 0) return std::nullopt;
  const DoseSpread& spread = *algorithm.spread;
  std::string category;
  if (!spread.by.empty()) {
    const auto input = inputs.find(spread.by);
    if (input == inputs.end() || !input->second.is_known()) return std::nullopt;
    category = input->second.category;
  }
  const auto group = spread.groups.find(category);
  STARDOSE_EXPECT(group != spread.groups.end());
  const auto part = static_cast<std::size_t>(std::ranges::upper_bound(spread.cuts, value) - spread.cuts.begin());
  STARDOSE_EXPECT(part < group->second.size());
  const DoseSpread::Cell& cell = group->second[part];
  const double at = on_scale(spread.scale, value);
  const auto elsewhere = spread.at_other_sites.find(group->first);
  const DoseInput* by = spread.by.empty() ? nullptr : algorithm.find_input(spread.by);
  return DoseInterval{.low = off_scale(spread.scale, at + cell.low),
                      .high = off_scale(spread.scale, at + cell.high),
                      .level = spread.level,
                      .patients = cell.patients,
                      .by = by == nullptr ? std::string{} : by->title,
                      .group = group->first,
                      .part = spread.cuts.empty() || cell.is_of_group ? 0 : static_cast<int>(part) + 1,
                      .parts = static_cast<int>(spread.cuts.size()) + 1,
                      .at_other_sites = elsewhere == spread.at_other_sites.end()
                                            ? std::nullopt
                                            : std::optional<double>{elsewhere->second},
                      .source = spread.source};
}

}  // namespace stardose::pharmaco
