// What a call from reads must rest on, besides what it asks of genotypes.
#pragma once

#include <cstddef>

namespace stardose::pharmaco {

struct GeneCall;

/// How well reads cover the positions of a gene in one sample.
struct ReadsBehind {
  std::size_t callable = 0;   ///< positions with reads enough
  std::size_t positions = 0;  ///< those with a place on the assembly
  double least_share = 0;     ///< of them that must be callable, 0 to 1

  [[nodiscard]] bool suffice() const {
    return static_cast<double>(callable) >= least_share * static_cast<double>(positions);
  }

  friend bool operator==(const ReadsBehind&, const ReadsBehind&) = default;
};

/// Notes that the call is from reads, and takes it away where too few positions are callable (low_coverage). A no call
/// keeps its reason unless missing positions are the reason.
void hold_to_reads(const ReadsBehind& reads, GeneCall& call);

}  // namespace stardose::pharmaco
