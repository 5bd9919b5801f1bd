// Alignments that failed, as they are told at the end of a command.
#pragma once

#include <vector>

#include "pipeline/failed_alignment.h"

namespace stardose::pipeline {

/// Writes each as an error that ends a run is told, and their names last of all, so that nobody takes the results for
/// whole. Writes nothing where there are none.
void tell_failed(const std::vector<FailedAlignment>& failed);

}  // namespace stardose::pipeline
