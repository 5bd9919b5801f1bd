// A patient from the report of a run.
#pragma once

#include <string>

#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/inputs/patient.h"

namespace stardose::pharmaco {

/// Reads report/SAMPLE.json: genes as they were called, and what dosing algorithms were told of the patient (covariates
/// and genotypes as given, not what stood in for them). Throws InputError (input): it is no such report.
[[nodiscard]] Patient read_report_patient(const std::string& path, const DosingLibrary& dosing,
                                          const KnowledgeBase& knowledge);

}  // namespace stardose::pharmaco
