// From one guideline and a sample's gene results to advice.
#pragma once

#include <span>
#include <vector>

#include "pharmaco/guidance/advice.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/gene_result.h"

namespace stardose::pharmaco {

/// Advice that one guideline gives for the results of its genes: one for each drug and population, or several where
/// several recommendations hold. `results` has one entry for each of guideline.genes, in their order; nullptr is no
/// result. What the guideline does not decide is advice of level unknown, never left out. Pure; thread-safe.
[[nodiscard]] std::vector<Advice> advise(const KnowledgeBase& knowledge, const Guideline& guideline,
                                         std::span<const GeneResult* const> results);

}  // namespace stardose::pharmaco
