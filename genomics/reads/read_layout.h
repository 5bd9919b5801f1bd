// A plan put in the order in which a file is read.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "genomics/reads/local_site.h"
#include "genomics/reads/read_plan.h"

namespace stardose::genomics {

/// A base of a read that says nothing (N and other ambiguity codes).
inline constexpr std::uint8_t no_read_allele = 254;

/// A site whose alleles are single bases: the aligned base says which.
struct BaseSite {
  std::int64_t position = 0;
  std::uint32_t number = 0;  ///< in the plan
  bool paralogous = false;
  std::array<std::uint8_t, 16> allele_of{};  ///< by packed base: an allele, other_read_allele or no_read_allele
};

struct DepthStretch {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::uint32_t number = 0;  ///< in the plan
};

struct Stretch {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// What is wanted from one contig, each list by position.
struct ContigLayout {
  std::string contig;
  std::vector<BaseSite> base_sites;
  std::vector<LocalSite> local_sites;
  std::vector<DepthStretch> depths;
  std::vector<Stretch> stretches;  ///< to read
};

/// Stretches closer than this are read in one go: a jump costs more than reading on. Of 0, 1, 10 and 50 kb this read
/// 2,000 sites of a 30x genome fastest.
inline constexpr std::int64_t merge_gap = 10'000;

/// Single bases so close to a site whose alleles differ in length are read like that site: a read that carries the
/// indel near one of its ends may have been aligned without it, and then shows wrong bases there.
inline constexpr std::int64_t near_indel = 15;

/// The same for a CRAM, which is unpacked in slices: of 10,000 reads by default, 50 kb of a 30x genome.
inline constexpr std::int64_t cram_merge_gap = 50'000;

/// Returns the plan's contigs, by name, with stretches merged that are no further apart than `gap`.
[[nodiscard]] std::vector<ContigLayout> lay_out(const ReadPlan& plan, std::int64_t gap);

}  // namespace stardose::genomics
