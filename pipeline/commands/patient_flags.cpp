// From flags to patients.
#include "pipeline/commands/patient_flags.h"

#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/features/feature_frame.h"

namespace stardose::pipeline {

void add_patient_flags(CLI::App& command, PatientFlags& flags, bool with_strict) {
  command.add_option("--calls", flags.calls, "calls.tsv of an earlier run, in place of --input")->type_name("FILE");
  flags.run.input_needed = false;
  // What a run writes besides, and what it is asked of each sample, is not theirs to say.
  std::vector<std::string> without = {
      "genes", "find-combinations", "all-matches", "dose",   "features", "medications", "medications-file", "write",
      "truth", "dosage-sites",      "shard",       "resume", "ro-crate", "timestamps"};
  if (!with_strict) without.emplace_back("strict");
  config::add_options_without(command, flags.run, without);
}

bool has_patients(const PatientFlags& flags, const config::Settings& settings) {
  return !settings.patients.covariates.empty() || !flags.calls.empty() || !settings.input.files.empty() ||
         !settings.input_list.empty();
}

std::optional<std::vector<pharmaco::Patient>> read_patients_of(const PatientFlags& flags,
                                                               const config::Settings& settings,
                                                               const pharmaco::KnowledgeBase& knowledge,
                                                               const pharmaco::PatientColumns& columns,
                                                               const AskedGenes& asked, const std::stop_token& stop) {
  return read_patients_of({knowledge,
                           columns,
                           settings.patients,
                           flags.calls,
                           {settings.input, settings.alignments, settings.input_list},
                           settings.calling,
                           settings.limits,
                           asked,
                           warn_of},
                          stop);
}

std::optional<FeaturePatients> read_features_of(const PatientFlags& flags, const config::Settings& settings,
                                                const std::string& set, const std::stop_token& stop) {
  const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge(settings.knowledge);
  const pharmaco::DosingLibrary library = pharmaco::open_dosing(settings.knowledge, knowledge);
  FeaturePatients result{pharmaco::read_feature_set(set, library.covariates, knowledge), {}, {}};
  pharmaco::PatientColumns columns{library.covariates, {}};
  add_letters(result.set.inputs, columns.letters);
  const std::vector<std::string> genes = genes_of(result.set);
  const std::set<std::string> variants = variants_of(result.set);
  const auto patients = read_patients_of(flags, settings, knowledge, columns, {genes, &variants}, stop);
  if (!patients) return std::nullopt;
  result.frame = feature_frame(result.set, *patients, knowledge);
  if (!patients->empty()) result.warnings = empty_features(result.frame, result.set, patients->front(), knowledge);
  return result;
}

}  // namespace stardose::pipeline
