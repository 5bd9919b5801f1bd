// What the patient takes, beside the drugs that the guidelines are about.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pharmaco/knowledge/drug.h"

namespace stardose::pharmaco {

/// One entry of a list of medicines.
struct Medication {
  std::string given;               ///< as it stands in the list
  std::vector<std::string> drugs;  ///< that a guideline is about, by name; empty: not covered
  std::string nearest;             ///< a drug that was perhaps meant, where none was found

  friend bool operator==(const Medication&, const Medication&) = default;
};

/// Finds the drugs of an entry by names and codes: each name that stands in it as whole words, whatever its case and
/// whatever else is said (`Clopidogrel 75 mg`), or else an ATC code or RxNorm number that is all of it
/// (`B01AC04`, `ATC:B01AC04`, `RxNorm:32968`).
[[nodiscard]] Medication find_medication(const std::string& given, const std::vector<Drug>& drugs);

/// Returns the word of an entry that says of a drug it names that it is not taken (`not`, `stopped`, `allergy`); empty:
/// none. Whoever writes such a list is told: what stands in it counts as taken.
[[nodiscard]] std::string_view word_of_denial(const Medication& medication);

/// The lists of a run's patients, by the sample's number.
class MedicationLists {
 public:
  using List = std::optional<std::vector<Medication>>;

  /// No list: nobody's medicines are known.
  MedicationLists() = default;
  explicit MedicationLists(std::vector<List> of_sample) : of_sample_{std::move(of_sample)} {}

  /// Returns a sample's list; null: there is none. An empty one is a list too.
  [[nodiscard]] const std::vector<Medication>* of(std::size_t sample) const;

 private:
  std::vector<List> of_sample_;
};

}  // namespace stardose::pharmaco
