// JSON to methods.
#include <algorithm>
#include <array>
#include <span>

#include "learning/model/enum_names.h"
#include "learning/model/method_file.h"

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

LinearModel read_linear(const Field& field) {
  field.only({"intercepts", "weights"});
  return {field.at("weights").numbers(), field.at("intercepts").numbers()};
}

KernelModel read_kernel(const Field& field) {
  field.only({"kernel", "gamma", "coef0", "degree", "offsets", "coefficients", "vectors"});
  return {word<Kernel>(field.at("kernel"), kernel_names),
          field.at("gamma").number(),
          field.at("coef0").number(),
          static_cast<std::int32_t>(field.at("degree").integer({0, INT32_MAX})),
          field.at("vectors").numbers(),
          field.at("coefficients").numbers(),
          field.at("offsets").numbers()};
}

NaiveBayes read_bayes(const Field& field) {
  field.only({"law", "log_shares", "first", "second"});
  return {word<FeatureLaw>(field.at("law"), feature_law_names), field.at("log_shares").numbers(),
          field.at("first").numbers(), field.at("second").numbers()};
}

NearestNeighbours read_nearest(const Field& field) {
  field.only({"neighbours", "weight", "outputs", "vectors", "targets", "weights"});
  return {static_cast<std::size_t>(field.at("neighbours").integer({1, INT32_MAX})),
          word<NeighbourWeight>(field.at("weight"), neighbour_weight_names),
          static_cast<std::size_t>(field.at("outputs").integer({1, INT32_MAX})),
          field.at("vectors").numbers(),
          field.at("targets").numbers(),
          field.at("weights").numbers()};
}

NeuralNetwork read_network(const Field& field) {
  field.only({"activation", "layers"});
  NeuralNetwork network{.activation = word<Activation>(field.at("activation"), activation_names)};
  for (const Field& layer : field.at("layers").items()) {
    layer.only({"biases", "weights"});
    network.layers.push_back({layer.at("weights").numbers(), layer.at("biases").numbers()});
  }
  return network;
}

Blend read_blend(const Field& field) {
  field.only({"members"});
  Blend blend;
  for (const Field& member : field.at("members").items()) {
    member.only({"weight", "link", "features", "method", "parameters"});
    blend.members.push_back({read_method(member), read_link(member.at("link")), member.at("weight").number()});
    if (const auto features = member.find("features")) {
      for (const std::int64_t feature : features->integers({0, INT32_MAX})) {
        blend.members.back().features.push_back(static_cast<std::uint32_t>(feature));
      }
    }
  }
  return blend;
}

// In the order of Method's alternatives, and so of method_names.
using ReadMethod = Method (*)(const Field&);
constexpr std::array<ReadMethod, std::variant_size_v<Method>> readers = {
    [](const Field& field) -> Method { return read_trees(field); },
    [](const Field& field) -> Method { return read_linear(field); },
    [](const Field& field) -> Method { return read_kernel(field); },
    [](const Field& field) -> Method { return read_blend(field); },
    [](const Field& field) -> Method { return read_bayes(field); },
    [](const Field& field) -> Method { return read_nearest(field); },
    [](const Field& field) -> Method { return read_network(field); },
};
static_assert(method_names.size() == readers.size());

}  // namespace

Link read_link(const Field& field) {
  field.only({"function", "scale"});
  return {word<LinkFunction>(field.at("function"), link_names), field.at("scale").number()};
}

Method read_method(const Field& object) {
  const auto kind = word<std::size_t>(object.at("method"), method_names);
  return readers.at(kind)(object.at("parameters"));
}

}  // namespace stardose::learning
