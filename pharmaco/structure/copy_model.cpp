// From kinds and definitions to symbols.
#include "pharmaco/structure/copy_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace stardose::pharmaco {

namespace {

constexpr float free_cost = 0.7F;  // ln 2: one of two, nobody knows which
// Cost of silent variation where nobody in the reference genomes had any: 1 copy in 400 and, as the paralog varies more
// than has been seen, 1 in 50.
constexpr double dearest_silent = 6;
constexpr double dearest_paralog = 4;

float cost_of(double share, double dearest) {
  const double rare = std::max(1 - share, 1e-6);
  return static_cast<float>(std::clamp(std::log(std::max(share, 1e-6) / rare), double{free_cost}, dearest));
}

}  // namespace

CopyModel::CopyModel(const Gene& gene, const FragmentPatterns& patterns) : gene_{&gene} {
  for (const auto& counts : patterns.counts) {
    std::vector<std::uint8_t> order(counts.size());
    std::iota(order.begin(), order.end(), std::uint8_t{0});
    std::ranges::stable_sort(order, std::greater<>{}, [&](std::uint8_t symbol) { return counts[symbol]; });
    by_frequency_.push_back(std::move(order));
  }
  for (const genomics::Site& site : gene.sites) symbol_shares_.emplace_back(site.alts.size() + 1);
  for (const NamedAllele& allele : gene.alleles) {
    const auto known = std::ranges::find(structure().allele_shares, allele.name, &KnownShare::haplotype);
    const double share = known == structure().allele_shares.end() ? structure().other_allele_share : known->share;
    for (const DefinedSite& defined : allele.definition) {
      for (std::size_t symbol = 1; symbol < symbol_shares_[defined.site].size(); ++symbol) {
        if ((defined.allowed >> symbol & 1) != 0) symbol_shares_[defined.site][symbol] += share;
      }
    }
    std::vector<std::uint64_t> bits(gene.sites.size(), 1);
    for (const DefinedSite& defined : allele.definition) bits[defined.site] = defined.allowed;
    allowed_.push_back(std::move(bits));
  }
}

std::uint8_t CopyModel::most_seen_but(std::size_t column, std::uint8_t symbol) const {
  for (const std::uint8_t other : by_frequency_[column]) {
    if (other != symbol) return other;
  }
  return no_symbol;
}

ExpectedSymbol CopyModel::of_gene(std::size_t column, std::optional<std::size_t> content) const {
  const StructureColumn& at = structure().columns[column];
  if (!at.site) return {0, at.paralog_symbol, cost_of(at.reliability, dearest_silent)};
  if (!content) {
    const std::uint8_t other = most_seen_but(column, 0);
    const auto& shares = symbol_shares_[*at.site];
    return {0, other, cost_of(1 - (other < shares.size() ? shares[other] : 0), undocumented_cost)};
  }
  const std::uint64_t bits = allowed_[*content][*at.site];
  const auto first = static_cast<std::uint8_t>(std::countr_zero(bits));
  const std::uint64_t rest = bits & (bits - 1);
  if (rest != 0) return {first, static_cast<std::uint8_t>(std::countr_zero(rest)), free_cost};
  return {first, first == 0 ? most_seen_but(column, 0) : std::uint8_t{0}, undocumented_cost};
}

ExpectedSymbol CopyModel::of_paralog(std::size_t column) const {
  const StructureColumn& at = structure().columns[column];
  if (at.paralog_symbol == no_symbol) return {};
  return {at.paralog_symbol, at.paralog_symbol == 0 ? most_seen_but(column, 0) : std::uint8_t{0},
          cost_of(at.paralog_reliability, dearest_paralog)};
}

ExpectedSymbol CopyModel::expected_at(std::size_t column, std::size_t kind, std::optional<std::size_t> content) const {
  const StretchSource source = structure().kinds[kind].sources[structure().columns[column].stretch];
  if (source == StretchSource::gene) return of_gene(column, content);
  const ExpectedSymbol paralog = of_paralog(column);
  if (source == StretchSource::paralog || paralog.symbol == no_symbol) return paralog;
  const ExpectedSymbol gene = of_gene(column, content);
  if (gene.symbol != paralog.symbol) return {gene.symbol, paralog.symbol, free_cost};
  return gene.cost < paralog.cost ? gene : paralog;
}

std::vector<ExpectedSymbol> CopyModel::expected(std::size_t kind, std::optional<std::size_t> content) const {
  std::vector<ExpectedSymbol> symbols;
  for (std::size_t column = 0; column < structure().columns.size(); ++column) {
    symbols.push_back(expected_at(column, kind, content));
  }
  return symbols;
}

}  // namespace stardose::pharmaco
