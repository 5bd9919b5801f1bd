// Genes of the catalogue with structures.
#include "pipeline/structure_panel.h"

namespace stardose::pipeline {

StructurePanel::StructurePanel(const GenePanel& /*panel*/, genomics::Assembly /*assembly*/) {}

void StructurePanel::ask(genomics::ReadPlan& /*plan*/) const {}

std::vector<pharmaco::StructureCall> StructurePanel::call(const genomics::ReadEvidence& /*evidence*/,
                                                          const genomics::AlignmentFile& /*file*/) const {
  return {};
}

}  // namespace stardose::pipeline
