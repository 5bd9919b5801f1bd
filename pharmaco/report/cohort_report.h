// What a run says about all its samples together.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "pharmaco/concordance/concordance.h"
#include "pharmaco/report/gene_tally.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// One sample in the list.
struct CohortSample {
  std::string sample;
  std::string page;  ///< file name of its report, without the ending
  std::size_t needs_action = 0;
  std::size_t undetermined = 0;
  std::size_t no_change = 0;
  std::size_t no_calls = 0;  ///< genes with guidance that were not called
};

struct CohortReport {
  SampleReport shared;                            ///< versions, assembly, options; of no sample
  std::vector<CohortGene> genes;                  ///< in the order of the run
  std::vector<CohortSample> samples;              ///< in the order of the run
  std::map<std::string, GeneCounts> concordance;  ///< by gene; empty: no truth was given
};

/// Counts findings of one gene. `findings` are the distinct ones, `counts` how many samples have each.
[[nodiscard]] CohortGene count_findings(const std::vector<const GeneFinding*>& findings,
                                        const std::vector<std::size_t>& counts);

}  // namespace stardose::pharmaco
