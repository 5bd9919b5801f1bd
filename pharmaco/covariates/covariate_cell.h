// One column's heading and one cell of a table of patients.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pharmaco/covariates/covariate.h"

namespace stardose::pharmaco {

/// What a heading says: which covariate, and in which unit.
struct CovariateColumn {
  const Covariate* covariate = nullptr;
  const Unit* unit = nullptr;  ///< nullptr: not said
  std::string unknown_unit;    ///< stands where a unit should, and is none; empty: no such thing
};

/// Reads `weight_kg`, `Weight (kg)`, `weight [kg]`, `weight` or another name of the covariate. nullopt: no covariate's.
[[nodiscard]] std::optional<CovariateColumn> read_heading(const Covariates& covariates, std::string_view heading);

/// Returns whether a value needs to be told its unit: there is more than one for the quantity.
[[nodiscard]] bool needs_unit(const Covariates& covariates, const Covariate& covariate);

/// Returns whether values in the unit convert to the covariate's.
[[nodiscard]] bool fits(const Covariates& covariates, const Covariate& covariate, const Unit& unit);

/// A cell's meaning, or why it has none.
struct CovariateCell {
  bool is_known = false;  ///< false without a refusal: the cell says that nothing is known
  double number = 0;      ///< in the covariate's unit
  std::string category;
  std::string shown;  ///< as given, with its unit
  std::string refusal;
  std::string help;
};

/// Reads a cell. Not known: empty, `.`, `-`, `NA`, `N/A`, `NaN`, `null`, and `unknown` where it is no category.
/// Refused: no number, a decimal comma, a value that a spreadsheet has turned into a date, a value outside of what is
/// plausible, a word that is no category. `unit` nullptr: the covariate's own.
[[nodiscard]] CovariateCell read_cell(const Covariates& covariates, const Covariate& covariate, const Unit* unit,
                                      std::string_view text);

/// Returns whether the text says that nothing is known.
[[nodiscard]] bool is_not_known(std::string_view text);

/// Returns whether a spreadsheet has made a date of it: `3-Feb`, `Feb-03`, `2026-02-03`, `3/2/2026`.
[[nodiscard]] bool is_spreadsheet_date(std::string_view text);

}  // namespace stardose::pharmaco
