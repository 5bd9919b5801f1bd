// Understanding the alleles of an outside call.
#include "pharmaco/phenotype/outside_call.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/phenotype/phenotyper.h"

namespace stardose::pharmaco {

namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::optional<std::size_t> find_by_core(const Gene& gene, std::string_view name) {
  if (const auto allele = gene.find_allele(name)) return allele;
  const std::size_t suballele = name.rfind('.');
  if (suballele != std::string_view::npos && suballele > 0) return gene.find_allele(name.substr(0, suballele));
  const std::size_t first_field = name.find(':');
  if (first_field == std::string_view::npos) return std::nullopt;
  return gene.find_allele(name.substr(0, name.find(':', first_field + 1)));
}

/// A haplotype of an outside call: what its alleles amount to.
struct Understood {
  std::optional<std::size_t> allele;      ///< a single named allele
  std::optional<ActivityScore> activity;  ///< summed over copies
};

/// `*2x3`: the allele and 3; no copies written: 1. `xN` leaves the number open: at least 2 copies.
std::pair<std::string_view, ActivityScore> copies_of(std::string_view name) {
  const std::size_t x = name.rfind('x');
  if (x == std::string_view::npos || x == 0) return {name, {1, false}};
  std::string_view count = name.substr(x + 1);
  if (count == "N") return {name.substr(0, x), {2, true}};
  ActivityScore copies{0, count.starts_with(">=") || count.starts_with("\u2265")};
  if (copies.at_least) count.remove_prefix(count.front() == '>' ? 2 : 3);
  std::int64_t number = 0;
  if (!read_number(count, number) || number < 1 || number > 20) return {name, {1, false}};
  copies.hundredths = static_cast<int>(number);
  return {name.substr(0, x), copies};
}

Understood understand(const Gene& gene, std::string_view haplotype) {
  Understood result;
  result.allele = find_by_core(gene, haplotype);
  if (result.allele) {
    result.activity = gene.alleles[*result.allele].activity;
    return result;
  }
  ActivityScore sum;
  const auto parts = split(haplotype, "+");
  if (parts.empty()) return {};
  for (const std::string_view part : parts) {
    const auto [name, copies] = copies_of(trimmed(part));
    const auto allele = find_by_core(gene, name);
    if (!allele || !gene.alleles[*allele].activity) return {};
    const ActivityScore each = *gene.alleles[*allele].activity;
    sum = sum +
          ActivityScore{each.hundredths * copies.hundredths, each.at_least || (copies.at_least && each.hundredths > 0)};
  }
  result.activity = sum;
  return result;
}

GeneReading derive(const Gene& gene, const std::vector<std::string_view>& haplotypes) {
  GeneReading reading;
  const Understood first = understand(gene, haplotypes.front());
  const Understood second = haplotypes.size() > 1 ? understand(gene, haplotypes[1]) : Understood{};
  const bool two = haplotypes.size() == 2;
  const bool one = haplotypes.size() == 1;
  if (gene.phenotype.method == PhenotypeMethod::functions && first.allele && (one || (two && second.allele))) {
    return read_alleles(gene, *first.allele, two ? second.allele : std::nullopt);
  }
  if (gene.phenotype.method == PhenotypeMethod::activity_score && two && first.activity && second.activity) {
    reading.score = *first.activity + *second.activity;
    reading.phenotype = gene.phenotype.of_score(*reading.score);
    return reading;
  }
  if (gene.phenotype.method != PhenotypeMethod::none && gene.phenotype.method != PhenotypeMethod::presence) {
    reading.phenotype = PhenotypeRule::indeterminate;
  }
  return reading;
}

/// `HLA-B*57:01:01G` and `B*57:01`: `*57:01`. Empty for what is no typing result of two fields at least, such as `*57`,
/// `*57:XX` or a null allele `*57:01N`: such a name rules no allele out.
std::string_view two_fields(const Gene& gene, std::string_view name) {
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
  return name.substr(0, 1 + fields[0].size() + 1 + second.size());
}

/// Positive for alleles that are named; negative only where every name is understood.
std::vector<std::string> presence(const Gene& gene, const std::vector<std::string_view>& haplotypes) {
  std::vector<std::string_view> typed;
  for (const std::string_view haplotype : haplotypes) typed.push_back(two_fields(gene, haplotype));
  const bool all_understood = std::ranges::find(typed, std::string_view{}) == typed.end();
  std::vector<std::string> statuses;
  for (const NamedAllele& allele : gene.alleles) {
    const bool present = std::ranges::find(typed, allele.name) != typed.end();
    if (present || all_understood) statuses.push_back(allele.name + (present ? " positive" : " negative"));
  }
  return statuses;
}

}  // namespace

GeneResult read_outside_call(const Gene& gene, const OutsideCall& call) {
  GeneReading reading;
  std::vector<std::string_view> haplotypes = split(call.diplotype, "/");
  for (std::string_view& haplotype : haplotypes) haplotype = trimmed(haplotype);
  if (!haplotypes.empty()) reading = derive(gene, haplotypes);
  if (gene.phenotype.method == PhenotypeMethod::presence && !haplotypes.empty()) {
    reading.statuses = presence(gene, haplotypes);
  }
  if (!call.activity_score.empty() && gene.phenotype.method == PhenotypeMethod::activity_score) {
    reading.score = read_activity_score(call.activity_score);
    reading.phenotype = gene.phenotype.of_score(*reading.score);
  }
  if (!call.phenotype.empty()) {
    if (gene.phenotype.method == PhenotypeMethod::presence) {
      reading.statuses = {call.phenotype};
    } else {
      reading.phenotype = call.phenotype;
    }
  }
  reading.diplotype = call.diplotype;
  return {gene.symbol, CallStatus::called, {reading}};
}

}  // namespace stardose::pharmaco
