// A model by its file's name, and the features that it asks for.
#include "pharmaco/dosing/model_reader.h"

#include <algorithm>

#include "pharmaco/dosing/dose_model.h"

namespace stardose::pharmaco {

namespace {

/// Where names of files in an algorithm's file start.
std::string beside(const std::string& file, const std::string& name) {
  return file.substr(0, file.rfind('/') + 1) + name;
}

/// A feature that cannot be worked out is missing, and the model goes on; but for the inputs that are required.
void add_inputs(const FeatureSet& set, const YamlFields& fields, ExpressionReader& expressions,
                DosingAlgorithm& algorithm) {
  for (const DoseInput& input : set.inputs) {
    if (algorithm.find_input(input.name) != nullptr) fields.fault("inputs", "the features have it, too: " + input.name);
    if (!input.gene.empty() && input.reference.empty()) {
      fields.fault("features", input.name + ": `reference` is missing: what its contribution is measured against");
    }
    expressions.note_use(input.name);
  }
  std::vector<DoseInput> inputs = set.inputs;
  const std::vector<std::string> required = fields.list("required");
  for (DoseInput& input : inputs) {
    const bool is_required = std::ranges::find(required, input.name) != required.end();
    if (!is_required && input.if_missing == DoseInput::IfMissing::refuse) {
      input.if_missing = DoseInput::IfMissing::unknown;
    }
  }
  for (const std::string& name : required) {
    if (find_input(inputs, name) == nullptr) fields.fault("required", "no input of the features: " + name);
  }
  algorithm.inputs.insert(algorithm.inputs.begin(), inputs.begin(), inputs.end());
}

bool is_sha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

void read_dose_model(const YamlFields& fields, const InputContext& context, const CatalogueFiles& files,
                     ExpressionReader& expressions, DosingAlgorithm& algorithm) {
  if (fields.has("dose") || !algorithm.guidelines.empty()) fields.fault("model", "the dose is said by something else");
  DoseModelSource source{.file = context.file,
                         .path = beside(context.file, fields.text("model")),
                         .model = {},
                         .sha256 = fields.text("sha256"),
                         .features = {},
                         .unit = algorithm.unit.name,
                         .validation = fields.text("validation"),
                         .card_sections = fields.list("card")};
  const auto model = files.models.find(source.path);
  if (model == files.models.end()) {
    fields.fault("model", "no such file in the catalogue: " + source.path);
  } else {
    source.model = model->second;
  }
  if (!is_sha256(source.sha256)) fields.fault("sha256", "expected the SHA-256 of the model's file, in hexadecimal");
  const std::string path = beside(context.file, fields.text("features"));
  const auto features = files.texts.find(path);
  if (features == files.texts.end()) {
    fields.fault("features", "no such file in the catalogue: " + path);
  } else {
    source.features = read_features(path, features->second, context.covariates, context.knowledge, context.faults);
  }
  add_inputs(source.features, fields, expressions, algorithm);
  algorithm.model = std::make_shared<const DoseModel>(std::move(source));
}

}  // namespace stardose::pharmaco
