// What a guideline says to one person about one drug.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/knowledge/advice_level.h"

namespace stardose::pharmaco {

/// The gene results that a piece of advice rests on.
struct AdviceBasis {
  std::string gene;
  std::string diplotype;  ///< empty: not called
  std::string phenotype;  ///< phenotype or activity score as the guideline keys it
};

/// One guideline's advice on one drug for this sample.
struct Advice {
  std::string drug;
  std::string source;      ///< `CPIC` or `DPWG`
  std::string guideline;   ///< our id, `cpic-clopidogrel-CYP2C19`
  std::string population;  ///< in words; empty: everyone
  AdviceLevel level = AdviceLevel::unknown;
  std::string action;        ///< key, `reduce_dose`
  std::string sentence;      ///< what to do, verb first
  std::string consequence;   ///< what happens otherwise, a sentence
  std::string dose_percent;  ///< percent of the usual dose, `50` or `25-50`; empty: not stated
  std::string dose_limit;    ///< absolute dose with unit; empty: not stated
  std::vector<std::string> alternatives;
  std::string strength;  ///< `strong`, `moderate`, `optional`; empty: not graded
  std::string version;   ///< date of the annotated guideline
  std::vector<std::string> pmids;
  std::vector<AdviceBasis> basis;
  std::string note;  ///< what is uncertain about the genes that it rests on, in sentences
};

}  // namespace stardose::pharmaco
