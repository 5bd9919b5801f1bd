// A trained model in place of an algorithm's formula.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "learning/predict/predictor.h"
#include "pharmaco/dosing/dosing_algorithm.h"
#include "pharmaco/features/feature_set.h"
#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

/// What an algorithm's file says of its model.
struct DoseModelSource {
  std::string file;                        ///< the algorithm's, `dosing/warfarin-iwpc-trained.yaml`
  std::string path;                        ///< of the model in the catalogue
  LargeFile model;                         ///< read when it is asked for
  std::string sha256;                      ///< that the model's file must have, in hexadecimal
  FeatureSet features;                     ///< what the model is to know of a patient
  std::string unit;                        ///< of the dose
  std::string validation;                  ///< whose figures count, of the card's
  std::vector<std::string> card_sections;  ///< which of the card's are shown with each dose
};

/// A model that was read, and its card in the words of dosing.
struct ReadyDoseModel {
  learning::Predictor predictor;
  DosePerformance performance;                         ///< `by` is an input
  std::map<std::string, double, std::less<>> covered;  ///< percent of doses in their intervals, by group
  std::map<std::string, int, std::less<>> patients;    ///< that intervals were made from, by group; of everybody ""
  std::string scale;                                   ///< on which contributions add up, `square root of mg/week`
  std::vector<learning::CardSection> sections;         ///< DoseModelSource::card_sections
};

/// Fixed once built; safe to use on many threads.
class DoseModel {
 public:
  explicit DoseModel(DoseModelSource source) : source_{std::move(source)} {}

  [[nodiscard]] const DoseModelSource& source() const { return source_; }
  /// Returns the model, which is read the first time, since that takes longer than the rest of the catalogue. Throws
  /// InputError (catalogue): the file is not the one that the algorithm's file means, or its columns are not those
  /// that the features make.
  [[nodiscard]] const ReadyDoseModel& ready() const;

 private:
  DoseModelSource source_;
  mutable std::once_flag once_;
  mutable std::optional<ReadyDoseModel> ready_;
};

/// Returns what is wrong with the file's text, or with the model that it holds; nothing: it can be used.
[[nodiscard]] std::optional<std::string> fault_of_text(const DoseModelSource& source, const std::string& text);
[[nodiscard]] std::optional<std::string> fault_of_model(const DoseModelSource& source, const learning::Model& model);

/// Returns what the model says of a patient with these values.
[[nodiscard]] learning::Prediction predict(const DoseModel& model, const InputValues& values, bool with_contributions);

}  // namespace stardose::pharmaco
