// Genotypes as people write them, and back.
#pragma once

#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "genomics/basics/site_genotype.h"

namespace stardose::test {

/// One sample's genotypes, site by site, with phase sets when any was written.
struct Genotypes {
  std::vector<genomics::SiteGenotype> sites;
  std::vector<std::int32_t> phase_sets;
};

namespace detail {

inline std::uint8_t code_of(const std::string& allele) {
  if (allele == ".") return genomics::allele_code::missing;
  if (allele == "o") return genomics::allele_code::other;
  return static_cast<std::uint8_t>(std::stoi(allele));
}

inline std::string name_of(genomics::Missing why) {
  using genomics::Missing;
  switch (why) {
    case Missing::not_covered: return ".";
    case Missing::no_genotype: return "./.";
    case Missing::ploidy: return "ploidy";
    case Missing::symbolic: return "symbolic";
    case Missing::structural: return "structural";
    case Missing::not_left_aligned: return "not_left_aligned";
    case Missing::needs_phase: return "needs_phase";
    case Missing::conflict: return "conflict";
    case Missing::failed_filter: return "failed_filter";
    case Missing::low_depth: return "low_depth";
    case Missing::low_quality: return "low_quality";
    case Missing::low_balance: return "low_balance";
    case Missing::not_placed: return "not_placed";
    case Missing::other_sequence: return "other_sequence";
  }
  return "?";
}

inline genomics::SiteGenotype site_of(const std::string& text) {
  using genomics::Missing;
  using genomics::SiteGenotype;
  if (text == ".") return SiteGenotype{Missing::not_covered};
  if (text == "./.") return SiteGenotype{Missing::no_genotype};
  if (text.starts_with('[')) return site_of(text.substr(1, text.size() - 2)).with(genomics::Evidence::block);
  for (const Missing why : {Missing::ploidy, Missing::symbolic, Missing::structural, Missing::not_left_aligned,
                            Missing::needs_phase, Missing::conflict, Missing::failed_filter, Missing::low_depth,
                            Missing::low_quality, Missing::low_balance, Missing::not_placed, Missing::other_sequence}) {
    if (text == name_of(why)) return SiteGenotype{why};
    if (text == name_of(why) + "!") return SiteGenotype{why, true};
  }
  const std::size_t mark = text.find_first_of("/|");
  if (mark == std::string::npos) return {code_of(text), genomics::allele_code::no_copy, false};
  return {code_of(text.substr(0, mark)), code_of(text.substr(mark + 1)), text[mark] == '|'};
}

}  // namespace detail

/// Reads `0/1 1|1 0|1@7 ./. . 1 1/. 0/o`: `@7` is phase set 7, `.` not covered, `./.` no genotype, a lone number
/// haploid, `o` a variant that the site does not list; another reason for missing by its name, `conflict`, with `!` if
/// a threshold took a variant away; `[0/0]` of a reference block.
inline Genotypes sites_of(const std::string& text) {
  Genotypes genotypes;
  std::istringstream words{text};
  bool any_set = false;
  for (std::string word; words >> word;) {
    const std::size_t at = word.find('@');
    genotypes.phase_sets.push_back(at == std::string::npos ? 0 : std::stoi(word.substr(at + 1)));
    any_set = any_set || at != std::string::npos;
    genotypes.sites.push_back(detail::site_of(word.substr(0, at)));
  }
  if (!any_set) genotypes.phase_sets.clear();
  return genotypes;
}

/// Writes a genotype as sites_of reads it, but blocks like any other.
inline std::string text_of(genomics::SiteGenotype genotype) {
  const bool variant = genotype.is_filtered() && genotype.hides_variant();
  if (genotype.is_missing()) return detail::name_of(genotype.why_missing()) + (variant ? "!" : "");
  const auto allele = [](std::uint8_t code) {
    if (code == genomics::allele_code::missing) return std::string{"."};
    return genomics::allele_code::is_other(code) ? std::string{"o"} : std::to_string(code);
  };
  if (genotype.is_haploid()) return allele(genotype.first());
  return allele(genotype.first()) + (genotype.is_phased() ? "|" : "/") + allele(genotype.second());
}

}  // namespace stardose::test
