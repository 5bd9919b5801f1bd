// How many copies of a site's alternatives each sample has, as a row of text.
#pragma once

#include <string>
#include <vector>

#include "genomics/sites/genotype_table.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// One alternative of a site.
struct SiteAlternative {
  std::size_t site = 0;
  std::uint8_t code = 1;  ///< 1: the first

  friend bool operator==(const SiteAlternative&, const SiteAlternative&) = default;
};

/// Returns every alternative of the listed sites in genome order, each variant once though several sites list it.
[[nodiscard]] std::vector<SiteAlternative> alternatives_in_order(const SiteIndex& sites);

/// Appends a tab and the number of copies (0, 1, 2) or NA for each sample. NA: not known, be it that no record speaks
/// of the site, that there is no genotype, half a one or one that falls short. `absent_is_reference`: where no record
/// speaks of it, both copies are `base`, the number of the allele that the input's assembly has there.
void append_copies(const GenotypeTable& table, SiteAlternative alternative, bool absent_is_reference, std::uint8_t base,
                   std::string& line);

}  // namespace stardose::genomics
