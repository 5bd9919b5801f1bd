// What is known of a run's samples beside their genes: their rows in the table of patients, their polygenic scores.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "pharmaco/inputs/patient_options.h"
#include "pharmaco/inputs/patient_table.h"

namespace stardose::pipeline {

/// Immutable; safe to use from many threads.
class KnownPatients {
 public:
  /// Of nobody anything.
  KnownPatients() = default;
  /// Throws InputError: a file that cannot be read.
  KnownPatients(const pharmaco::PatientOptions& options, const pharmaco::PatientColumns& columns,
                const pharmaco::KnowledgeBase& knowledge);

  /// The table; empty: there is none.
  [[nodiscard]] const std::string& table() const { return table_.path; }
  [[nodiscard]] bool has_row(const std::string& sample) const { return row_of_.contains(sample); }

  /// Tells of columns that are not used, of doubtful values, of patients who are not among the samples, and of samples
  /// without a row or a score. Throws InputError (mismatch) where no sample has a row.
  void check(const std::vector<std::string>& samples, const std::function<void(const std::string&)>& warn) const;

  /// Returns the sample with these genes. What its row says of genes goes before them.
  [[nodiscard]] pharmaco::Patient of(const std::string& sample, pharmaco::PatientGenetics genetics) const;

 private:
  void check_rows(const std::vector<std::string>& samples, const std::function<void(const std::string&)>& warn) const;

  pharmaco::PatientTable table_;
  std::map<std::string, std::size_t, std::less<>> row_of_;
  std::string scores_path_;
  std::map<std::string, pharmaco::PolygenicScores> scores_;
};

}  // namespace stardose::pipeline
