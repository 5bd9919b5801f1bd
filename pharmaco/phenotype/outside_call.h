// A call of a gene that was made elsewhere: HLA typing, CYP2D6 from reads.
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"

namespace stardose::pharmaco {

/// What an outside-call file states of one gene in one sample. Nothing given: called elsewhere, without a result.
struct OutsideCall {
  std::string diplotype;                ///< as written; empty: not given
  std::vector<std::string> phenotypes;  ///< in the catalogue's words; several only for presence (`*57:01 positive`)
  std::optional<ActivityScore> score;   ///< nullopt: not given
  std::string note;                     ///< why there is no result, or what its source warns of; no final stop

  [[nodiscard]] bool has_result() const { return !diplotype.empty() || !phenotypes.empty() || score; }
  friend auto operator<=>(const OutsideCall&, const OutsideCall&) = default;
};

/// Two things that one outside call says and that cannot both be true.
struct Contradiction {
  std::string first;   ///< what was taken: `the phenotype Poor Metabolizer`
  std::string second;  ///< what was set aside
  bool operator==(const Contradiction&) const = default;
};

/// What outside calls of one gene amount to.
struct OutsideResult {
  GeneResult result;                          ///< several readings: the calls differ, and none goes before another
  std::vector<Contradiction> contradictions;  ///< within a call
  std::vector<std::string> not_known;         ///< alleles of the calls that the catalogue does not know
  std::vector<std::string> no_typing;         ///< of a presence gene: names that rule no allele out (two_fields)
  bool one_copy_typed = false;                ///< of a presence gene: a single allele is given
  std::vector<std::string> notes;             ///< of the calls with a result, or where none has one, of all
};

/// Returns what follows. Of one call a stated phenotype goes before a stated activity score, and that before what the
/// diplotype would give: whoever states more has said what was meant. A score that belongs to another phenotype than
/// the one stated is set aside, so that no guidance rests on it; a score counts only for a gene that has them. Calls
/// without a result give way to those with one.
[[nodiscard]] OutsideResult read_outside_calls(const Gene& gene, std::span<const OutsideCall> calls);

}  // namespace stardose::pharmaco
