// What several covariates make together, and what is usual of it.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/covariates/unit.h"
#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

struct Covariate;

/// A product of powers of covariates, such as weight over height squared.
struct CombinedCovariate {
  struct Power {
    std::string covariate;
    int exponent = 1;
  };
  /// It says nothing of a person who is known to be outside, in the covariate's unit. Both ends belong to it.
  struct Scope {
    std::string covariate;
    double least = 0;
    double greatest = 0;
  };
  std::string name;  ///< `body mass index`
  Unit unit;
  std::vector<Power> powers;
  double least = 0;  ///< of what is usual; both ends belong to it
  double greatest = 0;
  std::vector<Scope> scopes;  ///< all of them
  std::string source;
};

/// Reads covariates/together.yaml; a catalogue may lack it. Faults: a covariate that there is not, or that is no
/// number; powers that do not make the unit.
[[nodiscard]] std::vector<CombinedCovariate> load_combined(const CatalogueFiles& files, const UnitTable& units,
                                                           const std::vector<Covariate>& covariates,
                                                           CatalogueFaults& faults);

}  // namespace stardose::pharmaco
