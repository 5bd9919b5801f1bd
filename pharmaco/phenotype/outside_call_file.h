// Files of calls that were made elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/outside_call.h"

namespace stardose::pharmaco {

/// The calls of one gene in one sample, in order and without repeats.
struct SampleOutsideCalls {
  std::uint32_t sample = 0;  ///< number in the run's samples
  std::vector<OutsideCall> calls;
};

struct OutsideCalls {
  std::map<std::string, std::vector<SampleOutsideCalls>, std::less<>> by_gene;  ///< samples ascending
  std::vector<std::string> warnings;  ///< what was left out or says nothing, a line each: `FILE:LINE: why`
};

/// Reads tab-separated files with or without a header line. A header names its columns in any order: sample (which the
/// run's only sample can do without), gene, diplotype, phenotype, activity_score. Without one the columns are gene,
/// diplotype, phenotype and activity score, all of the run's only sample; what follows them is not read. `#` starts a
/// comment. An empty cell or `.` states nothing; a line of which nothing else is left, or which says `./.`, is a call
/// without a result. Several calls of one gene add up.
/// Files as PharmCAT, Aldy, Cyrius and StellarPGx write them are told by their content (foreign_call.h).
/// Left out with a warning: samples that the run has not and genes that the catalogue has not (so that one file serves
/// many runs), and lines that say `Not available` or a phenotype that the gene has not and none is like. Kept with a
/// warning: diplotypes with alleles that the catalogue has not, of which nothing follows.
/// Throws InputError: unreadable file, unknown columns, no gene, a line that states nothing, no score, a phenotype that
/// is like another, no sample where the run has several. `is_part`: the samples are some of a run's, so that even a
/// lone one must be named.
[[nodiscard]] OutsideCalls read_outside_calls(const std::vector<std::string>& files,
                                              const std::vector<std::string>& samples, const KnowledgeBase& knowledge,
                                              bool is_part = false);

}  // namespace stardose::pharmaco
