// What a run's inputs and outside calls say of the genes that a dose asks for.
#pragma once

#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "pharmaco/calling/calling_options.h"
#include "pharmaco/inputs/patient.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pipeline/cohort_results.h"
#include "pipeline/gene_panel.h"
#include "pipeline/input_files.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// Genes by symbol, variants by rsid; refers to them.
struct AskedGenes {
  const std::vector<std::string>& genes;
  const std::set<std::string>* variants = nullptr;  ///< nullptr: every one that has an rsid
};

/// A view of a cohort that has been read and called: nothing is read twice. A named allele counts as tested where every
/// position of its definition has a genotype in the inputs: what is only assumed to be reference was not tested.
/// Holds its arguments, which must outlive it; safe to use from many threads.
class PatientGenes {
 public:
  /// `outcomes`: of the panel's genes, in their order.
  PatientGenes(const GenePanel& panel, const genomics::Cohort& cohort, const pharmaco::OutsideCalls& outside,
               const std::vector<GeneOutcomes>& outcomes, const AskedGenes& asked);

  [[nodiscard]] pharmaco::PatientGenetics of(std::size_t sample) const;

 private:
  struct AskedGene {
    std::size_t number = 0;          ///< in the panel
    std::set<std::size_t> outside;   ///< samples whose result was brought in
    std::vector<std::size_t> sites;  ///< its variants asked for; numbers in the panel
  };

  [[nodiscard]] std::set<std::string> tested_alleles(const PanelGene& entry, std::size_t sample) const;

  const GenePanel& panel_;
  const genomics::Cohort& cohort_;
  const std::vector<GeneOutcomes>& outcomes_;
  std::vector<AskedGene> genes_;
  std::vector<std::size_t> sites_;  ///< in the panel, of the variants asked for
};

/// Refers to the caller's settings, which must outlive the call.
struct PatientGenesJob {
  const pharmaco::KnowledgeBase& knowledge;
  InputOptions input;
  const pharmaco::CallingOptions& calling;
  const Limits& limits;
  AskedGenes asked;
  std::function<void(const std::string&)> warn;  ///< hears of what a user should know; a sentence each
};

struct CohortGenes {
  std::vector<std::string> samples;                  ///< of the inputs, in their order
  std::vector<pharmaco::PatientGenetics> of_sample;  ///< likewise
  bool stopped = false;
};

/// Reads the sites of these genes once and calls them as `stardose run` does. Throws InputError.
[[nodiscard]] CohortGenes read_patient_genes(const PatientGenesJob& job, const std::stop_token& stop);

}  // namespace stardose::pipeline
