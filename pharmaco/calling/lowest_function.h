// Calling of genes in which every damaging allele counts on its own (DPYD, RYR1 in the catalogue).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/calling/gene_sites.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// Returns the named alleles on each strand, several on one as a combination; the reference where a strand carries
/// none. An allele with more positions goes before those that share one with it. Bit k of `flipped` turns phase group k
/// round.
[[nodiscard]] Diplotype alleles_by_strand(const Gene& gene, const GeneSites& sites, std::uint64_t flipped = 0);

/// Requires: 1 <= sites.groups <= most_groups. Returns the distinct diplotypes that the ways to lay out the groups
/// give.
[[nodiscard]] std::vector<Diplotype> alleles_by_layout(const Gene& gene, const GeneSites& sites);

/// For unphased sites: returns every named allele that the genotypes can hold, twice when they hold it twice; the
/// reference is added only when fewer than two others are there.
[[nodiscard]] std::vector<std::size_t> alleles_unphased(const Gene& gene, const GeneSites& sites);

/// Returns the named alleles that may be there besides those of the call: at least one of their positions is missing,
/// and at each of those seen a strand carries what they ask, one strand at all of them where phase tells strands apart.
[[nodiscard]] std::vector<std::size_t> unseen_alleles(const Gene& gene, const GeneSites& sites);

/// Returns what the call's diplotypes would amount to with unseen alleles on one strand or on both: pairs of the
/// alleles that work least, one for each way to work.
[[nodiscard]] std::vector<Diplotype> with_unseen(const Gene& gene, const GeneCall& call,
                                                 const std::vector<std::size_t>& unseen);

/// Returns the two that work least, least first. Requires: at least two alleles.
[[nodiscard]] std::pair<std::size_t, std::size_t> worst_two(const Gene& gene, std::vector<std::size_t> alleles);

/// Returns, by allele, whether it has a missing position and the positions seen are also all of another allele: then
/// what was seen is the other one.
[[nodiscard]] std::vector<bool> outshone(const Gene& gene, const GeneSites& sites);

/// Returns how well an allele works, for comparison within the gene: the lower, the worse.
[[nodiscard]] int allele_rank(const Gene& gene, std::size_t allele);

/// Returns the allele that works least: the lowest activity, or the first function in Gene::worst_first. One without a
/// known function counts as uncertain. Requires: alleles is not empty.
[[nodiscard]] std::size_t worst_allele(const Gene& gene, const std::vector<std::size_t>& alleles);

}  // namespace stardose::pharmaco
