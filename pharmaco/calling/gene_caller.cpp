// From a gene's genotypes to called, ambiguous or no call.
#include "pharmaco/calling/gene_caller.h"

#include <algorithm>
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
  std::vector<std::string> seen;
  std::erase_if(pairs, [&](const Diplotype& pair) {
    std::string text = to_text(gene, pair);
    if (std::ranges::find(seen, text) != seen.end()) return true;
    seen.push_back(std::move(text));
    return false;
  });
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

GeneCaller::GeneCaller(const Gene& gene, bool assume_reference, bool from_small_variants)
    : gene_{gene}, assume_reference_{assume_reference}, from_small_variants_{from_small_variants}, matcher_{gene} {}

GeneCall GeneCaller::call(std::span<const genomics::SiteGenotype> genotypes,
                          std::span<const std::int32_t> phase_sets) const {
  if (gene_.calling == CallingMethod::outside_only) return {.reason = NoCallReason::outside_only};
  GeneSites sites = prepare_sites(gene_, genotypes, phase_sets, assume_reference_);
  GeneCall call = std::move(sites.call);
  if (gene_.structure_decides && !from_small_variants_) call.reason = NoCallReason::structure_decides;
  if (call.reason != NoCallReason::none) return call;
  if (gene_.calling == CallingMethod::lowest_function) {
    call_lowest_function(sites, call);
  } else {
    call_named_alleles(sites, call);
  }
  if (call.status == CallStatus::no_call) infer_from_one_site(genotypes, call);
  if (!call.missing.empty()) list_untested(sites, call);
  return call;
}

void GeneCaller::call_named_alleles(const GeneSites& sites, GeneCall& call) const {
  std::vector<Diplotype> pairs = matcher_.match(sites);
  if (pairs.empty()) {
    call.reason = call.undocumented.empty() || gene_.undocumented_as_reference ? NoCallReason::no_match
                                                                               : NoCallReason::undocumented_variant;
    return;
  }
  order(gene_, pairs);
  drop_repeats(gene_, pairs);
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

void GeneCaller::call_lowest_function(const GeneSites& sites, GeneCall& call) const {
  if (sites.groups <= 1) {
    call_named_alleles(sites, call);
    if (call.status != CallStatus::no_call) return;
  }
  if (!call.undocumented.empty() && !gene_.undocumented_as_reference) {
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
