// What commands say on stderr beside errors that end them.
#pragma once

#include <string>
#include <vector>

#include "pipeline/failed_alignment.h"

namespace stardose::pipeline {

/// Writes a line on stderr.
void warn_of(const std::string& text);

/// Writes each as an error that ends a run is told, and their names last of all, so that nobody takes the results for
/// whole. Writes nothing where there are none.
void tell_failed(const std::vector<FailedAlignment>& failed);

}  // namespace stardose::pipeline
