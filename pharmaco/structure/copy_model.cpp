// From kinds and definitions to symbols.
#include "pharmaco/structure/copy_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

namespace stardose::pharmaco {

namespace {

// Of each column in the stretch of a breakpoint: where that lies decides about all of them together.
constexpr float breakpoint_cost = 0.15F;
constexpr float free_cost = 0.7F;     // ln 2: one of two, nobody knows which
constexpr float unusual_cost = 4.6F;  // one copy in a hundred of an allele has not what is usual: a guess
// Cost of silent variation where nobody in the reference genomes had any: 1 copy in 400 and, as the paralog varies more
// than has been seen, 1 in 50.
constexpr double dearest_silent = 6;
constexpr double dearest_paralog = 4;
constexpr std::size_t no_column = static_cast<std::size_t>(-1);
// Single bases so near to an indel are not read by fragments that have it.
constexpr std::int64_t beside_indel = 4;
constexpr double same_share = 0.002;
constexpr double common_share = 0.98;
constexpr std::int64_t longest_block_gap = 150;

float cost_of(double share, double dearest) {
  const double rare = std::max(std::min(share, 1 - share), 1e-6);
  return static_cast<float>(std::clamp(std::log((1 - rare) / rare), double{free_cost}, dearest));
}

// What most people have is what is expected, not what the assembly happens to have.
ExpectedSymbol likelier(ExpectedSymbol expected, double share) {
  if (share < 0.5 && expected.other != no_symbol) std::swap(expected.symbol, expected.other);
  return expected;
}

}  // namespace

CopyModel::CopyModel(const Gene& gene, const FragmentPatterns& patterns) : gene_{&gene} {
  for (const auto& counts : patterns.counts) {
    std::vector<std::uint8_t> order(counts.size());
    std::iota(order.begin(), order.end(), std::uint8_t{0});
    std::ranges::stable_sort(order, std::greater<>{}, [&](std::uint8_t symbol) { return counts[symbol]; });
    by_frequency_.push_back(std::move(order));
  }
  column_of_.assign(gene.sites.size(), no_column);
  for (std::size_t column = 0; column < structure().columns.size(); ++column) {
    const auto& site = structure().columns[column].site;
    if (site) column_of_[*site] = column;
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
    add_implied(allele, bits);
    allowed_.push_back(std::move(bits));
  }
  usual_.assign(gene.alleles.size(), std::vector<std::uint8_t>(gene.sites.size(), no_symbol));
  for (const UsualSymbol& usual : structure().usual) usual_[usual.allele][usual.site] = usual.symbol;
  find_blocks();
}

void CopyModel::add_implied(const NamedAllele& allele, std::vector<std::uint64_t>& bits) const {
  const auto& sites = gene_->sites;
  for (const DefinedSite& defined : allele.definition) {
    if (!std::has_single_bit(defined.allowed) || (defined.allowed & 1) != 0) continue;
    const genomics::Site& variant = sites[defined.site];
    const std::string& bases = variant.alts[static_cast<std::size_t>(std::countr_zero(defined.allowed)) - 1];
    for (std::size_t site = 0; site < sites.size(); ++site) {
      if (site == defined.site || column_of_[site] == no_column) continue;
      const genomics::Site& other = sites[site];
      if (bits[site] == 1 && other.position <= variant.position && variant.end() <= other.end()) {
        std::string whole = other.ref;
        whole.replace(static_cast<std::size_t>(variant.position - other.position), variant.ref.size(), bases);
        const auto& alleles = structure().columns[column_of_[site]].gene.alleles;
        const auto found = std::ranges::find(alleles, whole);
        if (found != alleles.end()) bits[site] = std::uint64_t{1} << (found - alleles.begin());
      }
      const std::int64_t apart = std::max(variant.position - other.end(), other.position - variant.end());
      if (bases.size() != variant.ref.size() && bits[site] != 1 && apart < beside_indel) bits[site] |= 1;
    }
  }
}

// Neighbours that equally many have otherwise are one old event, not as many.
void CopyModel::find_blocks() {
  const auto& columns = structure().columns;
  const auto blocks = [&](double StructureColumn::*share) {
    std::vector<int> sizes(columns.size(), 1);
    std::vector<std::size_t> block;
    const auto close = [&] {
      for (const std::size_t column : block) sizes[column] = static_cast<int>(block.size());
      block.clear();
    };
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const StructureColumn& at = columns[column];
      if (at.site) continue;
      if (!block.empty()) {
        const StructureColumn& last = columns[block.back()];
        const std::int64_t apart = at.gene.position.grch38.value_or(0) - last.gene.position.grch38.value_or(0);
        if (std::abs(at.*share - last.*share) > same_share || apart > longest_block_gap) close();
      }
      if (at.*share <= common_share) block.push_back(column);
    }
    close();
    return sizes;
  };
  gene_block_ = blocks(&StructureColumn::reliability);
  paralog_block_ = blocks(&StructureColumn::paralog_reliability);
}

