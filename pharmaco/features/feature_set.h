// What a model is to know of each patient, as a file states it: features of the inputs that doses have, too.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "learning/frame/frame.h"
#include "pharmaco/covariates/covariate.h"
#include "pharmaco/inputs/expression.h"
#include "pharmaco/inputs/patient_input.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// One column of the frame. A category has the categories of its input as levels; a number is an expression.
struct FeatureColumn {
  learning::ColumnKind kind;
  Expression value;         ///< of a number; in kilograms, metres, days and moles
  double scale = 1;         ///< what that is multiplied with to be in the column's unit
  std::string category_of;  ///< of a category: the input
};

/// Immutable once read; safe to share between threads.
struct FeatureSet {
  std::string id;
  std::string title;
  std::vector<DoseInput> inputs;
  std::vector<FeatureColumn> features;
  /// Columns of a model that nobody has a value of, and why: that they are missing is not to be remarked.
  std::map<std::string, std::string, std::less<>> without;
};

/// Reads a file of features:
///
///     set: warfarin
///     title: clinical covariates and two genes
///     inputs: {age: {}, race: {}, cyp2c9: {diplotype: CYP2C9, alleles: ["*1", "*2", "*3"]}}
///     derived: {...}
///     features:
///       age: age in decades              # a number: an expression, or the name of an input or a derived quantity
///       race: {}                         # the input of this name, here a category
///       cyp2c9: {category: cyp2c9}
///       bmi: {value: {ratio: [weight, {square: height}]}, unit: kg/m2, input: body}
///     without: {clinic: no clinic of ours was in training}    # columns of the model that are missing in everybody
///
/// Inputs, derived quantities and expressions are those of dosing algorithms (pharmaco/dosing/README.md). `input` is
/// what contributions are summed by: without it the gene, where all that the feature asks for is of one, else its name.
/// Throws InputError (input) with all faults, each at its line.
[[nodiscard]] FeatureSet read_feature_set(const std::string& path, const Covariates& covariates,
                                          const KnowledgeBase& knowledge);

/// The same of a text at hand; faults are added, and what is at fault is left out.
[[nodiscard]] FeatureSet read_features(const std::string& file, const std::string& text, const Covariates& covariates,
                                       const KnowledgeBase& knowledge, CatalogueFaults& faults);

/// Returns the genes that are asked for, by symbol, each once.
[[nodiscard]] std::vector<std::string> genes_of(const FeatureSet& set);

/// Returns the variants that are asked for, by rsid.
[[nodiscard]] std::set<std::string> variants_of(const FeatureSet& set);

/// Returns the polygenic scores that are asked for.
[[nodiscard]] std::vector<std::string> scores_of(const FeatureSet& set);

}  // namespace stardose::pharmaco
