// Genes of the catalogue with structures: none yet.
#include "pipeline/structure_panel.h"

#include <utility>

namespace stardose::pipeline {

StructurePanel::StructurePanel(const GenePanel& /*panel*/, const pharmaco::KnowledgeBase& /*knowledge*/,
                               genomics::Assembly /*assembly*/, genomics::ReadPlan genotypes)
    : plan_{std::move(genotypes)} {}

std::vector<pharmaco::StructureCall> StructurePanel::call(const genomics::ReadEvidence& /*evidence*/) const {
  return {};
}

}  // namespace stardose::pipeline
