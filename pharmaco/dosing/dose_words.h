// A dose report in words, ready for any format.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pharmaco/dosing/estimate_dose.h"

namespace stardose::pharmaco {

/// Returns `dosed`, `advised`, `deferred` (another algorithm's dose is given) or `refused`.
[[nodiscard]] std::string status_of(const DoseReport& report);

/// Returns `46.8 mg/week = 6.7 mg/day`, `5 mg 2 times a day = 10 mg/day` or `14 points`.
[[nodiscard]] std::string dose_text(const DosingAlgorithm& algorithm, double value);

/// Returns `23.1 to 60.4 mg/week`, or of doses several times a day `3.1 to 8.2 mg`; empty: there is no interval.
[[nodiscard]] std::string interval_text(const DoseEstimate& estimate);

/// Returns `90 % of 812 patients like this one (race: White, middle third of doses); at sites that had no part in
/// it, 88 %`; empty: there is no interval.
[[nodiscard]] std::string interval_basis(const DoseEstimate& estimate);

/// Returns `6.5 mg/day (4 + 2.5 mg) = 45.5 mg/week`, or that there are none so near; empty: no strengths are
/// known.
[[nodiscard]] std::string tablets_text(const DosingAlgorithm& algorithm, double value);

/// Returns a difference of doses in mg/week where it is a dose, with its sign and unit.
[[nodiscard]] std::string difference_text(const DosingAlgorithm& algorithm, double difference);

/// Returns `CYP2C9 *1/*3: -11.9 mg/week against *1/*1`.
[[nodiscard]] std::string contribution_text(const DosingAlgorithm& algorithm, const GeneContribution& contribution);

/// Returns the largest shares, and all others together under `15 others`.
[[nodiscard]] std::vector<ModelShares::Share> largest_shares(const ModelShares& shares);

/// Returns `square root of mg/week: 5.36 on average, VKORC1 -0.61, age +0.30, 15 others +0.02, together 5.07`.
[[nodiscard]] std::string shares_text(const ModelShares& shares);

/// Returns `IWPC clinical equation: 34.8 mg/week`, or why it has no dose.
[[nodiscard]] std::string comparator_text(const DosingAlgorithm& algorithm, const Comparator& comparator);

/// Returns inputs in this state, `amiodarone: no (why)`, those of one reason together. Those that only stand in for
/// another input are left out where that is known.
[[nodiscard]] std::vector<std::string> inputs_in_state(const DoseEstimate& estimate, InputValue::State state);

/// Returns the dose that a percentage of the patient's usual dose is, `300 to 800 mg/m2/day`; empty: no usual dose is
/// known, or the advice names no percentage.
[[nodiscard]] std::string share_of_usual_dose(const DoseEstimate& estimate, const Advice& advice);

/// Returns `N Engl J Med 2009;360:753-764, doi 10.1056/..., PMID ...`.
[[nodiscard]] std::string citation_text(const Citation& citation);

}  // namespace stardose::pharmaco
