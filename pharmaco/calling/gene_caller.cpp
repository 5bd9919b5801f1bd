// From a gene's genotypes to called, ambiguous or no call.
#include "pharmaco/calling/gene_caller.h"

#include <algorithm>
#include <set>
#include <utility>

#include "pharmaco/calling/gene_sites.h"
#include "pharmaco/calling/lowest_function.h"
#include "pharmaco/calling/nearest_pair.h"

namespace stardose::pharmaco {

namespace {

/// Puts the smaller name first in each pair, and the pairs in order.
void order(const Gene& gene, std::vector<Diplotype>& pairs) {
  for (Diplotype& pair : pairs) {
    if (pair.has_second() && name_less(gene, pair.second, pair.first)) std::swap(pair.first, pair.second);
  }
  std::ranges::sort(pairs, [&](const Diplotype& a, const Diplotype& b) {
    if (a.score != b.score) return a.score > b.score;
    if (!(a.first == b.first)) return name_less(gene, a.first, b.first);
    return a.has_second() && b.has_second() && name_less(gene, a.second, b.second);
  });
}

/// Different suballeles of one core are one answer.
void drop_repeats(const Gene& gene, std::vector<Diplotype>& pairs) {
  std::set<std::string> seen;
  std::erase_if(pairs, [&](const Diplotype& pair) { return !seen.insert(to_text(gene, pair)).second; });
}

/// Returns the diplotype that the gene's preferences name among those; none: no preference applies.
const Diplotype* preferred(const Gene& gene, const std::vector<Diplotype>& pairs) {
  const auto find = [&](const std::string& text) {
    return std::ranges::find_if(pairs, [&](const Diplotype& pair) { return to_text(gene, pair) == text; });
  };
  for (const UnphasedPreference& preference : gene.preferences) {
    const bool all_there =
        std::ranges::all_of(preference.among, [&](const std::string& text) { return find(text) != pairs.end(); });
    const auto pick = find(preference.pick);
    if (all_there && pick != pairs.end()) return &*pick;
  }
  return nullptr;
}

}  // namespace

GeneCaller::GeneCaller(const Gene& gene, CallerOptions options)
    : gene_{gene}, options_{options}, matcher_{gene}, combinations_{gene} {}

GeneSites GeneCaller::sites(std::span<const genomics::SiteGenotype> genotypes,
                            std::span<const std::int32_t> phase_sets) const {
  // Where every damaging allele counts on its own, combinations are found anyway, and half a genotype tells nothing of
  // the strand that could be the worse one.
  const bool by_strand = gene_.calling == CallingMethod::lowest_function;
  return prepare_sites(gene_, genotypes, phase_sets,
                       {options_.assume_reference, options_.find_combinations && !by_strand});
}

GeneCall GeneCaller::call(std::span<const genomics::SiteGenotype> genotypes,
                          std::span<const std::int32_t> phase_sets) const {
  if (gene_.calling == CallingMethod::outside_only) return {.reason = NoCallReason::outside_only};
  GeneSites sites = this->sites(genotypes, phase_sets);
  GeneCall call = std::move(sites.call);
  if (gene_.structure_decides && !options_.from_small_variants) call.reason = NoCallReason::structure_decides;
  if (call.reason != NoCallReason::none) return call;
  if (gene_.calling == CallingMethod::lowest_function) {
    call_lowest_function(sites, call);
  } else {
    call_named_alleles(sites, matcher_.match(sites), call);
    if (call.status == CallStatus::no_call && options_.find_combinations) call_combinations(sites, call);
  }
  if (call.status == CallStatus::no_call) infer_from_one_site(genotypes, call);
  if (!call.missing.empty()) list_untested(sites, call);
  return call;
}

void GeneCaller::keep_matches(const std::vector<Diplotype>& pairs, GeneCall& call) const {
  if (options_.all_matches) call.matches = pairs;
}

void GeneCaller::call_named_alleles(const GeneSites& sites, std::vector<Diplotype> pairs, GeneCall& call) const {
  if (pairs.empty()) {
    call.reason = call.undocumented.empty() || call.undocumented_as_reference ? NoCallReason::no_match
                                                                              : NoCallReason::undocumented_variant;
    return;
  }
  order(gene_, pairs);
  drop_repeats(gene_, pairs);
  keep_matches(pairs, call);
  const Diplotype* pick = sites.groups > 1 ? preferred(gene_, pairs) : nullptr;
  if (pick != nullptr && pairs.size() > 1) {
    const Diplotype* other = pick == pairs.data() ? pick + 1 : pairs.data();
    call.next_best = {NextBest::Why::preference, *other, {}};
    pairs = {*pick};
  } else {
    const auto worse =
        std::ranges::find_if(pairs, [best = pairs.front().score](const Diplotype& pair) { return pair.score < best; });
    if (worse != pairs.end()) call.next_best = {NextBest::Why::lower_score, *worse, {}};
    pairs.erase(worse, pairs.end());
  }
  call.status = pairs.size() == 1 ? CallStatus::called : CallStatus::ambiguous;
  call.diplotypes = std::move(pairs);
}

void GeneCaller::call_combinations(const GeneSites& sites, GeneCall& call) const {
  if (sites.groups > most_groups) {
    call.reason = NoCallReason::phase_unknown;
    return;
  }
  call.diplotypes = combinations_.match(sites);
  order(gene_, call.diplotypes);
  drop_repeats(gene_, call.diplotypes);
  keep_matches(call.diplotypes, call);
  call.status = CallStatus::combination;
}

void GeneCaller::call_lowest_function(const GeneSites& sites, GeneCall& call) const {
  if (sites.groups <= 1) {
    std::vector<Diplotype> pairs = matcher_.match(sites);
    const std::vector<bool> left_out = outshone(gene_, sites);
    std::erase_if(pairs, [&](const Diplotype& pair) {
      return left_out[pair.first.alleles.front()] || (pair.has_second() && left_out[pair.second.alleles.front()]);
    });
    call_named_alleles(sites, std::move(pairs), call);
    if (call.status != CallStatus::no_call) return;
  }
  if (!call.undocumented.empty() && !call.undocumented_as_reference) {
    call.reason = NoCallReason::undocumented_variant;
    return;
  }
  call.reason = NoCallReason::none;
  call.status = CallStatus::called;
  if (sites.groups <= 1) {
    call.diplotypes = {alleles_by_strand(gene_, sites)};
  } else if (!sites.has_unphased && sites.groups <= most_groups) {
    // Phase sets whose order to each other is not known: each layout is as good as the next, and which alleles share a
    // strand decides what they do.
    call.diplotypes = alleles_by_layout(gene_, sites);
    order(gene_, call.diplotypes);
    call.status = call.diplotypes.size() == 1 ? CallStatus::called : CallStatus::ambiguous;
  } else {
    call.lone_alleles = alleles_unphased(gene_, sites);
  }
  keep_matches(call.diplotypes, call);
  list_uncounted(sites, call);
}

void GeneCaller::list_uncounted(const GeneSites& sites, GeneCall& call) const {
  std::vector<bool> counted(gene_.sites.size(), false);
  const auto count = [&](std::size_t allele) {
    if (gene_.alleles[allele].is_reference) return;
    for (const DefinedSite& at : gene_.alleles[allele].definition) counted[at.site] = true;
  };
  for (const std::size_t allele : call.lone_alleles) count(allele);
  for (const Diplotype& diplotype : call.diplotypes) {
    for (const Haplotype* haplotype : {&diplotype.first, &diplotype.second}) {
      std::ranges::for_each(haplotype->alleles, count);
    }
  }
  for (const HomSite& hom : sites.homs) {
    if (!counted[hom.site]) call.uncounted.push_back(hom.site);
  }
  for (const HetSite& het : sites.hets) {
    if (!counted[het.site]) call.uncounted.push_back(het.site);
  }
  std::ranges::sort(call.uncounted);
}

void GeneCaller::list_untested(const GeneSites& sites, GeneCall& call) const {
  std::vector<std::size_t> in_call = call.lone_alleles;
  for (const Diplotype& diplotype : call.diplotypes) {
    for (const Haplotype* haplotype : {&diplotype.first, &diplotype.second}) {
      in_call.insert(in_call.end(), haplotype->alleles.begin(), haplotype->alleles.end());
    }
  }
  const bool allele_by_allele = gene_.calling == CallingMethod::lowest_function;
  call.untested = allele_by_allele ? unseen_alleles(gene_, sites) : matcher_.not_ruled_out(sites);
  if (call.status != CallStatus::no_call && !call.untested.empty()) {
    call.possible = allele_by_allele ? with_unseen(gene_, call, call.untested) : matcher_.possible(sites);
  }
  std::erase_if(call.untested, [&](std::size_t allele) { return std::ranges::find(in_call, allele) != in_call.end(); });
}

NextBest GeneCaller::nearest(std::span<const genomics::SiteGenotype> genotypes,
                             std::span<const std::int32_t> phase_sets) const {
  return nearest_pair(gene_, matcher_, sites(genotypes, phase_sets));
}

void GeneCaller::infer_from_one_site(std::span<const genomics::SiteGenotype> genotypes, GeneCall& call) const {
  if (!gene_.inferred_from) return;
  const genomics::SiteGenotype genotype = genotypes[gene_.inferred_from->site];
  const auto& alleles = gene_.inferred_from->allele_of_code;
  if (genotype.is_missing() || genotype.first() >= alleles.size() || genotype.second() >= alleles.size()) return;
  call.inferred = {alleles[genotype.first()], alleles[genotype.second()]};
}

}  // namespace stardose::pharmaco
