// A matrix of features as the files that programs read.
#pragma once

#include <string>

#include "learning/frame/frame.h"

namespace stardose::pipeline {

/// Writes features.tsv, features.npy, features.mtx and features.columns.tsv, what the columns of the last two are.
/// Throws InputError (output).
void write_features(const std::string& folder, const learning::Frame& frame);

}  // namespace stardose::pipeline
