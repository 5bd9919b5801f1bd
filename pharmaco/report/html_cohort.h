// The page of a cohort: how the genes turned out over all samples, and the way to each sample's page.
#pragma once

#include <string>

#include "pharmaco/report/cohort_report.h"

namespace stardose::pharmaco {

/// Returns one page that needs nothing beside itself; its links lead to `PAGE.html` in the same folder.
[[nodiscard]] std::string html_cohort(const CohortReport& report);

}  // namespace stardose::pharmaco
