// What the user says about the variant files.
#pragma once

#include <string>
#include <vector>

#include "genomics/io/genotype_thresholds.h"

namespace stardose::genomics {

struct VariantInputOptions {
  /// VCF, VCF.gz or BCF paths, or `-` for standard input; several are one cohort split by region.
  std::vector<std::string> files;
  /// Names to keep, in file order; a first name starting with `^` turns the list into names to leave out.
  std::vector<std::string> samples;
  /// A file with one name a line; its names are added to `samples`.
  std::string samples_file;
  /// Indexed FASTA of the same assembly; empty: none. Only indels that are not left-aligned need it.
  std::string reference;
  /// false: stream even where an index stands beside the file.
  bool use_index = true;
  GenotypeThresholds thresholds;
};

}  // namespace stardose::genomics
