// What an algorithm or a set of features asks of a patient, as its file states it.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/inputs/expression.h"
#include "pharmaco/inputs/polygenic_score.h"

namespace stardose::pharmaco {

/// What stands in for an input from another one, by a published rule.
struct Imputation {
  std::string from;                                 ///< an input
  Condition unless;                                 ///< where it holds the rule is not for this patient
  bool always = true;                               ///< there is no `unless`
  std::map<std::string, std::string> category_for;  ///< category of `from` -> category of the input
};

/// One thing that is asked of a patient.
struct DoseInput {
  enum class Kind {
    covariate,
    diplotype,       ///< category: a pair of the alleles that the algorithm knows, `*1/*2`
    allele_count,    ///< number: copies of `counted`, or of alleles with one of `functions`
    phenotype,       ///< category: a group of the gene's phenotypes
    activity_score,  ///< number
    copies,          ///< number: copies of the gene, where they were counted
    genotype,        ///< category: two letters as the publication writes them, `A/G`
    carries,         ///< category `yes` or `no`: one of `counted` is there
    tested,          ///< category `yes` or `no`: every one of `counted` and `variants` was looked for
    dosage,          ///< number: copies of the letter `counted` that a variant has, in the catalogue's letters
    polygenic,       ///< number: a polygenic score
  };
  enum class IfMissing { refuse, unknown, take };
  std::string name;
  Kind kind = Kind::covariate;
  std::string title;                            ///< for people
  std::string gene;                             ///< symbol; of a covariate empty
  std::string rsid;                             ///< genotype, dosage
  std::vector<std::string> alleles;             ///< those that the algorithm has terms for; empty: all
  std::vector<std::string> counted;             ///< allele_count, carries, tested, dosage
  std::string score;                            ///< polygenic: its name, such as `PGS000018`
  PolygenicScore::Scale scale = {};             ///< polygenic
  std::vector<std::string> functions;           ///< allele_count: by function instead
  std::vector<std::string> variants;            ///< tested: rsids besides
  std::map<std::string, std::string> letters;   ///< genotype: letter of the catalogue -> letter of the publication
  std::map<std::string, std::string> group_of;  ///< phenotype -> category
  std::vector<std::string> categories;          ///< empty: a number
  Unit unit;                                    ///< of a number
  bool is_drug = false;                         ///< a flag: the patient takes this drug too
  IfMissing if_missing = IfMissing::refuse;
  std::string taken;                    ///< take: the category
  std::string taken_why;                ///< take: who says so
  std::string reference;                ///< what contributions are measured against; empty: none
  std::vector<Imputation> imputations;  ///< the first that applies counts
};

/// Returns the input of this name; nullptr: none.
[[nodiscard]] inline const DoseInput* find_input(const std::vector<DoseInput>& inputs, std::string_view name) {
  const auto found = std::ranges::find(inputs, name, &DoseInput::name);
  return found == inputs.end() ? nullptr : &*found;
}

}  // namespace stardose::pharmaco
