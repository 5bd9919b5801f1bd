// What the header of a file of genotypes says.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "genomics/io/genotype_thresholds.h"

namespace stardose::genomics {

/// A contig as a file names it, and its bases.
struct ContigLength {
  std::string name;
  std::int64_t length = 0;
};

/// Contigs that the header of an alignment file declares, in its order. Throws InputError when it cannot be read.
[[nodiscard]] std::vector<ContigLength> contigs_of_alignments(const std::string& path);

/// What the header says.
struct GenotypeFileHeader {
  std::vector<ContigLength> contigs;
  std::vector<std::string> samples;
  std::string assembly;   ///< `GRCh38`
  std::string source;     ///< `stardose 0.1.0`
  std::string catalogue;  ///< name and date of the catalogue
  GenotypeThresholds thresholds;
};

/// Returns every line but the first and the samples'.
[[nodiscard]] std::vector<std::string> header_lines(const GenotypeFileHeader& header);

}  // namespace stardose::genomics
