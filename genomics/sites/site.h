// A place of the genome that someone wants to know about, with the alleles it is known to have.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stardose::genomics {

struct Site {
  std::string contig;         ///< canonical name, `chr10`
  std::int64_t position = 0;  ///< 0-based start of `ref`
  std::string ref;            ///< VCF alleles, left-aligned, upper-case ACGT
  std::vector<std::string> alts;
  std::string rsid;  ///< dbSNP name; empty: none
  /// true: takes no part in matching. Lists of positions often have such a record at their end, out of order.
  bool loose = false;

  [[nodiscard]] std::int64_t end() const { return position + static_cast<std::int64_t>(ref.size()); }
};

/// Returns whether every allele of the site is one base.
[[nodiscard]] bool is_single_base(const Site& site);

/// Returns the allele_code of a base. Requires: is_single_base(site).
[[nodiscard]] std::uint8_t code_of_base(const Site& site, char base);

/// Returns the bases that an allele_code means at the site; empty: they are not known (`other`, `missing`).
[[nodiscard]] std::string bases_of(const Site& site, std::uint8_t code);

/// Returns `chr10:94761900` (1-based).
[[nodiscard]] inline std::string to_string(const Site& site) {
  return site.contig + ":" + std::to_string(site.position + 1);
}

}  // namespace stardose::genomics
