// Which of several equally good diplotypes is the likely one, by how common their alleles are.
#pragma once

#include <string>

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

struct RankingOptions {
  /// Group of people in the catalogue's frequencies, `EUR` or `all`; empty: no ranking.
  std::string population;
  /// Percent. An ambiguous gene becomes a call when its first diplotype is at least as probable. 100: never, as no
  /// diplotype is ever certain.
  int call_from = 100;
};

/// Orders the diplotypes of an ambiguous call by their probability and states it. The probability of a pair a/b is
/// proportional to f(a) * f(b), twice that where a and b differ (Hardy-Weinberg), among the diplotypes that explain the
/// data equally well. f(a) = (n(a) + 1/2) / (n + k/2), with n(a) of n chromosomes counted and k named alleles
/// (Jeffreys' prior), so that an allele that was not seen is rare, not impossible. Equal probabilities keep the order
/// of names. Leaves the call as it is, and says so, where the catalogue has no frequencies of the gene in the group or
/// a strand holds several named alleles; leaves any other call alone.
void rank_by_frequency(const Gene& gene, const RankingOptions& options, GeneCall& call);

}  // namespace stardose::pharmaco
