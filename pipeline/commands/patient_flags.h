// Flags that say what is known of patients: those of `features` and `score`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "pipeline/patients.h"

namespace stardose::pipeline {

struct PatientFlags {
  PatientFiles files;
  std::vector<std::string> units;
};

/// flags must outlive the parsing; their files.units are read by whoever runs the command.
inline void add_patient_flags(CLI::App& command, PatientFlags& flags) {
  command
      .add_option("--covariates", flags.files.covariates,
                  "TSV or CSV, a row a patient: sample, and what is asked for with its unit (weight_kg)")
      ->type_name("FILE");
  command.add_option("--unit", flags.units, "Unit of a column that does not say it, or `NAME=UNIT,...`")
      ->delimiter(',')
      ->type_name("NAME=UNIT");
  command.add_option("--calls", flags.files.calls, "calls.tsv of an earlier run, in place of --input")
      ->type_name("FILE");
  command.add_option("--polygenic", flags.files.polygenic, "scores.tsv of `stardose polygenic`")->type_name("FILE");
}

}  // namespace stardose::pipeline
