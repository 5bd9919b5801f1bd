// What is wanted from a cohort's files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "genomics/io/shard.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

struct ReadingPlan {
  const SiteIndex& sites;  ///< on GRCh38
  /// true: a site in no record counts as reference, but only where the input has any record at all within
  /// `neighbourhood` bases of the site's group. A file that says nothing about a gene says nothing about its sites.
  bool assume_reference = false;
  /// Site numbers that belong together (a gene), as half-open ranges.
  std::vector<std::pair<std::size_t, std::size_t>> groups;
  /// How files are cut for several readers; changes nothing of the answer.
  Cutting cutting = {};

  /// A human genome differs from the reference about once in a thousand bases.
  static constexpr std::int64_t neighbourhood = 25'000;
};

}  // namespace stardose::genomics
