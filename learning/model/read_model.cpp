// JSON to a model.
#include <algorithm>
#include <optional>

#include "learning/document/field.h"
#include "learning/model/method_file.h"
#include "learning/model/model_file.h"

namespace stardose::learning {

namespace {

constexpr const char* damaged = "the file is damaged, or of a later version of stardose";

std::optional<double> number_in(const Field& field, std::string_view name) {
  const auto found = field.find(name);
  return found ? std::optional{found->number()} : std::nullopt;
}

Feature read_feature(const Field& field) {
  field.only({"name", "unit", "lowest", "highest", "mean"});
  const auto unit = field.find("unit");
  return {field.at("name").text(), unit ? unit->text() : "", number_in(field, "lowest"), number_in(field, "highest"),
          number_in(field, "mean")};
}

}  // namespace

bool is_model_file(const Document& document) {
  const auto* root = std::get_if<Object>(&document.root.held);
  return root != nullptr && std::ranges::any_of(*root, [](const auto& member) {
           const auto* text = std::get_if<std::string>(&member.second.held);
           return member.first == "format" && text != nullptr && *text == "stardose model";
         });
}

Model read_model(const Document& document) {
  const Field root = Field::root(document);
  const std::int64_t schema = root.at("schema").integer({0, INT32_MAX});
  if (schema != model_schema) {
    root.at("schema").fail("is " + std::to_string(schema) + "; this program reads " + std::to_string(model_schema),
                           "use the version of stardose that wrote the model, or make the model again");
  }
  root.only({"format", "schema", "source", "features", "outputs", "link", "remarks", "method", "parameters"});
  Model model{.source = root.at("source").text()};
  for (const Field& feature : root.at("features").items()) model.features.push_back(read_feature(feature));
  model.outputs = root.at("outputs").texts();
  model.link = read_link(root.at("link"));
  model.remarks = root.at("remarks").texts();
  model.method = read_method(root);
  if (const auto fault = fault_of(model)) root.fail(*fault, damaged);
  return model;
}

}  // namespace stardose::learning
