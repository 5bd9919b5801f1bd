// Reading what scores need, and the last word on variants.
#include "pharmaco/polygenic/scoring.h"

#include <map>

#include "genomics/input_error.h"
#include "pharmaco/polygenic/score_results.h"
#include "pharmaco/polygenic/scoring_file_reader.h"

namespace stardose::pharmaco {

namespace {

using genomics::Fault;
using genomics::InputError;

void check_names(const std::vector<ScoringFile>& files) {
  std::map<std::string, std::string> path_of;
  for (const ScoringFile& file : files) {
    for (const std::string& score : file.scores) {
      const auto [known, is_new] = path_of.emplace(score, file.path);
      if (is_new) continue;
      throw InputError{Fault::usage,
                       {file.path, "", "a score of this name is there twice: " + score + ", also in " + known->second,
                        "score them in runs of their own, or change pgs_id in one of the files"}};
    }
  }
}

void check_assemblies(const std::vector<ScoringFile>& files) {
  const ScoringFile* known = nullptr;
  for (const ScoringFile& file : files) {
    if (!file.assembly) continue;
    if (known == nullptr) known = &file;
    if (known->assembly == file.assembly) continue;
    throw InputError{Fault::mismatch,
                     {file.path, "header",
                      "its positions are on " + std::string{to_string(*file.assembly)} + ", and those of " +
                          known->path + " on " + std::string{to_string(*known->assembly)},
                      "say with --assembly what the input is on, and give scores of that assembly"}};
  }
}

std::vector<ScoringFile> read_files(const PolygenicOptions& options, std::optional<genomics::Assembly> assembly,
                                    std::vector<std::string>& warnings) {
  if (options.scores.empty()) {
    throw InputError{Fault::usage,
                     {"", "", "no score", "give a scoring file with `--score FILE`, or as `score: FILE`"}};
  }
  std::vector<ScoringFile> files;
  for (const std::string& path : options.scores) files.push_back(read_scoring_file(path, assembly));
  check_names(files);
  if (!assembly) check_assemblies(files);
  for (const ScoringFile& file : files) warnings.insert(warnings.end(), file.warnings.begin(), file.warnings.end());
  if (!options.frequencies.empty() && read_frequencies(options.frequencies, files) == 0) {
    warnings.push_back(options.frequencies + ": none of its variants is in a scoring file");
  }
  return files;
}

}  // namespace

Scoring::Scoring(const PolygenicOptions& options, std::optional<genomics::Assembly> assembly, std::size_t samples)
    : rules_{score_rules(options)},
      files_{read_files(options, assembly, warnings_)},
      units_{files_},
      references_{options.reference_scores.empty() ? ReferenceScores{}
                                                   : read_reference_scores(options.reference_scores)},
      plan_{files_, units_, rules_, samples},
      matcher_{files_, rules_},
      sums_{plan_} {}

void Scoring::finish() {
  apply_late_fates(files_, sums_.late_fates());
  if (matcher_.repeated_rows() > 0) {
    warnings_.push_back(std::to_string(matcher_.repeated_rows()) +
                        " row(s) of the input repeat a variant of a score; the first of each was scored");
  }
  if (sums_.without_reference() > 0) {
    warnings_.push_back(
        std::to_string(sums_.without_reference()) +
        " variant(s) with missing genotypes have no reference frequency, so those got the cohort's mean");
  }
}

}  // namespace stardose::pharmaco
