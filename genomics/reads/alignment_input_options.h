// What the user says about alignments, and which reads count.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stardose::genomics {

/// Which reads count. Secondary, failed (QC) and unmapped reads and marked duplicates never do.
struct ReadFilter {
  /// Least mapping quality at a site that is not paralogous. 20 as a rule of short-read pipelines (GATK
  /// MappingQualityReadFilter's default; bcftools' advice).
  int min_mapping_quality = 20;
  /// Least base quality. 13: one error in twenty, as samtools mpileup.
  int min_base_quality = 13;
  /// Deepest pile that is read at a site; above it fragments are kept by a hash of their names, which favours no
  /// allele, strand or place. 0: no bound.
  int max_depth = 1000;
};

struct AlignmentInputOptions {
  std::vector<std::string> files;  ///< BAM or CRAM, each one sample
  /// Indexed FASTA that CRAMs were written with; empty: where REF_PATH and REF_CACHE say, never from the network.
  std::string reference;
  ReadFilter filter;
};

}  // namespace stardose::genomics
