// CYP2D6 called from a file of alignments, without writing files.
#include "read_calls.h"

#include <fmt/format.h>

#include <ctime>

#include "genomics/reads/alignment_file.h"
#include "pharmaco/knowledge/gene_place.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/structure/structure_caller.h"

namespace stardose::tests {
namespace {

const pharmaco::KnowledgeBase& knowledge() {
  static const pharmaco::KnowledgeBase embedded = pharmaco::open_knowledge("");
  return embedded;
}

pharmaco::StructureCaller caller_on(genomics::Assembly assembly) {
  return pharmaco::StructureCaller{*knowledge().find_gene("CYP2D6"), assembly};
}

}  // namespace

ReadCall call_cyp2d6(const std::string& path, const std::string& reference) {
  std::ignore = knowledge();
  const std::clock_t start = std::clock();
  genomics::AlignmentInputOptions options;
  options.reference = reference;
  const genomics::AlignmentFile file{path, options};
  pharmaco::StructureCaller caller = caller_on(file.assembly().value_or(genomics::Assembly::grch38));
  genomics::ReadPlan plan;
  caller.plan(plan);
  ReadCall called{caller.call(file.read(plan)), {}, 0, 0};
  called.cpu_seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (called.call.status == pharmaco::CallStatus::no_call) return called;
  for (const pharmaco::StructureReading& reading : called.call.readings) {
    called.diplotypes.push_back(reading.diplotype);
    if (called.call.status == pharmaco::CallStatus::called) break;
  }
  if (!called.call.readings.empty()) called.posterior = called.call.readings.front().posterior;
  return called;
}

std::string to_text(const ReadCall& called) {
  std::string text = called.diplotypes.empty() ? fmt::format("no call ({})", static_cast<int>(called.call.reason)) : "";
  for (const pharmaco::StructureReading& reading : called.call.readings) {
    text += fmt::format("{} {:.4f}; ", reading.diplotype, reading.posterior);
    if (text.size() > 300) break;
  }
  for (const pharmaco::CopyEvidence& copies : called.call.evidence) {
    text += fmt::format("{} {:.2f} ({:.0f}), ", copies.stretch, copies.measured, copies.expected);
  }
  return text;
}

}  // namespace stardose::tests
