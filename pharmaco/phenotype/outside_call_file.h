// Files of calls that were made elsewhere.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/outside_call.h"

namespace stardose::pharmaco {

/// sample -> gene -> call.
using OutsideCalls = std::map<std::string, std::map<std::string, OutsideCall>>;

/// Reads tab-separated files in one of two shapes: with a header that starts with `sample` (columns sample, gene,
/// diplotype, phenotype, activity_score), or without one (gene, diplotype, phenotype, activity score), which speaks of
/// the run's only sample. `#` starts a comment; later columns may be missing.
/// Calls of samples that are not in the run are left out, so that one file serves many runs.
/// Throws InputError: unreadable file, unknown gene, a gene twice, a line that says nothing.
[[nodiscard]] OutsideCalls read_outside_calls(const std::vector<std::string>& files,
                                              const std::vector<std::string>& samples, const std::vector<Gene>& genes);

}  // namespace stardose::pharmaco
