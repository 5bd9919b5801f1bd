// Flags that say what is known of patients, beside those of the option table.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "config/settings.h"
#include "pipeline/patients.h"

namespace stardose::pipeline {

struct PatientFlags {
  std::string calls;
  std::string polygenic;
};

/// flags must outlive the parsing.
inline void add_patient_flags(CLI::App& command, PatientFlags& flags) {
  command.add_option("--calls", flags.calls, "calls.tsv of an earlier run, in place of --input")->type_name("FILE");
  command.add_option("--polygenic", flags.polygenic, "scores.tsv of `stardose polygenic`")->type_name("FILE");
}

/// Returns these files and the table that the settings name.
[[nodiscard]] inline PatientFiles patient_files(const PatientFlags& flags, const config::Settings& settings) {
  return {settings.patients, flags.calls, flags.polygenic};
}

}  // namespace stardose::pipeline
