// A drug that a guideline is about, and how else it is named.
#pragma once

#include <string>
#include <vector>

namespace stardose::pharmaco {

struct Drug {
  std::string name;                      ///< as the guidelines spell it
  std::vector<std::string> rxnorm;       ///< numbers of the ingredient, RxCUI; empty: the source has none
  std::vector<std::string> atc;          ///< codes of the drug alone or with others; empty: the source has none
  std::vector<std::string> other_names;  ///< `suxamethonium`

  friend bool operator==(const Drug&, const Drug&) = default;
};

}  // namespace stardose::pharmaco
