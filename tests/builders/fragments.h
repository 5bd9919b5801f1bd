// What reads show, written fragment by fragment.
#pragma once

#include <cstdint>
#include <vector>

#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"

namespace stardose::test {

/// Evidence for a plan; of each site the depth is what its fragments show.
class Fragments {
 public:
  explicit Fragments(const genomics::ReadPlan& plan) {
    evidence_.sites.resize(plan.sites.size());
    evidence_.regions.resize(plan.depth_regions.size());
  }

  /// Adds the same fragment several times.
  Fragments& add(int times, const std::vector<genomics::Observation>& shown, std::uint8_t mapping_quality = 60) {
    for (int k = 0; k < times; ++k) {
      evidence_.fragments.push_back({static_cast<std::uint32_t>(evidence_.observations.size()),
                                     static_cast<std::uint32_t>(shown.size()), mapping_quality});
      for (const genomics::Observation& one : shown) {
        evidence_.observations.push_back(one);
        genomics::SiteDepth& depth = evidence_.sites[one.site];
        ++depth.all;
        ++depth.usable;
        depth.mapping_quality += mapping_quality;
      }
    }
    return *this;
  }

  /// Fragments that show one allele of one site, on both strands in turns.
  Fragments& show(std::uint32_t site, std::uint8_t allele, int times, std::uint8_t quality = 30) {
    for (int k = 0; k < times; ++k) add(1, {{site, allele, quality, k % 2 == 1}});
    return *this;
  }

  /// Reads that nothing can be made of: they are at the site, with a mapping quality of 0.
  Fragments& add_unusable(std::uint32_t site, std::uint32_t reads) {
    evidence_.sites[site].all += reads;
    return *this;
  }

  [[nodiscard]] const genomics::ReadEvidence& evidence() const { return evidence_; }

 private:
  genomics::ReadEvidence evidence_;
};

}  // namespace stardose::test
