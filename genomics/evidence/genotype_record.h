// What a VCF record says of a question: alleles, and a column for each sample.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/evidence/sample_genotypes.h"
#include "genomics/evidence/site_question.h"
#include "genomics/io/filter_name.h"

namespace stardose::genomics {

/// One sample in a record; alleles have the record's numbers.
struct GenotypeColumn {
  static constexpr int missing = -1;

  int first = missing;
  int second = missing;
  bool one_copy = false;  ///< only `first` counts
  bool phased = false;
  std::int32_t phase_set = 0;  ///< 0: none
  int depth = 0;
  int mapping_quality = missing;  ///< mean over all reads there, those that say nothing too
  int quality = missing;
  double strand_bias = 0;
  std::vector<std::int32_t> forward;      ///< fragments by allele
  std::vector<std::int32_t> reverse;      ///< as `forward`
  std::vector<std::int32_t> likelihoods;  ///< Phred, in VCF's order; of one copy by allele; empty: none
  std::string_view filter = filter_name::pass;
};

struct GenotypeRecord {
  std::vector<std::string> alleles;  ///< those that sites list, then others that some sample has
  std::vector<GenotypeColumn> columns;
  std::vector<std::string_view> filters;  ///< PASS where some sample passes, else why none does
};

/// A genotype that falls short is given where it shows a variant, and else left out: a reader that leaves FT alone must
/// not take it for reference.
[[nodiscard]] GenotypeRecord record_of(const SiteQuestion& question, std::size_t number,
                                       std::span<const SampleGenotypes* const> samples);

}  // namespace stardose::genomics
