// Gathers what single reads show and joins it into fragments.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "genomics/reads/aligned_read.h"
#include "genomics/reads/alignment_input_options.h"
#include "genomics/reads/depth_cap.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"

namespace stardose::genomics {

/// What one read shows at one site: two numbers, as very many are sorted.
class Sighting {
 public:
  Sighting(std::uint64_t fragment, std::uint32_t site, std::uint8_t allele, std::uint8_t quality,
           std::uint8_t mapping_quality, bool reverse)
      : fragment_{fragment},
        rest_{std::uint64_t{site} << 32U | std::uint64_t{allele} << 24U | std::uint64_t{quality} << 16U |
              std::uint64_t{reverse} << 8U | mapping_quality} {}

  [[nodiscard]] std::uint64_t fragment() const { return fragment_; }
  [[nodiscard]] std::uint32_t site() const { return static_cast<std::uint32_t>(rest_ >> 32U); }
  [[nodiscard]] std::uint8_t allele() const { return static_cast<std::uint8_t>(rest_ >> 24U); }
  [[nodiscard]] std::uint8_t quality() const { return static_cast<std::uint8_t>(rest_ >> 16U); }
  [[nodiscard]] bool reverse() const { return (rest_ >> 8U & 1U) != 0; }
  [[nodiscard]] std::uint8_t mapping_quality() const { return static_cast<std::uint8_t>(rest_); }

  /// By fragment, site, allele and quality.
  friend auto operator<=>(const Sighting&, const Sighting&) = default;

 private:
  std::uint64_t fragment_;
  std::uint64_t rest_;
};

/// Keeps at most ReadFilter::max_depth sightings a site, chosen by DepthCap. Paralogous sites of a contig have one cap
/// together: where one is too deep, the same part of the fragments is kept at all, since reads of the one place are
/// weighed against those of the other.
class EvidenceBuilder {
 public:
  EvidenceBuilder(const ReadPlan& plan, const ReadFilter& filter);

  /// Returns whether the sighting of a fragment at a site would be kept as far as is known now.
  [[nodiscard]] bool wants(std::uint32_t site, std::uint64_t fragment) const { return caps_[site].wants(fragment); }
  void add(const Sighting& sighting);
  /// Keeps at a site no more than a cap of this level does: a part of its reads was left out before.
  void cap(std::uint32_t site, std::uint8_t level) { caps_[site].raise_to(level); }
  void count_site(std::uint32_t site, std::uint8_t mapping_quality);
  void count_bases(std::uint32_t region, std::int64_t bases, std::uint8_t mapping_quality);
  void count_used(std::int64_t read_length, bool is_paired);
  void count_read(bool is_duplicate) {
    ++evidence_.reads;
    if (is_duplicate) ++evidence_.duplicates;
  }

  /// Returns the hash of a fragment for a read without a name (`*`), which has no mate.
  [[nodiscard]] std::uint64_t nameless() { return fragment_of("\t" + std::to_string(++nameless_)); }

  [[nodiscard]] ReadEvidence finish() &&;

 private:
  void share_caps();
  void sort_sightings();
  void join(std::size_t first, std::size_t last);

  ReadFilter filter_;
  std::vector<std::vector<std::uint32_t>> sharing_;  // sites that have one cap
  std::vector<Sighting> sightings_;
  std::vector<DepthCap> caps_;
  ReadEvidence evidence_;
  std::uint64_t nameless_ = 0;
  std::int64_t used_reads_ = 0;
  std::int64_t used_bases_ = 0;
};

}  // namespace stardose::genomics
