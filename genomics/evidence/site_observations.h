// What a sample's fragments show, question by question.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "genomics/evidence/site_question.h"
#include "genomics/reads/read_evidence.h"

namespace stardose::genomics {

/// A fragment's answer to a question.
struct SiteObservation {
  std::uint32_t fragment = 0;  ///< number in ReadEvidence::fragments
  std::uint8_t allele = 0;     ///< of the question; as many as it has alleles: another one
  std::uint8_t quality = 0;    ///< Phred, no better than the mapping quality
  bool reverse = false;
};

class SiteObservations {
 public:
  /// Where a fragment shows one site's listed alternative and that changes bases of another site (a deletion that
  /// reaches over a neighbour), the fragment counts as reference at the other, unless it shows a listed alternative on
  /// bases that are still there: what a named allele does to its neighbours is its definition's business, as it is for
  /// records.
  SiteObservations(std::span<const SiteQuestion> questions, const ReadEvidence& evidence);

  /// In the order of fragments.
  [[nodiscard]] std::span<const SiteObservation> of(std::size_t question) const {
    return std::span{observations_}.subspan(begins_[question], begins_[question + 1] - begins_[question]);
  }

 private:
  std::vector<std::size_t> begins_;
  std::vector<SiteObservation> observations_;
};

}  // namespace stardose::genomics
