// What a dose is worked out from: one person's covariates and gene results.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pharmaco/inputs/expression.h"
#include "pharmaco/inputs/polygenic_score.h"
#include "pharmaco/phenotype/gene_result.h"

namespace stardose::pharmaco {

/// A gene's result, and how far it was looked at.
struct KnownGene {
  GeneResult result;
  std::set<std::string> tested;    ///< named alleles that were looked for; empty also where nobody says which
  std::string source;              ///< `variants`, `calls.tsv`, `covariates`
  std::optional<int> copies = {};  ///< of the gene; nullopt: not counted, or several counts fit
  /// rsids of its variants that were looked for and not read: the result says nothing of them.
  std::set<std::string, std::less<>> unread = {};
};

/// A variant's two alleles, in the catalogue's letters (forward strand of the assembly).
struct KnownGenotype {
  std::string first;
  std::string second;
  std::string source;
};

struct PatientGenetics {
  std::map<std::string, KnownGene, std::less<>> genes;          ///< by symbol; absent: nobody looked
  std::map<std::string, KnownGenotype, std::less<>> genotypes;  ///< by rsid
  PolygenicScores scores = {};
};

/// Values that are plausible one by one, and hardly together.
struct Doubt {
  std::vector<std::string> covariates;  ///< by name
  std::string text;                     ///< a sentence without its stop
};

struct Patient {
  std::string sample;
  InputValues covariates;  ///< by name, in the covariate's unit; absent: no such column
  PatientGenetics genetics;
  std::vector<Doubt> doubts = {};
};

}  // namespace stardose::pharmaco
