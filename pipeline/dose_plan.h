// The doses that a run works out, made ready before its inputs are read.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pharmaco/dosing/dosing_options.h"
#include "pharmaco/dosing/estimate_dose.h"
#include "pipeline/known_patients.h"

namespace stardose::pipeline {

/// Returns the algorithm of this id, or the one preferred for this drug. Throws InputError (usage) for neither.
[[nodiscard]] const pharmaco::DosingAlgorithm& choose_algorithm(const pharmaco::DosingLibrary& library,
                                                                const std::string& id_or_drug);

/// What is asked of each sample. Refers to the library and the knowledge, which must outlive it; safe to use from many
/// threads.
class DosePlan {
 public:
  /// Throws InputError: an algorithm or a drug that is unknown, a model that cannot be used. Empty unless doses are
  /// asked for.
  DosePlan(const pharmaco::DosingOptions& options, const pharmaco::DosingLibrary& library,
           const pharmaco::KnowledgeBase& knowledge);

  [[nodiscard]] bool is_empty() const { return questions_.empty(); }
  /// Genes and variants that the doses rest on.
  [[nodiscard]] const std::vector<std::string>& genes() const { return genes_; }
  [[nodiscard]] const std::set<std::string>& variants() const { return variants_; }
  [[nodiscard]] std::size_t doses_a_sample() const { return questions_.size(); }

  /// Throws InputError (usage) for a dose that cannot do without a table of patients.
  void require_table() const;

  /// One report for each dose that was asked for. A sample without a row in the table gets those that need no
  /// covariate. What is returned points into the plan.
  [[nodiscard]] std::vector<pharmaco::DoseReport> doses_of(const KnownPatients& known,
                                                           const pharmaco::Patient& patient) const;

 private:
  const pharmaco::DosingLibrary& library_;
  const pharmaco::KnowledgeBase& knowledge_;
  std::vector<std::string> drugs_;  ///< by question; empty: the algorithm itself was named
  std::vector<pharmaco::DoseQuestion> questions_;
  std::vector<std::string> genes_;
  std::set<std::string> variants_;
};

}  // namespace stardose::pipeline
