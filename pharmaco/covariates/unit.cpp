// Tables of units, and arithmetic with them.
#include "pharmaco/covariates/unit.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "genomics/expect.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

constexpr Dimension mass_concentration{1, -3, 0, 0};
constexpr Dimension amount_concentration{0, -3, 0, 1};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string normal_spelling(std::string_view written) {
  std::string text{written};
  replace_all(text, "\xc2\xb5", "u");  // the micro sign
  replace_all(text, "\xce\xbc", "u");  // the Greek letter
  replace_all(text, "\xc2\xb2", "2");  // superscript two
  for (char& c : text) c = c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  replace_all(text, " per ", "/");
  std::erase(text, ' ');
  return text;
}

/// `kg m-3` or `.`
bool read_dimension(std::string_view text, Dimension& dimension) {
  for (const std::string_view part : split(text, " ")) {
    const std::size_t end = std::min(part.find_first_of("-0123456789"), part.size());
    std::int64_t exponent = 1;
    if (end < part.size() && !read_number(part.substr(end), exponent)) return false;
    const std::string_view base = part.substr(0, end);
    int* of_base = base == "kg"    ? &dimension.mass
                   : base == "m"   ? &dimension.length
                   : base == "day" ? &dimension.time
                   : base == "mol" ? &dimension.amount
                                   : nullptr;
    if (of_base == nullptr) return false;
    *of_base += static_cast<int>(exponent);
  }
  return true;
}

bool is_by_mass_and_amount(const Unit& a, const Unit& b) {
  return a.dimension == mass_concentration && b.dimension == amount_concentration;
}

}  // namespace

bool read_decimal(std::string_view text, double& number) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end && !text.empty() && std::isfinite(number);
}

const Unit* UnitTable::find(std::string_view written) const {
  const auto found = std::ranges::find(spellings_, normal_spelling(written), &Spelling::text);
  return found == spellings_.end() ? nullptr : &units_[found->unit];
}

const Substance* UnitTable::find_substance(std::string_view name) const {
  const auto found = std::ranges::find(substances_, name, &Substance::name);
  return found == substances_.end() ? nullptr : &*found;
}

UnitTable load_units(const CatalogueFiles& files, CatalogueFaults& faults) {
  static constexpr const char* units_file = "covariates/units.tsv";
  static constexpr const char* substances_file = "covariates/substances.tsv";
  static constexpr std::array<std::string_view, 5> unit_columns = {"unit", "quantity", "dimension", "factor",
                                                                   "spellings"};
  static constexpr std::array<std::string_view, 3> substance_columns = {"substance", "g_per_mol", "source"};
  UnitTable table;
  const auto units = files.texts.find(units_file);
  if (units == files.texts.end()) return table;
  for (const auto& row : read_tsv(units_file, units->second, unit_columns, faults).rows) {
    Unit unit{std::string{row.cells[0]}, std::string{row.cells[1]}, {}, 0};
    if (!read_dimension(row.cells[2], unit.dimension)) faults.add(units_file, row.line, "no dimension");
    if (!read_decimal(row.cells[3], unit.factor) || unit.factor <= 0) faults.add(units_file, row.line, "no factor");
    std::vector<std::string_view> spellings = split(row.cells[4], " | ");
    spellings.push_back(unit.name);
    for (const std::string_view spelling : spellings) {
      const std::string text = normal_spelling(spelling);
      if (std::ranges::find(table.spellings_, text, &UnitTable::Spelling::text) != table.spellings_.end()) {
        faults.add(units_file, row.line, "the spelling is there twice: " + std::string{spelling});
      }
      table.spellings_.push_back({text, table.units_.size()});
    }
    table.units_.push_back(std::move(unit));
  }
  const auto substances = files.texts.find(substances_file);
  if (substances == files.texts.end()) return table;
  for (const auto& row : read_tsv(substances_file, substances->second, substance_columns, faults).rows) {
    double grams = 0;
    if (!read_decimal(row.cells[1], grams) || grams <= 0) faults.add(substances_file, row.line, "no molar mass");
    table.substances_.push_back({std::string{row.cells[0]}, grams / 1000});
  }
  return table;
}

bool converts(const Unit& from, const Unit& to, const Substance* substance) {
  if (from.quantity == to.quantity) return true;
  return substance != nullptr && (is_by_mass_and_amount(from, to) || is_by_mass_and_amount(to, from));
}

double converted(double value, const Unit& from, const Unit& to, const Substance* substance) {
  STARDOSE_EXPECT(converts(from, to, substance));
  if (from.name == to.name) return value;
  double in_base = value * from.factor;
  if (is_by_mass_and_amount(from, to)) in_base /= substance->kg_per_mol;
  if (is_by_mass_and_amount(to, from)) in_base *= substance->kg_per_mol;
  return in_base / to.factor;
}

}  // namespace stardose::pharmaco
