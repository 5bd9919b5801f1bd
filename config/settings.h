// The options of every module, gathered: what one run was asked to do.
#pragma once

#include <string>
#include <string_view>

#include "genomics/io/variant_input_options.h"
#include "genomics/reads/alignment_input_options.h"
#include "pharmaco/calling/calling_options.h"
#include "pharmaco/dosing/dosing_options.h"
#include "pharmaco/features/feature_options.h"
#include "pharmaco/inputs/patient_options.h"
#include "pharmaco/polygenic/polygenic_options.h"
#include "pharmaco/report/medication_file.h"
#include "pharmaco/twin/twin_options.h"
#include "pipeline/limits.h"
#include "pipeline/sinks/output_options.h"

namespace stardose::config {

/// What a setting is for: the main job (`run`, `explain`), polygenic scores, or records of patients.
enum class Subcommand { run, polygenic, twin };

[[nodiscard]] constexpr std::string_view to_string(Subcommand command) {
  return command == Subcommand::polygenic ? "polygenic" : command == Subcommand::twin ? "twin batch" : "run";
}

/// Defaults are those of a run with neither workflow file nor flag. Order of precedence: default < file < flag.
struct Settings {
  genomics::VariantInputOptions input;  ///< `files` may hold alignments
  genomics::AlignmentInputOptions alignments;
  std::string input_list;  ///< file with more inputs; empty: none
  pharmaco::CallingOptions calling;
  pharmaco::PatientOptions patients;
  pharmaco::DosingOptions dosing;
  pharmaco::FeatureOptions features;
  pharmaco::MedicationOptions medications;
  pharmaco::PolygenicOptions polygenic;
  pharmaco::TwinOptions twin;
  pipeline::OutputOptions output;
  pipeline::Limits limits;
  /// Folder with a catalogue to use instead of the embedded one; empty: the embedded one.
  std::string knowledge;
  /// File of public keys, one of which must have signed the folder's catalogue and models; empty: anybody or nobody
  /// may.
  std::string require_signatures;
  /// true: a gene without a call, or a dose that could not be worked out, is an error at the end (exit code 7).
  bool strict = false;
};

}  // namespace stardose::config
