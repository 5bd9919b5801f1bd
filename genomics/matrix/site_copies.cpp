// Cells to text.
#include "genomics/matrix/site_copies.h"

#include <algorithm>
#include <tuple>

#include "genomics/basics/assembly.h"

namespace stardose::genomics {

namespace {

constexpr int not_known = -1;

int copies_in(SiteGenotype genotype, std::uint8_t code, int absent) {
  if (genotype == SiteGenotype{}) return absent;
  if (genotype.is_missing() || genotype.is_partial()) return not_known;
  return (genotype.first() == code ? 1 : 0) + (genotype.second() == code ? 1 : 0);
}

// What makes two alternatives one variant, in genome order.
auto variant_key(const SiteIndex& sites, const SiteAlternative& alternative) {
  const Site& site = sites.site(alternative.site);
  return std::tuple{contig_rank(site.contig), std::string_view{site.contig}, site.position, std::string_view{site.ref},
                    std::string_view{site.alts[alternative.code - 1U]}};
}

}  // namespace

std::vector<SiteAlternative> alternatives_in_order(const SiteIndex& sites) {
  std::vector<SiteAlternative> all;
  for (std::size_t number = 0; number < sites.size(); ++number) {
    const Site& site = sites.site(number);
    for (std::size_t k = 1; k <= site.alts.size() && !site.loose; ++k) {
      all.push_back({number, static_cast<std::uint8_t>(k)});
    }
  }
  const auto key = [&](const SiteAlternative& alternative) { return variant_key(sites, alternative); };
  std::ranges::stable_sort(all, {}, key);
  const auto same = [&](const SiteAlternative& a, const SiteAlternative& b) { return key(a) == key(b); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

void append_copies(const GenotypeTable& table, SiteAlternative alternative, bool absent_is_reference, std::uint8_t base,
                   std::string& line) {
  const std::span<const SiteGenotype> row = table.row(alternative.site);
  const std::size_t before = line.size();
  line.resize(before + 3 * table.samples());
  char* at = line.data() + before;
  const int absent = absent_is_reference ? (base == alternative.code ? 2 : 0) : not_known;
  for (std::size_t sample = 0; sample < table.samples(); ++sample) {
    const SiteGenotype genotype = row.empty() ? SiteGenotype{} : row[sample];
    const int copies = copies_in(genotype, alternative.code, absent);
    *at++ = '\t';
    if (copies == not_known) {
      *at++ = 'N';
      *at++ = 'A';
    } else {
      *at++ = static_cast<char>('0' + copies);
    }
  }
  line.resize(static_cast<std::size_t>(at - line.data()));
}

}  // namespace stardose::genomics
