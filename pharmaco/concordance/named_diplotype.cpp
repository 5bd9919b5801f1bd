// Reading names, and telling whether they are the same.
#include "pharmaco/concordance/named_diplotype.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

#include "pharmaco/knowledge/natural_order.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_allele.h"

namespace stardose::pharmaco {

namespace {

std::string_view without_brackets(std::string_view text) {
  text = trimmed(text);
  const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  return bracketed ? trimmed(text.substr(1, text.size() - 2)) : text;
}

}  // namespace

bool Copies::agrees_with(const Copies& other) const {
  if (at_least && other.at_least) return true;
  if (at_least) return other.number >= number;
  return other.at_least ? number >= other.number : number == other.number;
}

bool is_same(const NamedHaplotype& a, const NamedHaplotype& b) {
  return std::ranges::equal(a, b, [](const auto& left, const auto& right) {
    return left.first == right.first && left.second.agrees_with(right.second);
  });
}

std::string to_text(const NamedHaplotype& haplotype) {
  std::string text;
  for (const auto& [name, copies] : haplotype) {
    text += (text.empty() ? "" : " + ") + name;
    if (copies.at_least) text += "x>=" + std::to_string(copies.number);
    if (!copies.at_least && copies.number != 1) text += "x" + std::to_string(copies.number);
  }
  return haplotype.size() > 1 ? "[" + text + "]" : text;
}

std::string to_text(const NamedDiplotype& diplotype) {
  std::vector<std::string> names;
  for (const NamedHaplotype& haplotype : diplotype.haplotypes) names.push_back(to_text(haplotype));
  std::ranges::sort(names, natural_less);
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "/") + name;
  return text;
}

std::optional<std::string> GeneNames::known(std::string_view written) const {
  const std::string_view name = trimmed(written);
  if (name.empty()) return std::nullopt;
  if (gene_.phenotype.method == PhenotypeMethod::presence) {
    std::string typed = two_fields(gene_, name);
    return typed.empty() ? std::nullopt : std::optional{std::move(typed)};
  }
  const OutsideHaplotype own = read_outside_haplotype(gene_, name);
  if (own.allele) return own.name;
  const auto alias = std::ranges::find(aliases_, name, &Alias::truth);
  if (alias != aliases_.end()) return alias->truth;
  if (std::isdigit(static_cast<unsigned char>(name.front())) != 0) return known("*" + std::string{name});
  const auto is_alike = [&](const std::string& other) { return folded(other) == folded(name); };
  const auto allele = std::ranges::find_if(gene_.alleles, is_alike, &NamedAllele::name);
  if (allele != gene_.alleles.end()) return allele->reported_name();
  const auto like = std::ranges::find_if(aliases_, is_alike, &Alias::truth);
  return like == aliases_.end() ? std::nullopt : std::optional{like->truth};
}

// Copies come off first: the catalogue has `*1x2` as a name too.
std::optional<std::pair<std::string, Copies>> GeneNames::known_copies(std::string_view written) const {
  std::string_view text = trimmed(written);
  const std::size_t x = text.find_last_of("xX");
  if (x != std::string_view::npos && x > 0) {
    std::string_view count = text.substr(x + 1);
    Copies copies{2, true};
    bool counted = count == "N" || count == "n";
    if (!counted) {
      copies.at_least = count.starts_with(">=") || count.starts_with("\u2265");
      if (copies.at_least) count.remove_prefix(count.front() == '>' ? 2 : 3);
      std::int64_t number = 0;
      counted = read_number(count, number) && number >= 1 && number <= 20;
      copies.number = static_cast<int>(number);
    }
    const auto name = counted ? known(text.substr(0, x)) : std::nullopt;
    if (name) return std::pair{*name, copies};
  }
  if (const auto name = known(text)) return std::pair{*name, Copies{}};
  return std::nullopt;
}

NamedHaplotype GeneNames::read_haplotype(std::string_view written) const {
  const std::string_view text = without_brackets(written);
  if (const auto whole = known_copies(text)) return {*whole};
  NamedHaplotype haplotype;
  const auto add = [&](std::string_view part) {
    const auto named = known_copies(part).value_or(std::pair{std::string{trimmed(part)}, Copies{}});
    const auto [at, is_new] = haplotype.insert(named);
    if (is_new) return;
    at->second.number += named.second.number;
    at->second.at_least = at->second.at_least || named.second.at_least;
  };
  // The longest pieces that are names win: `c.1905+1G>A` and `*80+*28` are one allele each.
  for (const std::string_view separator : {" + ", "+", ","}) {
    const auto parts = split(text, separator);
    if (parts.size() < 2) continue;
    const bool helps =
        std::ranges::any_of(parts, [&](std::string_view part) { return known_copies(part).has_value(); });
    if (!helps) continue;
    for (const std::string_view part : parts) add(part);
    return haplotype;
  }
  add(text);
  return haplotype;
}

NamedDiplotype GeneNames::read_diplotype(std::string_view written) const {
  NamedDiplotype diplotype;
  for (const std::string_view haplotype : split(written, "/")) {
    diplotype.haplotypes.push_back(read_haplotype(haplotype));
  }
  return diplotype;
}

}  // namespace stardose::pharmaco
