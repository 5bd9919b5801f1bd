// Units of measurement: which there are, and how a value goes from one to another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

/// Exponents of kilogram, metre, day and mole. All 0: a plain number.
struct Dimension {
  int mass = 0;
  int length = 0;
  int time = 0;
  int amount = 0;

  [[nodiscard]] bool is_plain() const { return *this == Dimension{}; }
  /// Returns the dimension of a value to the power of `exponent`.
  [[nodiscard]] Dimension to(int exponent) const {
    return {mass * exponent, length * exponent, time * exponent, amount * exponent};
  }

  friend bool operator==(const Dimension&, const Dimension&) = default;
  friend Dimension operator+(const Dimension& a, const Dimension& b) {
    return {a.mass + b.mass, a.length + b.length, a.time + b.time, a.amount + b.amount};
  }
};

struct Unit {
  std::string name;      ///< as it is printed, `mg/week`
  std::string quantity;  ///< what it measures, `dose rate`; values convert within a quantity
  Dimension dimension;
  double factor = 1;  ///< its size in kilograms, metres, days and moles
};

/// A substance whose concentration is given by mass or by amount.
struct Substance {
  std::string name;
  double kg_per_mol = 0;
};

/// The catalogue's units (covariates/units.tsv, substances.tsv). Names are compared without case and blanks; `per`
/// counts as `/`, and the Greek mu as `u`.
class UnitTable {
 public:
  [[nodiscard]] const Unit* find(std::string_view written) const;
  [[nodiscard]] const Substance* find_substance(std::string_view name) const;
  [[nodiscard]] const std::vector<Unit>& units() const { return units_; }

 private:
  friend UnitTable load_units(const CatalogueFiles& files, CatalogueFaults& faults);

  struct Spelling {
    std::string text;
    std::size_t unit = 0;
  };
  std::vector<Unit> units_;
  std::vector<Spelling> spellings_;
  std::vector<Substance> substances_;
};

/// Reads both tables; a catalogue without them has no units. Faults: a name twice, a dimension that cannot be read.
[[nodiscard]] UnitTable load_units(const CatalogueFiles& files, CatalogueFaults& faults);

/// Returns whether values convert: one dimension, or a concentration by mass and by amount of a known substance.
[[nodiscard]] bool converts(const Unit& from, const Unit& to, const Substance* substance);

/// Returns the value in the other unit; in the same unit it is the same to the last bit.
/// Requires: converts(from, to, substance).
[[nodiscard]] double converted(double value, const Unit& from, const Unit& to, const Substance* substance);

/// Reads a decimal number with a point, `-1.5e3`; returns false for anything else, such as `1,5`, `nan` or ``.
[[nodiscard]] bool read_decimal(std::string_view text, double& number);

}  // namespace stardose::pharmaco
