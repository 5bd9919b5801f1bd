// JSON to a model.
#include <algorithm>
#include <optional>
#include <span>

#include "learning/document/field.h"
#include "learning/model/enum_names.h"
#include "learning/model/model_file.h"

namespace stardose::learning {

namespace {

constexpr const char* damaged = "the file is damaged, or of a later version of stardose";

template <class Enum>
Enum word(const Field& field, std::span<const std::string_view> names) {
  const std::string text = field.text();
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) field.fail("a word that is not known: " + text, damaged);
  return static_cast<Enum>(found - names.begin());
}

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

template <class Number>
std::vector<Number> sized(const Field& field, std::vector<Number> numbers, std::size_t size) {
  if (numbers.size() != size) {
    field.fail("has " + std::to_string(numbers.size()) + " numbers, not " + std::to_string(size), damaged);
  }
  return numbers;
}

Tree read_tree(const Field& field, Precision precision) {
  field.only({"output", "left", "right", "feature", "value", "cover", "missing", "missing_left", "categories",
              "category_sets"});
  const auto left = field.at("left").integers({-1, INT32_MAX});
  const std::size_t nodes = left.size();
  const auto whole = [&](const char* name, Bounds bounds) {
    return sized(field.at(name), field.at(name).integers(bounds), nodes);
  };
  const auto right = whole("right", {-1, INT32_MAX});
  const auto feature = whole("feature", {-1, INT32_MAX});
  const auto missing = whole("missing", {0, static_cast<std::int64_t>(missing_names.size()) - 1});
  const auto missing_left = whole("missing_left", {0, 1});
  const auto cover = sized(field.at("cover"), field.at("cover").numbers(), nodes);
  // Rounded as float where floats were written: their digits are those of a float.
  std::vector<double> values;
  if (precision == Precision::float32) {
    const std::vector<float> floats = field.at("value").floats();
    values.assign(floats.begin(), floats.end());
  } else {
    values = field.at("value").numbers();
  }
  values = sized(field.at("value"), std::move(values), nodes);
  std::vector<std::int64_t> categories(nodes, -1);
  Tree tree{static_cast<std::int32_t>(field.at("output").integer({0, INT32_MAX})), {}, {}};
  if (const auto sets = field.find("category_sets")) {
    categories = whole("categories", {-1, INT32_MAX});
    for (const Field& set : sets->items()) {
      const auto numbers = set.integers({0, largest_category - 1});
      tree.category_sets.emplace_back(numbers.begin(), numbers.end());
    }
  }
  for (std::size_t k = 0; k < nodes; ++k) {
    tree.nodes.push_back({values[k], cover[k], static_cast<std::int32_t>(left[k]), static_cast<std::int32_t>(right[k]),
                          static_cast<std::int32_t>(feature[k]), static_cast<std::int32_t>(categories[k]),
                          static_cast<MissingRule>(missing[k]), missing_left[k] == 1});
  }
  return tree;
}

TreeEnsemble read_trees(const Field& field) {
  field.only({"precision", "comparison", "missing_rules", "average", "base", "trees"});
  const std::vector<std::string> rules = field.at("missing_rules").texts();
  if (!std::ranges::equal(rules, missing_names)) field.fail("has rules of missing values that are not known", damaged);
  TreeEnsemble ensemble;
  ensemble.precision = word<Precision>(field.at("precision"), precision_names);
  ensemble.comparison = word<Comparison>(field.at("comparison"), comparison_names);
  ensemble.average = field.at("average").boolean();
  ensemble.base = field.at("base").numbers();
  for (const Field& tree : field.at("trees").items()) ensemble.trees.push_back(read_tree(tree, ensemble.precision));
  return ensemble;
}

Method read_method(const Field& field, std::string_view name) {
  if (name == method_names[0]) return read_trees(field);
  if (name == method_names[1]) {
    field.only({"intercepts", "weights"});
    return LinearModel{field.at("weights").numbers(), field.at("intercepts").numbers()};
  }
  field.only({"kernel", "gamma", "coef0", "degree", "offsets", "coefficients", "vectors"});
  return KernelModel{word<Kernel>(field.at("kernel"), kernel_names),
                     field.at("gamma").number(),
                     field.at("coef0").number(),
                     static_cast<std::int32_t>(field.at("degree").integer({0, INT32_MAX})),
                     field.at("vectors").numbers(),
                     field.at("coefficients").numbers(),
                     field.at("offsets").numbers()};
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
  const Field link = root.at("link");
  link.only({"function", "scale"});
  model.link = {word<LinkFunction>(link.at("function"), link_names), link.at("scale").number()};
  model.remarks = root.at("remarks").texts();
  const Field method = root.at("method");
  (void)word<std::size_t>(method, method_names);
  model.method = read_method(root.at("parameters"), method.text());
  if (const auto fault = fault_of(model)) root.fail(*fault, damaged);
  return model;
}

}  // namespace stardose::learning
