// What two records say of one sample at one site, put together.
#pragma once

#include <cstdint>
#include <vector>

#include "genomics/basics/site_genotype.h"
#include "genomics/sites/site_matcher.h"

namespace stardose::genomics {

/// An alternative that a record lists; see SiteMatch::spellings.
struct ListedAllele {
  std::uint8_t code = 0;
  std::uint64_t spelling = 0;

  friend bool operator==(const ListedAllele&, const ListedAllele&) = default;
};

/// How the alternatives of a record go with those of the records of its site before it.
struct Listing {
  std::uint64_t both = 0;  ///< codes of those that are the same, written the same, as bits
  bool apart = false;      ///< one is the same for the site
  bool elsewhere = false;  ///< none is, and both list alternatives

  [[nodiscard]] bool repeated() const { return both != 0; }
};

/// Returns the alternatives, the site's own and others, that a record about it lists.
[[nodiscard]] std::vector<ListedAllele> listed_alleles(const SiteMatch& match);

/// Returns how a record's list goes with those before it.
[[nodiscard]] Listing compare(const SiteMatch& match, const std::vector<ListedAllele>& listed,
                              const std::vector<ListedAllele>& before);

/// Returns the genotype that fits both, or Missing::conflict. `listing` is of the second one's record; `same_set`:
/// their phases can be compared. What falls short of a threshold still does, unless one that does not says the same.
[[nodiscard]] SiteGenotype join(SiteGenotype a, SiteGenotype b, const Listing& listing, bool same_set);

}  // namespace stardose::genomics
