// Alleles of a site as codes and as bases.
#include "genomics/sites/site.h"

#include <algorithm>
#include <string_view>

#include "genomics/basics/site_genotype.h"

namespace stardose::genomics {

namespace {

constexpr std::string_view all_bases = "ACGT";

bool is_listed(const Site& site, char base) {
  return site.ref.front() == base ||
         std::ranges::any_of(site.alts, [base](const std::string& alt) { return alt.front() == base; });
}

}  // namespace

bool is_single_base(const Site& site) {
  return site.ref.size() == 1 && std::ranges::all_of(site.alts, [](const std::string& alt) { return alt.size() == 1; });
}

std::uint8_t code_of_base(const Site& site, char base) {
  if (base == site.ref.front()) return 0;
  for (std::size_t k = 0; k < site.alts.size(); ++k) {
    if (site.alts[k].front() == base) return static_cast<std::uint8_t>(k + 1);
  }
  std::uint8_t code = allele_code::other_base;
  for (const char other : all_bases) {
    if (is_listed(site, other)) continue;
    if (other == base) return code;
    ++code;
  }
  return allele_code::other;
}

std::string bases_of(const Site& site, std::uint8_t code) {
  if (code == 0) return site.ref;
  if (code <= site.alts.size()) return site.alts[code - 1U];
  if (!is_single_base(site)) return {};
  for (const char base : all_bases) {
    if (!is_listed(site, base) && code_of_base(site, base) == code) return {base};
  }
  return {};
}

}  // namespace stardose::genomics
