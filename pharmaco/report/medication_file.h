// What the user says of the medicines that patients take.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pharmaco/knowledge/drug.h"
#include "pharmaco/report/medication.h"

namespace stardose::pharmaco {

struct MedicationOptions {
  /// Names or codes, of the one sample of a run.
  std::vector<std::string> medications;
  /// Table with the columns sample and medication, a row a medicine; empty: none.
  std::string medications_file;
};

/// Reads the lists. A sample's row without a medicine says that it takes none; of a sample without a row nothing is
/// known, and `warn` hears how many there are. Throws InputError: (usage) both a list and a table, or a list where the
/// run has several samples; (input) the table cannot be read; (mismatch) it names a sample that the run does not have.
/// `is_part`: the samples are some of a run's; then a table may name others, and a list is refused.
[[nodiscard]] MedicationLists read_medications(const MedicationOptions& options,
                                               const std::vector<std::string>& samples, const std::vector<Drug>& drugs,
                                               const std::function<void(const std::string&)>& warn,
                                               bool is_part = false);

}  // namespace stardose::pharmaco
