// Guidelines and their recommendations, as the catalogue states them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pharmaco/knowledge/activity_score.h"
#include "pharmaco/knowledge/advice_level.h"

namespace stardose::pharmaco {

/// One thing that a recommendation may ask of a gene.
struct GeneKey {
  enum class Kind {
    phenotype,      ///< `text` is the phenotype or the presence status
    score,          ///< activity score from min to max, both included; no max: no upper end
    indeterminate,  ///< alleles without a known function
    no_result,      ///< the gene was not called or not tested
    diplotype,      ///< `text` is the diplotype, alleles in either order
  };
  Kind kind = Kind::phenotype;
  std::string text;
  ActivityScore min;
  std::optional<ActivityScore> max;
};

/// Any of the keys fulfils it.
struct GeneCondition {
  std::string gene;
  std::vector<GeneKey> keys;
};

struct Recommendation {
  std::string drug;
  std::string population;           ///< key of Phrases; empty: everyone
  std::vector<GeneCondition> when;  ///< all must hold; empty: whenever all the guideline's genes have a result
  std::string action;               ///< key of Phrases
  AdviceLevel level = AdviceLevel::unknown;
  std::string strength;                   ///< empty: not graded
  std::vector<std::string> consequences;  ///< keys of Phrases
  std::string dose_percent;               ///< percent of the usual dose to give, `50` or `25-50`; empty: not stated
  std::string dose_limit;                 ///< absolute, with unit; empty: not stated
  std::vector<std::string> alternatives;
  std::vector<std::string> monitor;  ///< keys of Phrases
  std::string note;

  [[nodiscard]] bool asks_diplotype() const;
};

struct Guideline {
  std::string id;      ///< `cpic-clopidogrel-CYP2C19`
  std::string source;  ///< `CPIC` or `DPWG`
  std::vector<std::string> drugs;
  std::vector<std::string> genes;
  std::string version;     ///< of the annotation
  std::string annotation;  ///< ClinPGx accession
  std::vector<std::string> pmids;
  std::string title;
  std::vector<Recommendation> recommendations;  ///< in the table's order
};

}  // namespace stardose::pharmaco
