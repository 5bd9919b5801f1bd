// Methods to JSON.
#include "learning/model/enum_names.h"
#include "learning/model/method_file.h"

namespace stardose::learning {

namespace {

template <class Of>
void write_nodes(JsonText& json, std::string_view name, const Tree& tree, const Of& of) {
  json.new_line().name(name).open('[');
  for (const TreeNode& node : tree.nodes) json.number(of(node));
  json.close(']');
}

void write_tree(JsonText& json, const Tree& tree, Precision precision) {
  json.new_line().open('{').name("output").number(tree.output);
  write_nodes(json, "left", tree, [](const TreeNode& node) { return node.left; });
  write_nodes(json, "right", tree, [](const TreeNode& node) { return node.right; });
  write_nodes(json, "feature", tree, [](const TreeNode& node) { return node.feature; });
  if (precision == Precision::float32) {
    write_nodes(json, "value", tree, [](const TreeNode& node) { return static_cast<float>(node.value); });
  } else {
    write_nodes(json, "value", tree, [](const TreeNode& node) { return node.value; });
  }
  write_nodes(json, "cover", tree, [](const TreeNode& node) { return node.cover; });
  write_nodes(json, "missing", tree, [](const TreeNode& node) { return static_cast<std::int32_t>(node.missing); });
  write_nodes(json, "missing_left", tree, [](const TreeNode& node) { return node.missing_left ? 1 : 0; });
  if (!tree.category_sets.empty()) {
    write_nodes(json, "categories", tree, [](const TreeNode& node) { return node.categories; });
    json.new_line().name("category_sets").open('[');
    for (const auto& set : tree.category_sets) json.numbers(std::span<const std::int32_t>{set});
    json.close(']');
  }
  json.close('}');
}

struct WriteMethod {
  JsonText& json;

  void operator()(const TreeEnsemble& ensemble) const {
    json.name("precision").text(precision_names.at(static_cast<std::size_t>(ensemble.precision)));
    json.name("comparison").text(comparison_names.at(static_cast<std::size_t>(ensemble.comparison)));
    json.name("missing_rules").open('[');
    for (const std::string_view rule : missing_names) json.text(rule);
    json.close(']').name("average").boolean(ensemble.average);
    json.name("base").numbers(std::span<const double>{ensemble.base});
    json.new_line().name("trees").open('[');
    for (const Tree& tree : ensemble.trees) write_tree(json, tree, ensemble.precision);
    json.new_line().close(']');
  }
  void operator()(const LinearModel& linear) const {
    json.name("intercepts").numbers(std::span<const double>{linear.intercepts});
    json.new_line().name("weights").numbers(std::span<const double>{linear.weights});
  }
  void operator()(const KernelModel& model) const {
    json.name("kernel").text(kernel_names.at(static_cast<std::size_t>(model.kernel)));
    json.name("gamma").number(model.gamma).name("coef0").number(model.coef0).name("degree").number(model.degree);
    json.name("offsets").numbers(std::span<const double>{model.offsets});
    json.new_line().name("coefficients").numbers(std::span<const double>{model.coefficients});
    json.new_line().name("vectors").numbers(std::span<const double>{model.vectors});
  }
  void operator()(const NaiveBayes& bayes) const {
    json.name("law").text(feature_law_names.at(static_cast<std::size_t>(bayes.law)));
    json.name("log_shares").numbers(std::span<const double>{bayes.log_shares});
    json.new_line().name("first").numbers(std::span<const double>{bayes.first});
    json.new_line().name("second").numbers(std::span<const double>{bayes.second});
  }
  void operator()(const NearestNeighbours& nearest) const {
    json.name("neighbours").number(static_cast<std::int32_t>(nearest.neighbours));
    json.name("weight").text(neighbour_weight_names.at(static_cast<std::size_t>(nearest.weight)));
    json.name("outputs").number(static_cast<std::int32_t>(nearest.outputs));
    json.new_line().name("vectors").numbers(std::span<const double>{nearest.vectors});
    json.new_line().name("targets").numbers(std::span<const double>{nearest.targets});
    json.new_line().name("weights").numbers(std::span<const double>{nearest.weights});
  }
  void operator()(const NeuralNetwork& network) const {
    json.name("activation").text(activation_names.at(static_cast<std::size_t>(network.activation)));
    json.name("layers").open('[');
    for (const NeuralNetwork::Layer& layer : network.layers) {
      json.new_line().open('{').name("biases").numbers(std::span<const double>{layer.biases});
      json.name("weights").numbers(std::span<const double>{layer.weights}).close('}');
    }
    json.close(']');
  }
  void operator()(const Blend& blend) const {
    json.name("members").open('[');
    for (const BlendMember& member : blend.members) {
      json.new_line().open('{').name("weight").number(member.weight).name("link");
      write_link(json, member.link);
      if (!member.features.empty()) json.name("features").numbers(std::span<const std::uint32_t>{member.features});
      json.new_line();
      write_method(json, member.method);
      json.close('}');
    }
    json.close(']');
  }
};

}  // namespace

void write_link(JsonText& json, const Link& link) {
  json.open('{').name("function").text(to_string(link.function)).name("scale").number(link.scale).close('}');
}

void write_method(JsonText& json, const Method& method) {
  json.name("method").text(method_names.at(method.index()));
  json.new_line().name("parameters").open('{');
  std::visit(WriteMethod{json}, method);
  json.close('}');
}

}  // namespace stardose::learning
