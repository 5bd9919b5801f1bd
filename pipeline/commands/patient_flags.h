// Patients of the subcommands that ask for them: dose, features, score.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "config/command_line.h"
#include "learning/frame/frame.h"
#include "pharmaco/features/feature_set.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/patients.h"

namespace stardose::pipeline {

/// `calls` and the options of a run that say something of patients and of how their genes are called.
struct PatientFlags {
  std::string calls;
  config::RunFlags run;
};

/// Adds them. `with_strict`: a patient without a result may end the program with its own exit code. `flags` must
/// outlive the parsing.
void add_patient_flags(CLI::App& command, PatientFlags& flags, bool with_strict);

/// Whether anybody is named.
[[nodiscard]] bool has_patients(const PatientFlags& flags, const config::Settings& settings);

/// What read_patients_of returns for these flags; warnings go to stderr.
[[nodiscard]] std::optional<std::vector<pharmaco::Patient>> read_patients_of(
    const PatientFlags& flags, const config::Settings& settings, const pharmaco::KnowledgeBase& knowledge,
    const pharmaco::PatientColumns& columns, const AskedGenes& asked, const std::stop_token& stop);

/// Patients by a file of features.
struct FeaturePatients {
  pharmaco::FeatureSet set;
  learning::Frame frame;
  std::vector<std::string> warnings;  ///< features that nobody has a value of
};

/// Returns nullopt where it was stopped. Throws InputError.
[[nodiscard]] std::optional<FeaturePatients> read_features_of(const PatientFlags& flags,
                                                              const config::Settings& settings, const std::string& set,
                                                              const std::stop_token& stop);

}  // namespace stardose::pipeline
