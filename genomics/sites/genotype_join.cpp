// Two sayings made one.
#include "genomics/sites/genotype_join.h"

#include <algorithm>
#include <optional>

namespace stardose::genomics {

namespace {

// Two records that list different alternatives of one site: each calls the other's alternative "reference", or `*`. A
// half that one record leaves open stays open, unless the other has a variant there.
std::optional<std::uint8_t> join_slot(std::uint8_t a, std::uint8_t b) {
  const auto has_variant = [](std::uint8_t code) { return code != 0 && code != allele_code::missing; };
  if (a == b || (has_variant(a) && !has_variant(b))) return a;
  if (has_variant(b) && !has_variant(a)) return b;
  if (has_variant(a) && a == allele_code::elsewhere) return b;
  if (has_variant(a) && b == allele_code::elsewhere) return a;
  return has_variant(a) ? std::nullopt : std::optional{allele_code::missing};
}

SiteGenotype join_split(SiteGenotype a, SiteGenotype b) {
  if (a.is_haploid() != b.is_haploid()) return SiteGenotype{Missing::conflict};
  const bool phased = (a.is_phased() || !a.is_het()) && (b.is_phased() || !b.is_het());
  const auto first = join_slot(a.first(), b.first());
  const auto second = join_slot(a.second(), b.second());
  if (first && second) return {*first, *second, phased};
  // Unphased 0/1 and 0/1 of two alternatives are one of each.
  const bool free_to_swap = !a.is_haploid() && !(a.is_phased() && b.is_phased());
  const auto swapped_first = join_slot(a.first(), b.second());
  const auto swapped_second = join_slot(a.second(), b.first());
  if (free_to_swap && swapped_first && swapped_second) return {*swapped_first, *swapped_second, false};
  return SiteGenotype{Missing::conflict};
}

/// Whether the code is one alternative in every record; others stand for whatever there is besides.
bool is_one_allele(std::uint8_t code) {
  return (code >= 1 && code <= allele_code::largest_alt) || code == allele_code::other_base ||
         code == allele_code::other_base + 1;
}

/// The copies that a genotype has of some alleles, in the order of codes.
std::vector<std::uint8_t> copies_of(SiteGenotype genotype, std::uint64_t alleles) {
  std::vector<std::uint8_t> copies;
  for (const std::uint8_t code : {genotype.first(), genotype.second()}) {
    if (is_one_allele(code) && ((alleles >> code) & 1U) != 0) copies.push_back(code);
  }
  std::ranges::sort(copies);
  return copies;
}

// Records that repeat each other, in `both`, and may list alleles besides that the other one calls "reference". A phase
// that only one gives is taken; opposite phases of different sets cancel out.
SiteGenotype join_repeated(SiteGenotype a, SiteGenotype b, std::uint64_t both, bool same_set) {
  const bool equal = a.first() == b.first() && a.second() == b.second();
  const bool swapped = a.first() == b.second() && a.second() == b.first();
  if (!equal && !swapped) {
    const std::vector<std::uint8_t> copies = copies_of(a, both);
    if (copies_of(b, both) != copies) return SiteGenotype{Missing::conflict};
    const SiteGenotype joined = join_split(a, b);
    const bool fits = !joined.is_missing() && copies_of(joined, both) == copies;
    return fits ? joined : SiteGenotype{Missing::conflict};
  }
  if (a.is_phased() && b.is_phased() && !equal) {
    return same_set ? SiteGenotype{Missing::conflict} : SiteGenotype{a.first(), a.second(), false};
  }
  return b.is_phased() ? b : a;
}

// One allele of the site in two spellings: part of two changes, which a strand cannot both have. On the same strand one
// of them is the other written at length; without phase it could be either.
SiteGenotype join_apart(SiteGenotype a, SiteGenotype b, bool same_set) {
  const SiteGenotype conflict{Missing::conflict};
  if (a.is_haploid() != b.is_haploid() || a.is_partial() || b.is_partial()) return conflict;
  if (a.is_reference()) return b;
  if (b.is_reference()) return a;
  const bool is_told = (a.is_phased() || !a.is_het()) && (b.is_phased() || !b.is_het());
  if (!is_told || (!same_set && a.is_het() && b.is_het())) return conflict;
  const auto join_strand = [](std::uint8_t one, std::uint8_t two) -> std::optional<std::uint8_t> {
    if (one == 0 || one == two) return two;
    return two == 0 ? std::optional{one} : std::nullopt;
  };
  const auto first = join_strand(a.first(), b.first());
  const auto second = join_strand(a.second(), b.second());
  return first && second ? SiteGenotype{*first, *second, true} : conflict;
}

// `elsewhere`: they list different alleles of the site, so who has no genotype of one has not the reference for lacking
// the other.
SiteGenotype join_missing(SiteGenotype a, SiteGenotype b, bool elsewhere) {
  if (a.is_missing() && b.is_missing()) {
    if (a.hides_variant() != b.hides_variant()) return a.hides_variant() ? a : b;
    return a.why_missing() < b.why_missing() ? b : a;
  }
  const SiteGenotype& gap = a.is_missing() ? a : b;
  const SiteGenotype& said = a.is_missing() ? b : a;
  const bool says_nothing = gap.why_missing() == Missing::not_covered || gap.why_missing() == Missing::no_genotype ||
                            (gap.why_missing() == Missing::symbolic && said.has_other());
  if (!says_nothing || (elsewhere && gap.why_missing() == Missing::no_genotype && said.is_reference())) return gap;
  return a.is_missing() ? b : a;
}

bool has_same_alleles(SiteGenotype a, SiteGenotype b) {
  return (a.first() == b.first() && a.second() == b.second()) || (a.first() == b.second() && a.second() == b.first());
}

}  // namespace

std::vector<ListedAllele> listed_alleles(const SiteMatch& match) {
  std::vector<ListedAllele> listed;
  for (std::size_t a = 0; a < match.codes.size() && match.direct; ++a) {
    const std::uint8_t code = match.codes[a];
    if (code == 0 || code > allele_code::other) continue;
    listed.push_back({code, a < match.spellings.size() ? match.spellings[a] : 0});
  }
  return listed;
}

Listing compare(const SiteMatch& match, const std::vector<ListedAllele>& listed,
                const std::vector<ListedAllele>& before) {
  Listing listing;
  for (const ListedAllele& allele : listed) {
    if (!is_one_allele(allele.code)) continue;
    if (std::ranges::find(before, allele) != before.end()) listing.both |= std::uint64_t{1} << allele.code;
    listing.apart = listing.apart || std::ranges::find(before, allele.code, &ListedAllele::code) != before.end();
  }
  listing.elsewhere = match.direct && !listing.apart && !listed.empty() && !before.empty();
  return listing;
}

// What falls short is joined like anything else, so that a higher threshold can only take away: the outcome stands if a
// genotype that does not fall short says the same alleles.
SiteGenotype join(SiteGenotype a, SiteGenotype b, const Listing& listing, bool same_set) {
  if (a.is_missing() || b.is_missing()) return join_missing(a, b, listing.elsewhere);
  const SiteGenotype joined = listing.repeated() ? join_repeated(a, b, listing.both, same_set)
                              : listing.apart    ? join_apart(a, b, same_set)
                                                 : join_split(a, b);
  if (joined.is_missing()) return joined;
  if (!a.is_doubtful() && !b.is_doubtful()) return joined.with(std::min(a.evidence(), b.evidence()));
  const bool stays_doubtful = listing.elsewhere && joined.is_reference();
  for (const SiteGenotype& sure : {a, b}) {
    if (stays_doubtful) break;
    if (!sure.is_doubtful() && has_same_alleles(sure, joined)) return joined.with(sure.evidence());
  }
  return joined.with(std::max(a.evidence(), b.evidence()));
}

}  // namespace stardose::genomics
