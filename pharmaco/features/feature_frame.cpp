// Features, patient by patient.
#include "pharmaco/features/feature_frame.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "pharmaco/inputs/patient_values.h"

namespace stardose::pharmaco {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double code_of(const FeatureColumn& feature, const InputValues& values) {
  const InputValue& value = values.at(feature.category_of);
  if (!value.is_known()) return missing;
  const auto level = std::ranges::find(feature.kind.levels, value.category);
  STARDOSE_EXPECT(level != feature.kind.levels.end());
  return static_cast<double>(level - feature.kind.levels.begin());
}

double number_of(const FeatureColumn& feature, const InputValues& values) {
  if (!is_computable(feature.value, values)) return missing;
  const double value = evaluate(feature.value, values) * feature.scale;
  return std::isfinite(value) ? value : missing;
}

/// The first missing input of a formula, as it stands there.
std::string missing_input(const Expression& expression, const InputValues& values) {
  const auto known = values.find(expression.input);
  if (known != values.end() && !known->second.is_known()) return expression.input;
  for (const Expression& part : expression.parts) {
    if (std::string input = missing_input(part, values); !input.empty()) return input;
  }
  return {};
}

learning::Frame columns_of(const FeatureSet& set, std::size_t rows) {
  learning::Frame frame;
  for (const FeatureColumn& feature : set.features) {
    frame.columns.push_back({feature.kind, {}});
    frame.columns.back().values.reserve(rows);
  }
  return frame;
}

void add_row(const FeatureSet& set, const std::string& name, const InputValues& values, learning::Frame& frame) {
  frame.rows.push_back(name);
  for (std::size_t k = 0; k < set.features.size(); ++k) {
    const FeatureColumn& feature = set.features[k];
    frame.columns[k].values.push_back(feature.category_of.empty() ? number_of(feature, values)
                                                                  : code_of(feature, values));
  }
}

/// Then the note repeats it, which a warning does not.
bool says_a_genotype(const FeatureSet& set, const std::string& name, const Patient& patient) {
  const DoseInput* input = find_input(set.inputs, name);
  if (input == nullptr) return false;
  const auto gene = patient.genetics.genes.find(input->gene);
  const bool is_called = gene != patient.genetics.genes.end() && !gene->second.result.readings.empty();
  return is_called || patient.genetics.genotypes.contains(input->rsid);
}

/// Why the patient has no value of the feature; empty: it has one.
std::string why_missing(const FeatureSet& set, const FeatureColumn& feature, const Patient& patient,
                        const KnowledgeBase& knowledge) {
  const InputValues values = patient_values(set.inputs, patient, knowledge);
  const bool is_category = !feature.category_of.empty();
  const std::string input = is_category ? feature.category_of : missing_input(feature.value, values);
  const auto value = values.find(input);
  if (value == values.end() || value->second.is_known()) return {};
  const std::string of = input == feature.kind.name ? "" : input + ", ";
  if (says_a_genotype(set, input, patient)) return of + "what is known of it is nothing that the feature can use";
  return of + (value->second.note.empty() ? "not given" : value->second.note);
}

}  // namespace

std::vector<std::string> empty_features(const learning::Frame& frame, const FeatureSet& set, const Patient& patient,
                                        const KnowledgeBase& knowledge) {
  std::vector<std::string> sentences;
  for (std::size_t k = 0; k < frame.columns.size(); ++k) {
    const learning::Column& column = frame.columns[k];
    if (std::ranges::any_of(column.values, [](double value) { return !std::isnan(value); })) continue;
    const std::string why = why_missing(set, set.features[k], patient, knowledge);
    sentences.push_back(
        genomics::printable("nobody has a value of " + column.kind.name + (why.empty() ? "" : ": " + why)));
  }
  return sentences;
}

learning::Frame feature_row(const FeatureSet& set, const InputValues& values) {
  learning::Frame frame = columns_of(set, 1);
  add_row(set, "patient", values, frame);
  return frame;
}

learning::Frame feature_frame(const FeatureSet& set, std::span<const Patient> patients,
                              const KnowledgeBase& knowledge) {
  learning::Frame frame = columns_of(set, patients.size());
  for (const Patient& patient : patients) {
    add_row(set, patient.sample, patient_values(set.inputs, patient, knowledge), frame);
  }
  return frame;
}

}  // namespace stardose::pharmaco
