// What a guideline sees of a gene, and whether a recommendation's conditions hold for it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/gene.h"
#include "pharmaco/knowledge/guideline.h"
#include "pharmaco/phenotype/gene_result.h"

namespace stardose::pharmaco {

using Rows = std::vector<const Recommendation*>;

/// What the recommendations on one drug and population ask of one gene.
struct AskedOfGene {
  std::string_view gene;
  bool score = false;
  bool diplotype = false;
  bool carriers_only = false;             ///< every key is `ALLELE positive`
  std::vector<std::string_view> alleles;  ///< of a gene read by presence: those whose status is asked
};

/// One possible reading of a gene. Points into what it was made from.
struct GeneView {
  const AskedOfGene* asked = nullptr;
  const GeneReading* reading = nullptr;  ///< nullptr: no result
  std::optional<ActivityScore> score;    ///< the reading's, or one of those that its phenotype allows
};

/// `gene` may be nullptr: unknown to the catalogue.
[[nodiscard]] AskedOfGene what_is_asked(std::string_view symbol, const Gene* gene, const Rows& rows);

/// Returns the readings that differ in what is asked; one view without a reading when there is no result. Where scores
/// are asked but only a phenotype is known, there is a view for each score that the gene's alleles can reach within it.
[[nodiscard]] std::vector<GeneView> views_of(const AskedOfGene& asked, const Gene* gene, const GeneResult* result);

/// Returns whether all conditions hold; without conditions, whether every gene has a result.
[[nodiscard]] bool holds(const Recommendation& row, std::span<const GeneView> views);

/// Returns whether something is known that the guideline asks for: a reading, and for presence one of its alleles.
[[nodiscard]] bool has_result(const GeneView& view);

/// Returns what is not known, `CYP2D6` or `HLA-B *15:02`; empty: nothing.
[[nodiscard]] std::string missing_part(const GeneView& view);

/// Returns whether the alleles that alone bring advice were all looked for and not found.
[[nodiscard]] bool is_non_carrier(const GeneView& view);

/// Returns the statuses of the alleles asked for, joined by ", ".
[[nodiscard]] std::string statuses_of(const AskedOfGene& asked, const GeneReading& reading);

}  // namespace stardose::pharmaco
