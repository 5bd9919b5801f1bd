// What alignments gave beside genotypes, sample by sample.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "genomics/basics/site_genotype.h"
#include "pharmaco/structure/structure_call.h"
#include "pipeline/failed_alignment.h"

namespace stardose::pipeline {

/// How a site was read, in few bytes: there is one for each site and sample of a run.
struct SiteReads {
  std::uint32_t depth = 0;           ///< reads, whatever their mapping quality
  std::uint32_t usable = 0;          ///< fragments that say something
  std::uint8_t mapping_quality = 0;  ///< mean over `depth`
  bool is_placed = false;            ///< false: the site has no place on the assembly; the rest means nothing
  bool is_callable = false;
};

/// One alignment as it was read.
struct AlignmentSummary {
  std::string path;
  std::string sample;
  std::uint64_t reads = 0;
  std::uint64_t duplicates = 0;
  double mean_depth = 0;                   ///< over the catalogue's positions
  std::vector<std::string> warnings = {};  ///< what a user should know, a sentence each
};

/// One sample of an alignment.
struct AlignmentSample {
  std::vector<SiteReads> coverage;                  ///< by site number
  std::vector<pharmaco::StructureCall> structures;  ///< as AlignmentResults::structural
};

/// The samples of alignments, which in a run stand behind those of variant files.
struct AlignmentResults {
  std::size_t first_sample = 0;  ///< number of the first in the run
  std::vector<AlignmentSample> samples;
  std::vector<AlignmentSummary> files;  ///< likewise
  std::vector<std::size_t> structural;  ///< numbers in the panel of the genes whose structure was read
  std::vector<FailedAlignment> failed;  ///< of no sample above

  /// Of all files, in order.
  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<std::string> all;
    for (const AlignmentSummary& file : files) all.insert(all.end(), file.warnings.begin(), file.warnings.end());
    return all;
  }

  /// Returns the run's sample, if its reads were read.
  [[nodiscard]] const AlignmentSample* of(std::size_t sample) const {
    return sample < first_sample || samples.empty() ? nullptr : &samples[sample - first_sample];
  }

  /// Returns the structural call of the panel's gene in the run's sample; nullptr: there is none.
  [[nodiscard]] const pharmaco::StructureCall* structure_of(std::size_t gene, std::size_t sample) const {
    const auto at = std::ranges::find(structural, gene);
    const AlignmentSample* reads = of(sample);
    if (at == structural.end() || reads == nullptr) return nullptr;
    return &reads->structures[static_cast<std::size_t>(at - structural.begin())];
  }
};

}  // namespace stardose::pipeline
