// Counting.
#include "pharmaco/report/cohort_report.h"

namespace stardose::pharmaco {

CohortGene count_findings(const std::vector<const GeneFinding*>& findings, const std::vector<std::size_t>& counts) {
  GeneTally tally;
  for (std::size_t k = 0; k < findings.size(); ++k) tally.add(*findings[k], counts[k]);
  return tally.total();
}

}  // namespace stardose::pharmaco
