// Stage: copies of the catalogue's alternatives in every sample, as lines of dosages.tsv.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "genomics/matrix/site_copies.h"
#include "pipeline/sources/batch_source.h"

namespace stardose::pipeline {

/// Holds its arguments, which must outlive it; safe to call from many threads. What no record speaks of is no copy
/// only where a call would take it for reference, too.
class RenderDosages {
 public:
  static constexpr std::string_view name = "render dosages";

  RenderDosages(const genomics::Cohort& cohort, const genomics::SiteIndex& sites, bool assume_reference)
      : cohort_{cohort},
        sites_{sites},
        assume_reference_{assume_reference},
        alternatives_{genomics::alternatives_in_order(sites)} {}

  [[nodiscard]] std::size_t size() const { return alternatives_.size(); }
  /// Returns chrom, pos, id, ref, alt and the samples; newline included.
  [[nodiscard]] std::string header() const;
  /// Takes numbers of lines.
  std::string operator()(Batch lines) const;

 private:
  const genomics::Cohort& cohort_;
  const genomics::SiteIndex& sites_;
  bool assume_reference_;
  std::vector<genomics::SiteAlternative> alternatives_;
};

}  // namespace stardose::pipeline
