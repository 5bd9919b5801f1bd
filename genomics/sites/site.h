// A place of the genome that someone wants to know about, with the alleles it is known to have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"

namespace stardose::genomics {

/// Where a site is on the other assembly, and which of its alleles is the base there (0: `ref`, k: the k-th of `alts`).
struct OtherPlace {
  std::int64_t position = 0;  ///< 0-based
  std::uint8_t base = 0;
};

/// Its alleles are numbered: 0 `ref`, then `alts`. As the catalogue has it a site is on GRCh38, where its base is
/// `ref`.
struct Site {
  std::string contig;         ///< canonical name, `chr10`
  std::int64_t position = 0;  ///< 0-based start of `ref`
  std::string ref;            ///< VCF alleles, left-aligned, upper-case ACGT
  std::vector<std::string> alts;
  std::string rsid;  ///< dbSNP name; empty: none
  /// true: takes no part in matching. Lists of positions often have such a record at their end, out of order.
  bool loose = false;
  std::optional<OtherPlace> grch37;  ///< nullopt: its place there is not known with certainty
  std::uint8_t base = 0;             ///< number of the allele that the assembly at hand has here
  bool placed = true;                ///< false: has no place on the assembly at hand; `position` is GRCh38's

  [[nodiscard]] std::int64_t end() const { return position + static_cast<std::int64_t>(ref.size()); }
};

/// Returns whether every allele of the site is one base.
[[nodiscard]] bool is_single_base(const Site& site);

/// Returns the allele_code of a base. Requires: is_single_base(site).
[[nodiscard]] std::uint8_t code_of_base(const Site& site, char base);

/// Returns the bases that an allele_code means at the site; empty: they are not known (`other`, `missing`).
[[nodiscard]] std::string bases_of(const Site& site, std::uint8_t code);

/// Returns `chr10:94761900` (1-based), or `chr10:94761900 of GRCh38` for a site without a place.
[[nodiscard]] inline std::string to_string(const Site& site) {
  return site.contig + ":" + std::to_string(site.position + 1) + (site.placed ? "" : " of GRCh38");
}

/// Returns the catalogue's site with its place and base on `assembly`; its alleles keep their numbers.
[[nodiscard]] Site placed_on(Site site, Assembly assembly);

/// Returns a placed site as files of its assembly write it: `ref` is the base there, and the two alleles that changed
/// places have changed numbers. written_number() goes from the one numbering to the other and back.
[[nodiscard]] Site as_written(Site site);

[[nodiscard]] constexpr std::uint8_t written_number(std::uint8_t allele, std::uint8_t base) {
  if (allele == 0) return base;
  return allele == base ? std::uint8_t{0} : allele;
}

}  // namespace stardose::genomics
