// Putting a truth beside a call.
#include "pharmaco/concordance/compare.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "pharmaco/concordance/truth_reading.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

using Words = std::vector<std::string>;

std::string join(const Words& items, const char* separator) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : separator) + item;
  return text;
}

/// What both strands hold together, the reference left out.
NamedHaplotype as_list(const Gene& gene, const NamedDiplotype& diplotype) {
  NamedHaplotype list;
  for (const NamedHaplotype& haplotype : diplotype.haplotypes) {
    for (const auto& [name, copies] : haplotype) {
      const auto [at, is_new] = list.emplace(name, copies);
      if (!is_new) at->second.number += copies.number;
    }
  }
  if (!gene.alleles.empty() && gene.alleles.front().is_reference) list.erase(gene.alleles.front().reported_name());
  return list;
}

bool is_same(const Gene& gene, const NamedDiplotype& truth, const NamedDiplotype& ours) {
  using stardose::pharmaco::is_same;
  if (truth.is_list || ours.is_list) return is_same(as_list(gene, truth), as_list(gene, ours));
  const auto& a = truth.haplotypes;
  const auto& b = ours.haplotypes;
  if (a.size() != b.size()) return false;
  if (a.size() == 1) return is_same(a[0], b[0]);
  return (is_same(a[0], b[0]) && is_same(a[1], b[1])) || (is_same(a[0], b[1]) && is_same(a[1], b[0]));
}

/// Our diplotypes; lone alleles of an unphased gene are one list.
std::vector<NamedDiplotype> ours_of(const GeneNames& names, const OurCall& call) {
  std::vector<NamedDiplotype> ours;
  for (const std::string& text : call.diplotypes) ours.push_back(names.read_diplotype(text));
  const bool lone = names.gene().calling == CallingMethod::lowest_function && !ours.empty() &&
                    std::ranges::all_of(ours, [](const NamedDiplotype& one) { return one.haplotypes.size() == 1; });
  if (!lone) return ours;
  NamedDiplotype all;
  for (const NamedDiplotype& one : ours) all.haplotypes.push_back(one.haplotypes.front());
  all = {{as_list(names.gene(), all)}, true};
  return {std::move(all)};
}

/// `rs1, rs2`: where two named alleles ask for different bases. A site that a definition leaves free counts as the
/// reference, as it is where nothing else was seen.
std::string sites_between(const Gene& gene, const std::string& first, const std::string& second) {
  const auto a = gene.find_allele(first);
  const auto b = gene.find_allele(second);
  if (!a || !b || !gene.alleles[*a].is_defined || !gene.alleles[*b].is_defined) return "";
  std::map<std::size_t, std::uint64_t> asked;
  std::set<std::size_t> sites;
  for (const DefinedSite& site : gene.alleles[*a].definition) asked[site.site] = site.allowed;
  for (const DefinedSite& site : gene.alleles[*b].definition) {
    const auto at = asked.find(site.site);
    const std::uint64_t other = at == asked.end() ? 1 : at->second;
    if ((other & site.allowed) == 0) sites.insert(site.site);
    if (at != asked.end()) asked.erase(at);
  }
  for (const auto& [site, allowed] : asked) {
    if ((allowed & 1) == 0) sites.insert(site);
  }
  constexpr std::size_t most = 4;
  Words names;
  for (const std::size_t site : sites) {
    if (names.size() < most)
      names.push_back(gene.sites[site].rsid.empty() ? to_string(gene.sites[site]) : gene.sites[site].rsid);
  }
  return names.empty() ? "" : join(names, ", ") + (sites.size() > most ? " and more" : "");
}

/// Alleles that only one side has; the reference is none.
struct Gap {
  Words truth;
  Words ours;

  [[nodiscard]] std::size_t size() const { return truth.size() + ours.size(); }
  void add(const Gap& other) {
    truth.insert(truth.end(), other.truth.begin(), other.truth.end());
    ours.insert(ours.end(), other.ours.begin(), other.ours.end());
  }
};

Gap gap_between(const Gene& gene, const NamedHaplotype& truth, const NamedHaplotype& ours) {
  const std::string reference =
      gene.alleles.empty() || !gene.alleles.front().is_reference ? "" : gene.alleles.front().reported_name();
  const auto lacking = [&](const NamedHaplotype& from, const NamedHaplotype& in) {
    Words names;
    for (const auto& [name, copies] : from) {
      const auto same = in.find(name);
      const bool there = same != in.end() && same->second.agrees_with(copies);
      const bool silent = name == reference && copies.number == 1 && same == in.end();
      if (!there && !silent) names.push_back(to_text(NamedHaplotype{{name, copies}}));
    }
    return names;
  };
  return {lacking(truth, ours), lacking(ours, truth)};
}

