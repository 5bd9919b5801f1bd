// Records for tests of the program, as a user makes them.
#pragma once

#include <string>
#include <vector>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

inline ProgramResult twin(std::vector<std::string> args) {
  args.insert(args.begin(), "twin");
  return run_program(args);
}

inline const std::string twin_table =
    "sample\tage_years\theight_cm\tweight_kg\trace\ttarget_inr\tamiodarone\tCYP2C9\trs9923231\n"
    "P1\t52\t164\t61\tWhite\t2.5\tno\t*1/*2\tC/T\n";

/// The record of a patient on warfarin.
inline std::string started_record(const TempFolder& files, const std::string& id = "one") {
  const std::string table = files.write("p.tsv", twin_table);
  const ProgramResult run =
      twin({"start", "warfarin", "--covariates", table, "--output", files / "records", "--id", id});
  if (run.exit_code != 0) throw std::runtime_error{run.err};
  return files / ("records/" + id + ".twin.json");
}

/// The same with a course and six INRs.
inline std::string treated_record(const TempFolder& files, const std::string& id = "one") {
  const std::string record = started_record(files, id);
  const ProgramResult run = twin({"add", record, "--events", STARDOSE_SOURCE_DIR "/data-samples/treatment.tsv"});
  if (run.exit_code != 0) throw std::runtime_error{run.err};
  return record;
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace stardose::tests
