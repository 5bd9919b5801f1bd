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
  for (std::string_view part : split(haplotype, "+")) {
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    const auto [name, copies] = copies_of(part);
    const auto allele = find_by_core(gene, name);
    if (!allele || !gene.alleles[*allele].activity) return {};
    const ActivityScore each = *gene.alleles[*allele].activity;
    sum = sum + ActivityScore{each.hundredths * copies.hundredths, each.at_least || (copies.at_least && each.hundredths > 0)};
  }
  result.activity = sum;
  return result;
}

GeneReading derive(const Gene& gene, const std::vector<std::string_view>& haplotypes) {
  GeneReading reading;
  const Understood first = understand(gene, haplotypes.front());
  const Understood second = haplotypes.size() > 1 ? understand(gene, haplotypes[1]) : Understood{};
  const bool two = haplotypes.size() > 1;
  if (gene.phenotype.method == PhenotypeMethod::functions && first.allele && (!two || second.allele)) {
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

std::vector<std::string> presence(const Gene& gene, const std::vector<std::string_view>& haplotypes) {
  std::vector<std::string> statuses;
  for (std::size_t a = 0; a < gene.alleles.size(); ++a) {
    const bool present = std::ranges::any_of(haplotypes, [&](std::string_view name) { return find_by_core(gene, name) == a; });
    statuses.push_back(gene.alleles[a].name + (present ? " positive" : " negative"));
  }
  return statuses;
}

}  // namespace

GeneResult read_outside_call(const Gene& gene, const OutsideCall& call) {
  GeneReading reading;
  const auto haplotypes = split(call.diplotype, "/");
  if (!haplotypes.empty()) reading = derive(gene, haplotypes);
  if (gene.phenotype.method == PhenotypeMethod::presence && !haplotypes.empty()) {
    reading.statuses = presence(gene, haplotypes);
  }
  if (!call.activity_score.empty()) {
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