/// Of the two ways to lay the haplotypes beside each other, the one that leaves less.
Gap gap_between(const Gene& gene, const NamedDiplotype& truth, const NamedDiplotype& ours) {
  const auto& a = truth.haplotypes;
  const auto& b = ours.haplotypes;
  if (truth.is_list || ours.is_list || a.size() != b.size()) {
    return gap_between(gene, as_list(gene, truth), as_list(gene, ours));
  }
  Gap straight;
  Gap crossed;
  for (std::size_t k = 0; k < a.size(); ++k) {
    straight.add(gap_between(gene, a[k], b[k]));
    crossed.add(gap_between(gene, a[k], b[a.size() - 1 - k]));
  }
  return crossed.size() < straight.size() ? crossed : straight;
}

/// What one side has and the other has not, told of the reading of the truth that comes nearest.
std::string difference_between(const GeneNames& names, const std::vector<TruthReading>& readings,
                               const NamedDiplotype& ours) {
  const Gene& gene = names.gene();
  Gap gap = gap_between(gene, readings.front().diplotype, ours);
  for (const TruthReading& reading : readings) {
    Gap other = gap_between(gene, reading.diplotype, ours);
    if (other.size() < gap.size()) gap = std::move(other);
  }
  std::string text;
  if (!gap.truth.empty()) text += "only the truth has " + join(gap.truth, " and ");
  if (!gap.ours.empty())
    text += (text.empty() ? "" : ", ") + std::string{"only the call has "} + join(gap.ours, " and ");
  if (text.empty()) text = "the same alleles on other strands";
  Words strange;
  for (const std::string& name : gap.truth) {
    if (!names.known(name)) strange.push_back(name);
  }
  if (!strange.empty()) text += "; not in the catalogue: " + join(strange, ", ");
  if (gap.truth.size() > 1 || gap.ours.size() > 1) return text;
  const std::string reference = gene.alleles.empty() ? "" : gene.alleles.front().name;
  const std::string sites = sites_between(gene, gap.truth.empty() ? reference : gap.truth.front(),
                                          gap.ours.empty() ? reference : gap.ours.front());
  return sites.empty() ? text : text + "; they differ at " + sites;
}

std::string reasons_of(const std::vector<const Alias*>& aliases) {
  Words reasons;
  for (const Alias* alias : aliases) reasons.push_back(alias->truth + " is " + alias->ours + ": " + alias->reason);
  return join(reasons, "; ");
}

bool is_same_phenotype(const Gene& gene, const TruthReading& reading, const OurCall& call) {
  Words meant = phenotypes_of(gene, reading.diplotype);
  Words ours = call.phenotypes;
  std::ranges::sort(meant);
  std::ranges::sort(ours);
  return !meant.empty() && meant == ours;
}

}  // namespace

std::string_view to_string(Agreement agreement) {
  switch (agreement) {
    case Agreement::equal: return "equal";
    case Agreement::alias: return "alias";
    case Agreement::among: return "among";
    case Agreement::same_phenotype: return "same_phenotype";
    case Agreement::different: return "different";
    case Agreement::no_call: return "no_call";
    case Agreement::not_comparable: return "not_comparable";
  }
  return "not_comparable";
}

Comparison compare(const GeneNames& names, std::string_view truth, const OurCall& call) {
  const std::vector<TruthReading> readings = read_truth(names, truth);
  Comparison result;
  if (readings.empty()) {
    result.reason = "the truth states no diplotype of known alleles";
    return result;
  }
  std::set<std::string> stated;
  for (const TruthReading& reading : readings) {
    if (reading.aliases.empty()) stated.insert(to_text(reading.diplotype));
  }
  result.several_truths = stated.size() > 1;
  result.one_assay = readings.front().one_assay;
  if (call.diplotypes.empty() && call.phenotypes.empty()) {
    result.agreement = Agreement::no_call;
    result.reason = call.reason;
    return result;
  }
  const std::vector<NamedDiplotype> ours = ours_of(names, call);
  for (const TruthReading& reading : readings) {
    const bool found =
        std::ranges::any_of(ours, [&](const auto& one) { return is_same(names.gene(), reading.diplotype, one); });
    if (!found) continue;
    const Agreement exact = reading.aliases.empty() ? Agreement::equal : Agreement::alias;
    std::string reason = reasons_of(reading.aliases);
    if (ours.size() > 1) reason += (reason.empty() ? "" : "; ") + std::string{"the call leaves several open"};
    return {ours.size() > 1 ? Agreement::among : exact, reading.one_assay, result.several_truths, std::move(reason)};
  }
  result.agreement = Agreement::different;
  if (!ours.empty()) result.reason = difference_between(names, readings, ours.front());
  for (const TruthReading& reading : readings) {
    if (!is_same_phenotype(names.gene(), reading, call)) continue;
    result.agreement = Agreement::same_phenotype;
    result.one_assay = reading.one_assay;
    break;
  }
  return result;
}

}  // namespace stardose::pharmaco
