// Understanding the alleles of an outside call.
#include "pharmaco/phenotype/outside_allele.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

constexpr std::string_view at_least_sign = "\u2265";

/// `*2x3`: the allele and 3; no copies written: 1. `xN` leaves the number open: at least 2 copies.
std::pair<std::string_view, ActivityScore> copies_of(std::string_view name) {
  const std::size_t x = name.find_last_of("xX");
  if (x == std::string_view::npos || x == 0) return {name, {1, false}};
  std::string_view count = name.substr(x + 1);
  if (count == "N") return {name.substr(0, x), {2, true}};
  ActivityScore copies{0, count.starts_with(">=") || count.starts_with(at_least_sign)};
  if (copies.at_least) count.remove_prefix(count.front() == '>' ? 2 : at_least_sign.size());
  std::int64_t number = 0;
  if (!read_number(count, number) || number < 1 || number > 20) return {name, {1, false}};
  copies.hundredths = static_cast<int>(number);
  return {name.substr(0, x), copies};
}

std::optional<std::size_t> find_by_core(const Gene& gene, std::string_view name) {
  if (const auto allele = gene.find_allele(name)) return allele;
  const std::size_t suballele = name.rfind('.');
  const bool is_tandem = name.find('+') != std::string_view::npos;
  if (suballele == std::string_view::npos || suballele == 0 || is_tandem) return std::nullopt;
  const std::string_view core = name.substr(0, suballele);
  if (copies_of(core).first != core) return std::nullopt;  // `*1x2.5`: no number of copies, and no suballele of `*1x2`
  return gene.find_allele(core);
}

/// One allele of a tandem with its copies.
OutsideHaplotype read_part(const Gene& gene, std::string_view text) {
  const auto known = [&](std::size_t allele) {
    const NamedAllele& named = gene.alleles[allele];
    return OutsideHaplotype{named.reported_name(), allele, named.activity};
  };
  if (const auto allele = find_by_core(gene, text)) return known(*allele);
  const auto [name, copies] = copies_of(text);
  const auto allele = find_by_core(gene, name);
  if (!allele) return {std::string{text}, std::nullopt, std::nullopt};
  const NamedAllele& named = gene.alleles[*allele];
  if (copies.hundredths == 1) return known(*allele);
  const std::string count = std::to_string(copies.hundredths);
  std::string written = named.reported_name() + "x" + (copies.at_least ? ">=" + count : count);
  if (const auto many = gene.find_allele(written)) return known(*many);
  if (copies.hundredths >= 3) {
    if (const auto many = gene.find_allele(named.reported_name() + "x>=3")) return known(*many);
  }
  if (copies == ActivityScore{2, true}) written = named.reported_name() + "xN";
  OutsideHaplotype result{std::move(written), std::nullopt, std::nullopt};
  if (!named.activity) return result;
  const ActivityScore each = *named.activity;
  result.activity =
      ActivityScore{each.hundredths * copies.hundredths, each.at_least || (copies.at_least && each.hundredths > 0)};
  return result;
}

}  // namespace

OutsideHaplotype read_outside_haplotype(const Gene& gene, std::string_view text) {
  text = trimmed(text);
  OutsideHaplotype whole = read_part(gene, text);
  const auto parts = split(text, "+");
  if (whole.allele || parts.size() < 2) return whole;
  const std::string_view joint = text.find(" + ") == std::string_view::npos ? "+" : " + ";
  OutsideHaplotype result{"", std::nullopt, ActivityScore{}};
  for (const std::string_view part : parts) {
    const OutsideHaplotype one = read_part(gene, trimmed(part));
    result.name += (result.name.empty() ? "" : std::string{joint}) + one.name;
    result.activity = result.activity && one.activity ? std::optional{*result.activity + *one.activity} : std::nullopt;
  }
  return result;
}

std::string two_fields(const Gene& gene, std::string_view name) {
  name = trimmed(name);
  const std::string_view symbol = gene.symbol;
  for (const std::string_view prefix : {symbol, symbol.substr(symbol.find('-') + 1)}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  if (!name.starts_with('*')) return {};
  const auto fields = split(name.substr(1), ":");
  const auto is_number = [](std::string_view field) {
    return !field.empty() && field.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (fields.size() < 2 || !is_number(fields[0])) return {};
  std::string_view second = fields[1];
  if (fields.size() == 2 && (second.ends_with('P') || second.ends_with('G'))) second.remove_suffix(1);
  const bool is_null = fields.back().ends_with('N');
  if (!is_number(second) || is_null) return {};
  return std::string{name.substr(0, 1 + fields[0].size() + 1 + second.size())};
}

std::vector<std::string> presence(const Gene& gene, const std::vector<std::string_view>& haplotypes) {
  std::vector<std::string> typed;
  typed.reserve(haplotypes.size());
  for (const std::string_view haplotype : haplotypes) typed.push_back(two_fields(gene, haplotype));
  const bool all_understood = std::ranges::find(typed, std::string{}) == typed.end();
  std::vector<std::string> statuses;
  for (const NamedAllele& allele : gene.alleles) {
    const bool present = std::ranges::find(typed, allele.name) != typed.end();
    if (present || all_understood) statuses.push_back(allele.name + (present ? " positive" : " negative"));
  }
  return statuses;
}

}  // namespace stardose::pharmaco
