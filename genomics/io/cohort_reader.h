// A cohort's variant files, read into one genotype table.
#pragma once

#include <string>
#include <vector>

#include "genomics/io/variant_file.h"
#include "genomics/io/variant_input_options.h"
#include "genomics/sites/genotype_table.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// One input as it was read.
struct InputSummary {
  std::string path;
  ReadCounts counts;
};

struct Cohort {
  std::vector<std::string> samples;  ///< those chosen, in file order
  GenotypeTable genotypes;
  std::vector<InputSummary> inputs;
  std::vector<std::string> warnings;  ///< a sentence each; nothing that stops a run
};

/// Reads every input once. `index` must outlive the result. With `assume_reference`, see GenotypeTable::finish.
/// Throws InputError for what VariantFile refuses, for a chosen sample that is not there, for files whose samples
/// differ, and when REF disagrees with the catalogue so often that the assembly must be another.
[[nodiscard]] Cohort read_cohort(const VariantInputOptions& options, const SiteIndex& index, bool assume_reference);

}  // namespace stardose::genomics
