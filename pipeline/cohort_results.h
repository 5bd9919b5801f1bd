// What a run has found out: each distinct outcome once, and who has it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pharmaco/phenotype/gene_result.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pipeline {

/// One way a gene turned out.
struct GeneOutcome {
  pharmaco::GeneResult result;
  pharmaco::GeneFinding finding;
  std::string row;  ///< its line of calls.tsv without the sample: starts with a tab, ends with a newline
  std::vector<std::string> match_rows;  ///< its lines of matches.tsv, likewise; empty unless asked for
  std::optional<int> copies = {};       ///< of the gene, as reads show them; nullopt: not counted, or several fit
};

/// What a user should know of one sample's gene, a sentence.
struct SampleWarning {
  std::uint32_t sample = 0;  ///< number in the run
  std::string text;
};

struct GeneOutcomes {
  std::vector<GeneOutcome> distinct;
  std::vector<std::uint32_t> of_sample;  ///< number in `distinct`
  std::vector<SampleWarning> warnings;   ///< samples ascending
};

/// One set of advice that a guideline gives.
struct GuidelineOutcome {
  std::vector<pharmaco::Advice> advice;
  std::vector<std::string> rows;  ///< lines of guidance.tsv without the sample, one for each piece of advice
};

struct GuidelineOutcomes {
  std::vector<GuidelineOutcome> distinct;
  std::vector<std::uint32_t> of_sample;
};

struct CohortResults {
  std::vector<std::string> samples;
  std::vector<GeneOutcomes> genes;            ///< in the order of the genes called
  std::vector<GuidelineOutcomes> guidelines;  ///< in the catalogue's order
};

}  // namespace stardose::pipeline
