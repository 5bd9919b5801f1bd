// Each drug in exactly one bucket: needs action, could not be determined, no change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

enum class DrugBucket { needs_action, undetermined, no_change };

/// One drug with all advice on it. Points into the report, which must outlive it.
struct DrugSummary {
  std::string drug;
  DrugBucket bucket = DrugBucket::undetermined;
  bool taken = false;                        ///< among the patient's own medicines
  AdviceLevel level = AdviceLevel::unknown;  ///< of the advice that decided the bucket
  std::vector<const Advice*> advice;         ///< most demanding first
};

/// Groups the advice by drug: any `action` or `caution` means needs action; else any `unknown` means undetermined;
/// else no change. Ordered by bucket, level, then name.
[[nodiscard]] std::vector<DrugSummary> summarise_drugs(const SampleReport& report);

/// Returns the bucket's name as in JSON and tables, `needs_action`.
[[nodiscard]] std::string_view to_string(DrugBucket bucket);

}  // namespace stardose::pharmaco
