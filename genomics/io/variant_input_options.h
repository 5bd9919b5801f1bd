// What the user says about the variant files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/genotype_thresholds.h"

namespace stardose::genomics {

struct VariantInputOptions {
  /// VCF, VCF.gz or BCF paths, or `-` for standard input; several are one cohort split by region.
  std::vector<std::string> files;
  /// Names to keep, in file order; a first name starting with `^` turns the list into names to leave out.
  std::vector<std::string> samples;
  /// A file with one name a line; its names are added to `samples`.
  std::string samples_file;
  /// `auto`, `GRCh37` or `GRCh38`: what the files are on. A header that says otherwise is refused.
  std::string assembly = "auto";
  /// Indexed FASTA of the same assembly; empty: none. Only indels that are not left-aligned need it.
  std::string reference;
  /// false: stream even where an index stands beside the file.
  bool use_index = true;
  /// false: of a VCF only what calls are made from is checked, and not every field that is read.
  bool check_format = true;
  GenotypeThresholds thresholds;
};

/// Returns the assembly that the user names; nullopt: it is to be found out.
[[nodiscard]] inline std::optional<Assembly> asserted_assembly(const VariantInputOptions& options) {
  if (options.assembly == to_string(Assembly::grch37)) return Assembly::grch37;
  if (options.assembly == to_string(Assembly::grch38)) return Assembly::grch38;
  return std::nullopt;
}

}  // namespace stardose::genomics
