// Headings and cells of tables of patients.
#include "pharmaco/covariates/covariate_cell.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_month(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                              "jul", "aug", "sep", "oct", "nov", "dec"};
  return std::ranges::find(months, folded(text)) != months.end();
}

/// The covariate that a column of this folded name holds.
const Covariate* find_column(const Covariates& covariates, std::string_view name) {
  for (const Covariate& covariate : covariates.list) {
    if (std::ranges::find(covariate.columns, name) != covariate.columns.end()) return &covariate;
  }
  return nullptr;
}

// No refusal repeats a cell: it is a patient's, and its line and column tell which it is.
constexpr const char* of_spreadsheet =
    "a spreadsheet has made a date of it: format the column as text and enter it again";

CovariateCell refuse(std::string why, std::string help) { return {.refusal = std::move(why), .help = std::move(help)}; }

std::string range_of(const Covariate& covariate) {
  return number_text(covariate.least) + " to " + number_text(covariate.greatest) +
         (covariate.unit.dimension.is_plain() && covariate.unit.name != "%" ? "" : " " + covariate.unit.name);
}

/// Which other unit would make an ordinary value of it: ` m`, or empty.
std::string likely_unit(const Covariates& covariates, const Covariate& covariate, const Unit& unit, double number) {
  const Substance* substance = covariates.units.find_substance(covariate.substance);
  std::vector<Unit> others = covariates.units.units();
  others.insert(others.begin(), covariate.unit);  // the most usual one first
  for (const Unit& other : others) {
    if (other.name == unit.name || !converts(other, covariate.unit, substance)) continue;
    const double value = converted(number, other, covariate.unit, substance);
    if (value >= covariate.usual_least && value <= covariate.usual_greatest) return other.name;
  }
  return {};
}

CovariateCell read_number(const Covariates& covariates, const Covariate& covariate, const Unit& unit,
                          std::string_view text) {
  double number = 0;
  if (!read_decimal(text, number)) {
    const std::string why = covariate.name + " is no number";
    if (is_spreadsheet_date(text)) return refuse(why, of_spreadsheet);
    std::string with_point{text};
    std::ranges::replace(with_point, ',', '.');
    if (read_decimal(with_point, number)) {
      return refuse(why, "write decimals with a point, not a comma");
    }
    return refuse(why, "write NA for what is not known");
  }
  const Substance* substance = covariates.units.find_substance(covariate.substance);
  const double value = converted(number, unit, covariate.unit, substance);
  const std::string with_unit = number_text(number) + (needs_unit(covariates, covariate) ? " " + unit.name : "");
  if (value < covariate.least || value > covariate.greatest) {
    const std::string other = likely_unit(covariates, covariate, unit, number);
    return refuse(covariate.name + " is not plausible (" + range_of(covariate) + ")",
                  other.empty() ? "check the decimal point, and that the column's unit is " + unit.name
                                : "was it meant in " + other + "? then name the column's unit so");
  }
  return {.is_known = true, .number = value, .shown = with_unit};
}

CovariateCell read_category(const Covariate& covariate, std::string_view text) {
  const std::string written = folded(text);
  std::string names;
  for (const CovariateCategory& category : covariate.categories) {
    if (std::ranges::find(category.written, written) != category.written.end()) {
      return {.is_known = true, .category = category.name, .shown = category.name};
    }
    names += (names.empty() ? "" : ", ") + category.name;
  }
  if (is_not_known(text)) return {};
  if (is_spreadsheet_date(text)) return refuse(covariate.name + " is none of its words", of_spreadsheet);
  double code = 0;
  const bool is_code = read_decimal(text, code) && code < 0;
  return refuse(covariate.name + " is none of its words",
                "it is one of " + names + (is_code ? "; write NA for what is not known" : ""));
}

}  // namespace

std::optional<CovariateColumn> read_heading(const Covariates& covariates, std::string_view heading) {
  if (const Covariate* covariate = find_column(covariates, folded(heading))) return CovariateColumn{covariate, {}, {}};
  const std::size_t open = heading.find_first_of("([,");
  if (open != std::string_view::npos) {
    const Covariate* covariate = find_column(covariates, folded(heading.substr(0, open)));
    if (covariate == nullptr) return std::nullopt;
    std::string_view unit = heading.substr(open + 1);
    if (unit.ends_with(')') || unit.ends_with(']')) unit.remove_suffix(1);
    const Unit* known = covariates.units.find(trimmed(unit));
    return CovariateColumn{covariate, known, known == nullptr ? std::string{trimmed(unit)} : std::string{}};
  }
  const std::string words = folded(heading);
  std::optional<CovariateColumn> found;
  std::size_t longest = 0;
  for (const Covariate& covariate : covariates.list) {
    for (const std::string& column : covariate.columns) {
      if (column.size() < longest || words.size() <= column.size() || words[column.size()] != ' ') continue;
      if (!words.starts_with(column)) continue;
      const Unit* unit = covariates.units.find(std::string_view{words}.substr(column.size() + 1));
      if (unit == nullptr) continue;
      found = CovariateColumn{&covariate, unit, {}};
      longest = column.size();
    }
  }
  return found;
}

bool needs_unit(const Covariates& covariates, const Covariate& covariate) {
  if (covariate.kind == Covariate::Kind::dose) return true;
  if (covariate.kind == Covariate::Kind::category) return false;
  return std::ranges::count(covariates.units.units(), covariate.unit.quantity, &Unit::quantity) > 1;
}

bool fits(const Covariates& covariates, const Covariate& covariate, const Unit& unit) {
  if (covariate.kind == Covariate::Kind::dose) return unit.quantity.starts_with("dose");
  if (covariate.kind == Covariate::Kind::category) return false;
  return converts(unit, covariate.unit, covariates.units.find_substance(covariate.substance));
}

CovariateCell read_cell(const Covariates& covariates, const Covariate& covariate, const Unit* unit,
                        std::string_view text) {
  if (covariate.kind == Covariate::Kind::category) return read_category(covariate, text);
  if (is_not_known(text)) return {};
  if (covariate.kind == Covariate::Kind::number) {
    return read_number(covariates, covariate, unit == nullptr ? covariate.unit : *unit, text);
  }
  CovariateCell cell;
  if (!read_decimal(text, cell.number) || cell.number <= 0) {
    return refuse(covariate.name + " is no dose", "write a number above 0, or NA for what is not known");
  }
  cell.is_known = true;
  cell.shown = number_text(cell.number) + " " + unit->name;
  return cell;
}

bool is_not_known(std::string_view text) {
  static constexpr std::array<std::string_view, 8> words = {".",    "na",      "n/a",     "nan",
                                                            "null", "missing", "unknown", "not known"};
  const bool is_dash = trimmed(text).find_first_not_of('-') == std::string_view::npos;
  return is_dash || std::ranges::find(words, folded(text)) != words.end();
}

bool is_spreadsheet_date(std::string_view text) {
  const auto dashed = split(text, "-");
  if (dashed.size() >= 2 && dashed.size() <= 3) {
    if (is_digits(dashed[0], 1, 2) && is_month(dashed[1])) return true;
    if (is_month(dashed[0]) && is_digits(dashed[1], 1, 4)) return true;
  }
  if (dashed.size() == 3 && is_digits(dashed[0], 4, 4) && is_digits(dashed[1], 1, 2)) return true;
  const auto slashed = split(text, "/");
  return slashed.size() == 3 && is_digits(slashed[0], 1, 2) && is_digits(slashed[1], 1, 2) &&
         is_digits(slashed[2], 2, 4);
}

}  // namespace stardose::pharmaco
