// What may be told of a patient besides genes: names, units, plausible ranges, categories.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/covariates/combined_covariate.h"
#include "pharmaco/covariates/unit.h"
#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

/// One value of a category, with what people write for it.
struct CovariateCategory {
  std::string name;
  std::vector<std::string> written;  ///< folded(); the name itself among them
};

struct Covariate {
  enum class Kind {
    number,    ///< in one unit
    category,  ///< one of `categories`
    dose,      ///< a dose in whichever unit of a dose the table names
  };
  std::string name;   ///< `height`, as algorithms ask for it
  std::string title;  ///< for people
  Kind kind = Kind::number;
  Unit unit;  ///< values are kept in it
  /// Both ends belong to it. Outside no living adult or child is found: such a value is a mistake of unit or decimals.
  double least = 0;
  double greatest = 0;
  /// What most adults have; only to guess which unit was meant by a value that is not plausible.
  double usual_least = 0;
  double usual_greatest = 0;
  std::string substance;  ///< of a concentration that may be given by mass or by amount; empty: none
  std::vector<CovariateCategory> categories;
  bool is_drug = false;              ///< yes or no: the patient takes it
  std::vector<std::string> columns;  ///< folded() names of columns that hold it, its own name first
};

/// Immutable once loaded; safe to share between threads.
struct Covariates {
  UnitTable units;
  std::vector<Covariate> list;
  std::vector<CombinedCovariate> together;

  [[nodiscard]] const Covariate* find(std::string_view name) const;
};

/// Reads covariates/covariates.yaml, what they make together, and the units; a catalogue may lack them. Faults: a name
/// or a column twice, a unit that is not in the table, a category that is written like another.
[[nodiscard]] Covariates load_covariates(const CatalogueFiles& files, CatalogueFaults& faults);

/// Returns a number as people write it: up to `digits` decimals, without zeros at its end.
[[nodiscard]] std::string number_text(double value, int digits = 4);

}  // namespace stardose::pharmaco
