// Gathers what single reads show and joins it into fragments.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "genomics/reads/alignment_input_options.h"
#include "genomics/reads/read_evidence.h"

namespace stardose::genomics {

/// What one read shows at one site.
struct Sighting {
  std::uint64_t fragment = 0;
  std::uint32_t site = 0;
  std::uint8_t allele = 0;
  std::uint8_t quality = 0;
  std::uint8_t mapping_quality = 0;
  bool reverse = false;
};

/// Keeps at most max_depth sightings a site, twice as many for a while: those whose fragment's hash begins with enough
/// zeros, so that a fragment kept at a deep site is kept at every site no deeper.
class EvidenceBuilder {
 public:
  EvidenceBuilder(std::size_t sites, std::size_t regions, const ReadFilter& filter);

  /// Returns whether the sighting of a fragment at a site would be kept as far as is known now.
  [[nodiscard]] bool wants(std::uint32_t site, std::uint64_t fragment) const {
    return zeros(fragment) >= caps_[site].level;
  }
  void add(const Sighting& sighting);
  void count_site(std::uint32_t site, std::uint8_t mapping_quality);
  void count_bases(std::uint32_t region, std::int64_t bases, std::uint8_t mapping_quality);
  void count_used(std::int64_t read_length, bool is_paired);
  void count_read(bool is_duplicate) {
    ++evidence_.reads;
    if (is_duplicate) ++evidence_.duplicates;
  }

  [[nodiscard]] ReadEvidence finish() &&;

 private:
  static constexpr std::uint8_t levels = 24;
  /// How deep a site is by the zeros with which the hashes begin, and how many are asked for.
  struct Cap {
    std::uint8_t level = 0;
    std::uint32_t kept = 0;
    std::array<std::uint32_t, levels> by_zeros{};
  };

  [[nodiscard]] static std::uint8_t zeros(std::uint64_t fragment);
  void join(std::size_t first, std::size_t last);

  ReadFilter filter_;
  std::vector<Sighting> sightings_;
  std::vector<Cap> caps_;
  ReadEvidence evidence_;
  std::int64_t used_reads_ = 0;
  std::int64_t used_bases_ = 0;
};

}  // namespace stardose::genomics
