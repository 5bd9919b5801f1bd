// What reading the inputs of a run hangs on.
#pragma once

#include "pharmaco/calling/calling_options.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/gene_panel.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// Refers to what its maker holds.
struct ReadingJob {
  const pharmaco::KnowledgeBase& knowledge;  ///< as it was loaded, on GRCh38
  const GenePanel& panel;
  const pharmaco::CallingOptions& calling;
  const Limits& limits;
};

}  // namespace stardose::pipeline
