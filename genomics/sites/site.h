// A place of the genome that someone wants to know about, with the alleles it is known to have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stardose::genomics {

/// Where a site is on the other assembly, and which of its alleles is the base there (0: `ref`, k: the k-th of `alts`).
struct OtherPlace {
  std::int64_t position = 0;  ///< 0-based
  std::uint8_t base = 0;
};

struct Site {
  std::string contig;         ///< canonical name, `chr10`
  std::int64_t position = 0;  ///< 0-based start of `ref`
  std::string ref;            ///< VCF alleles, left-aligned, upper-case ACGT
  std::vector<std::string> alts;
  std::string rsid;  ///< dbSNP name; empty: none
  /// true: takes no part in matching. Lists of positions often have such a record at their end, out of order.
  bool loose = false;
  std::optional<OtherPlace> grch37;  ///< nullopt: its place there is not known with certainty

  [[nodiscard]] std::int64_t end() const { return position + static_cast<std::int64_t>(ref.size()); }
};

/// Returns `chr10:94761900` (1-based).
[[nodiscard]] inline std::string to_string(const Site& site) {
  return site.contig + ":" + std::to_string(site.position + 1);
}

}  // namespace stardose::genomics
