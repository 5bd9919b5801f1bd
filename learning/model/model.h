// A model: what it takes, how it works a result out, and what the result is. A value, however it came about.
//
// A model is data only. It is trained here, or read by learning/import, or read back from a model file
// (model_file.h); each of these hands over a Model for which fault_of() finds nothing. What can be done with one is a
// function of it: Scorer predicts, learning/explain says why. So a new method of learning is a struct with fault_of(),
// an alternative of Method, and what the compiler then asks for in MethodScorer and method_file; and what is to
// be stored with a model (pre-processing, intervals, a card) is a member here that those who do not know it never see.
//
// A row goes: columns of people -> prepared -> features -> margins (sums on the model's own scale, where contributions
// add up) -> link -> predictions. Predictor goes all of the way, Scorer from features on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "learning/intervals/intervals.h"
#include "learning/model/card.h"
#include "learning/model/column.h"
#include "learning/model/feature.h"
#include "learning/model/link.h"
#include "learning/model/method.h"
#include "learning/model/signature.h"
#include "learning/model/target.h"
#include "learning/prepare/prepared.h"

namespace stardose::learning {

struct Model {
  std::string source;                ///< where it comes from: `XGBoost 1.7.4`
  std::vector<Feature> features;     ///< names are distinct
  std::vector<std::string> outputs;  ///< names of the predictions; of the classes where the link names a class
  Link link;
  Method method;
  std::vector<std::string> remarks;  ///< what a user of the model must know, in sentences

  // Of models that were trained here; imported ones take their features as numbers and know none of this.
  std::vector<ModelColumn> columns = {};  ///< as people come
  std::vector<Prepared> prepared = {};    ///< each makes a run of the features, one after the other, of some columns
  Target target = {};
  std::optional<Intervals> intervals = {};  ///< about the one margin
  std::optional<Card> card = {};
  std::string training_data = {};  ///< SHA-256 of the table, in hexadecimal; of several, each's
  std::optional<Signature> signature = {};

  bool operator==(const Model&) const = default;
};

/// Returns how many margins a row has.
[[nodiscard]] std::size_t margin_count(const Model& model);

/// Returns the precision that the method computes in.
[[nodiscard]] Precision precision_of(const Model& model);

/// Returns what is wrong with the model, and where; nothing for one that can be used. Beside the method's own faults:
/// a feature without a name or with another's, names of outputs that do not fit the margins, a range upside down, steps
/// that do not make the features, intervals about several margins or by a column that is no category.
[[nodiscard]] std::optional<std::string> fault_of(const Model& model);

}  // namespace stardose::learning