std::uint8_t CopyModel::most_seen_but(std::size_t column, std::uint8_t symbol) const {
  for (const std::uint8_t other : by_frequency_[column]) {
    if (other != symbol) return other;
  }
  return no_symbol;
}

ExpectedSymbol CopyModel::of_gene(std::size_t column, std::optional<std::size_t> content) const {
  const StructureColumn& at = structure().columns[column];
  if (!at.site) {
    const float cost = cost_of(at.reliability, dearest_silent) / static_cast<float>(gene_block_[column]);
    return likelier({0, at.paralog_symbol, cost}, at.reliability);
  }
  if (!content) {
    const std::uint8_t other = most_seen_but(column, 0);
    const auto& shares = symbol_shares_[*at.site];
    const double share = 1 - (other < shares.size() ? shares[other] : 0);
    return likelier({0, other, cost_of(share, undocumented_cost)}, share);
  }
  const std::uint64_t bits = allowed_[*content][*at.site];
  const auto first = static_cast<std::uint8_t>(std::countr_zero(bits));
  const std::uint64_t rest = bits & (bits - 1);
  if (const std::uint8_t usual = usual_[*content][*at.site]; usual != no_symbol && rest != 0) {
    const auto others = static_cast<std::uint8_t>(std::countr_zero(bits & ~(std::uint64_t{1} << usual)));
    return {usual, others, unusual_cost};
  }
  if (rest != 0) return {first, static_cast<std::uint8_t>(std::countr_zero(rest)), free_cost};
  return {first, first == 0 ? most_seen_but(column, 0) : std::uint8_t{0}, undocumented_cost};
}

ExpectedSymbol CopyModel::of_paralog(std::size_t column) const {
  const StructureColumn& at = structure().columns[column];
  if (at.paralog_symbol == no_symbol) return {};
  const std::uint8_t other = at.paralog_symbol == 0 ? most_seen_but(column, 0) : std::uint8_t{0};
  const float cost = cost_of(at.paralog_reliability, dearest_paralog) / static_cast<float>(paralog_block_[column]);
  return likelier({at.paralog_symbol, other, cost, true}, at.paralog_reliability);
}

ExpectedSymbol CopyModel::expected_at(std::size_t column, std::size_t kind, std::optional<std::size_t> content) const {
  const StretchSource source = structure().kinds[kind].sources[structure().columns[column].stretch];
  if (source == StretchSource::gene) return of_gene(column, content);
  const ExpectedSymbol paralog = of_paralog(column);
  if (source == StretchSource::paralog || paralog.symbol == no_symbol) return paralog;
  const ExpectedSymbol gene = of_gene(column, content);
  if (gene.symbol != paralog.symbol) return {gene.symbol, paralog.symbol, breakpoint_cost};
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
