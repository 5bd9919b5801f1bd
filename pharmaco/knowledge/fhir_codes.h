// How an electronic health record names genes, phenotypes and advice.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

struct Code {
  std::string system;  ///< address of the code system
  std::string code;    ///< empty: the system alone is meant
  std::string display;

  friend bool operator==(const Code&, const Code&) = default;
};

/// The tables of fhir/. What has no code there is said in words.
struct FhirCodes {
  using Table = std::map<std::string, Code, std::less<>>;
  Table codes;            ///< by what they stand for, `genotype`
  Table phenotypes;       ///< by the phenotype in CPIC's words
  Table actions;          ///< by the action of an advice, `reduce_dose`
  Table genes;            ///< HGNC's, by symbol
  Table phenotype_tests;  ///< LOINC's name of the gene's phenotype, by symbol
  std::map<std::string, std::string, std::less<>>
      nomenclatures;  ///< key of `codes` for a gene's star alleles, by symbol

  [[nodiscard]] bool empty() const { return codes.empty(); }
  /// Returns the code of that key. Requires: it is one of needed_codes().
  [[nodiscard]] const Code& of(std::string_view key) const;
};

/// Keys that codes.tsv must have.
[[nodiscard]] const std::set<std::string_view>& needed_codes();

/// Returns whether LOINC's last digit is right, by the Luhn algorithm (`79716-7`); a letter of what stands before it
/// counts as its place in ASCII behind the digit 0 (`LA9657-3`).
[[nodiscard]] bool has_check_digit(std::string_view loinc);

/// A catalogue without the folder has no codes. Faults: a key twice or missing, a LOINC code with a wrong last digit, a
/// number that is not HGNC's.
[[nodiscard]] FhirCodes load_fhir_codes(const CatalogueFiles& files, CatalogueFaults& faults);

}  // namespace stardose::pharmaco
