// What is wanted from a cohort's files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "genomics/io/shard.h"
#include "genomics/io/variant_file.h"
#include "genomics/matrix/matrix_rows.h"
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
  /// Given: every record is wanted, too. Hears of their rows in file order, a few at a time.
  std::function<void(const MatrixRows&)> use_rows = {};
  RowPlan rows = {};  ///< which these are
  /// true: reading and joining take turns and files are not cut, so that rows are handed over as they are read; false:
  /// a shard's rows are kept until it is joined.
  bool in_turns = false;

  [[nodiscard]] Records records() const { return use_rows ? Records::all : Records::near_sites; }

  /// A human genome differs from the reference about once in a thousand bases.
  static constexpr std::int64_t neighbourhood = 25'000;
};

}  // namespace stardose::genomics
