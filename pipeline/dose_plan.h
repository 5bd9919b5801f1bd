// The doses that a run works out, made ready before its inputs are read.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pharmaco/dosing/dosing_options.h"
#include "pharmaco/dosing/estimate_dose.h"
#include "pharmaco/inputs/patient_options.h"
#include "pharmaco/inputs/patient_table.h"

namespace stardose::pipeline {

/// Returns the algorithm of this id, or the one preferred for this drug. Throws InputError (usage) for neither.
[[nodiscard]] const pharmaco::DosingAlgorithm& choose_algorithm(const pharmaco::DosingLibrary& library,
                                                                const std::string& id_or_drug);

/// What is asked of each sample, and what is known of it besides its genes. Safe to use from many threads.
class DosePlan {
 public:
  /// Throws InputError: an algorithm or a drug that is unknown, a model that cannot be used, a table that cannot be read, none where an algorithm
  /// cannot do without. Empty unless doses are asked for. `knowledge` as the catalogue has it, on no assembly: a copy
  /// is kept.
  DosePlan(const pharmaco::DosingOptions& options, const pharmaco::PatientOptions& patients,
           const std::string& catalogue, const pharmaco::KnowledgeBase& knowledge);
  DosePlan(const DosePlan&) = delete;
  DosePlan& operator=(const DosePlan&) = delete;
  DosePlan(DosePlan&&) = delete;
  DosePlan& operator=(DosePlan&&) = delete;
  ~DosePlan() = default;

  [[nodiscard]] bool is_empty() const { return questions_.empty(); }
  /// Genes and variants that the doses rest on.
  [[nodiscard]] const std::vector<std::string>& genes() const { return genes_; }
  [[nodiscard]] const std::set<std::string>& variants() const { return variants_; }
  /// The table of patients; empty: there is none.
  [[nodiscard]] const std::string& table() const { return table_.path; }
  [[nodiscard]] std::size_t doses_a_sample() const { return questions_.size(); }

  /// Tells of columns that are not used, of patients who are not among the samples, and of samples without a row.
  /// Throws InputError (mismatch) where no sample has a row.
  void check(const std::vector<std::string>& samples, const std::function<void(const std::string&)>& warn) const;

  /// One report for each dose that was asked for. A sample without a row gets those that need no covariate. What is
  /// returned points into the plan.
  [[nodiscard]] std::vector<pharmaco::DoseReport> doses_of(const std::string& sample,
                                                           const pharmaco::PatientGenetics& genetics) const;

 private:
  [[nodiscard]] pharmaco::DoseReport without_covariates(const pharmaco::DoseQuestion& question,
                                                        const std::string& sample) const;

  pharmaco::KnowledgeBase knowledge_;
  pharmaco::DosingLibrary library_;
  std::vector<std::string> drugs_;  ///< by question; empty: the algorithm itself was named
  std::vector<pharmaco::DoseQuestion> questions_;
  std::vector<std::string> genes_;
  std::set<std::string> variants_;
  pharmaco::PatientTable table_;
  std::map<std::string, std::size_t, std::less<>> row_of_;
};

}  // namespace stardose::pipeline
