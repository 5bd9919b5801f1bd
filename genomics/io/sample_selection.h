// Which columns of a file the user wants.
#pragma once

#include <string>
#include <vector>

#include "genomics/io/variant_input_options.h"

namespace stardose::genomics {

/// What the options ask for.
struct AskedSamples {
  std::vector<std::string> names;  ///< none: all
  bool leave_out = false;          ///< the named ones are not wanted
};

/// Throws InputError for an unreadable or empty samples file.
[[nodiscard]] AskedSamples asked_samples(const VariantInputOptions& options);

/// Chosen samples in file order, and where their columns are.
struct SampleSelection {
  std::vector<std::string> names;
  std::vector<int> columns;
};

/// Returns all samples where the options name none. Throws InputError for a name that `available` (of file `path`)
/// lacks, an unreadable or empty samples file, or when nothing is left.
[[nodiscard]] SampleSelection select_samples(const VariantInputOptions& options, const std::string& path,
                                             const std::vector<std::string>& available);

}  // namespace stardose::genomics
