// What is asked of a patient, and what is known of one.
#include "config/options/option_parts.h"

namespace stardose::config {

namespace {

using pharmaco::DosingOptions;
using pharmaco::FeatureOptions;
using pharmaco::MedicationOptions;
using pharmaco::PatientOptions;

}  // namespace

std::vector<Option> patient_options() {
  return {
      {.name = "dose",
       .help = "Drugs (warfarin), or dosing algorithms by name, to work out doses of; their genes are called whatever "
               "genes says.",
       .value = "NAMES",
       .field = field<&Settings::dosing, &DosingOptions::dose>},
      {.name = "covariates",
       .help = "TSV or CSV, a row a patient: sample, and what is asked for with its unit (weight_kg).",
       .value = "FILE",
       .field = field<&Settings::patients, &PatientOptions::covariates>,
       .path = true},
      {.name = "unit",
       .help = "Units of columns of covariates that do not say theirs: weight=lb.",
       .value = "NAME=UNIT",
       .field = field<&Settings::patients, &PatientOptions::units>},
      {.name = "polygenic",
       .help = "scores.tsv of `stardose polygenic`, for features and models that ask for scores.",
       .value = "FILE",
       .field = field<&Settings::patients, &PatientOptions::polygenic>,
       .path = true},
      {.name = "features",
       .help =
           "YAML file of features to make of each sample a row for models (workflows/README.md, \"Features\"); their "
           "genes are called whatever genes says.",
       .value = "SET",
       .field = field<&Settings::features, &FeatureOptions::features>,
       .path = true},
      {.name = "medications",
       .help =
           "Medicines that the patient takes, by name, ATC code or RxNorm number: they come first in the report. Of "
           "a run with one sample.",
       .value = "NAMES",
       .field = field<&Settings::medications, &MedicationOptions::medications>},
      {.name = "medications-file",
       .help = "TSV with the columns sample and medication, a row a medicine, for any number of samples.",
       .value = "FILE",
       .field = field<&Settings::medications, &MedicationOptions::medications_file>,
       .path = true},
  };
}

}  // namespace stardose::config
