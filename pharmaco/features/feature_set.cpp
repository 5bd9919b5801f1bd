// From a file of features to a checked set.
#include "pharmaco/features/feature_set.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "genomics/io/whole_text.h"
#include "pharmaco/inputs/expression_reader.h"
#include "pharmaco/inputs/input_reader.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

namespace {

/// Adds the inputs that a formula asks for.
void add_inputs(const Condition& condition, std::set<std::string>& names);

void add_inputs(const Expression& expression, std::set<std::string>& names) {
  if (!expression.input.empty()) names.insert(expression.input);
  for (const Expression& part : expression.parts) add_inputs(part, names);
  for (const Condition& condition : expression.condition) add_inputs(condition, names);
}

void add_inputs(const Condition& condition, std::set<std::string>& names) {
  if (!condition.input.empty()) names.insert(condition.input);
  for (const Expression& derived : condition.derived) add_inputs(derived, names);
  for (const Condition& part : condition.parts) add_inputs(part, names);
}

class FeatureSetReader {
 public:
  FeatureSetReader(const std::string& file, const YAML::Node& root, const Covariates& covariates,
                   const KnowledgeBase& knowledge, CatalogueFaults& faults)
      : context_{file, covariates, knowledge, faults},
        fields_{file, root, {"set", "title", "inputs", "derived", "features", "without"}, faults},
        expressions_{set_.inputs, covariates.units, [this](const YAML::Node& node, const std::string& why) {
                       context_.faults.add(context_.file, line_of(node), why);
                     }} {}

  FeatureSet read() {
    set_.id = fields_.text("set");
    set_.title = fields_.text_or("title", set_.id);
    read_inputs(fields_, context_, expressions_, set_.inputs);
    const std::vector<std::string> derived = read_derived(fields_, context_, expressions_, set_.inputs);
    for (const std::string& name : derived) {
      const YAML::Node one = fields_.node("derived")[name];
      if (one.IsDefined() && one.IsMap() && one["unit"].IsDefined()) unit_of_derived_[name] = one["unit"].Scalar();
    }
    const YAML::Node features = fields_.node("features");
    if (!features.IsDefined() || !features.IsMap() || features.size() == 0) {
      fields_.fault("features", "expected names with what each is");
      return std::move(set_);
    }
    for (const auto& item : features) read_feature(item.first.Scalar(), item.first, item.second);
    read_without();
    check_use(derived);
    return std::move(set_);
  }

 private:
  void fault(const YAML::Node& at, const std::string& why) const {
    context_.faults.add(context_.file, static_cast<std::size_t>(at.Mark().line) + 1, "features: " + why);
  }

  void read_feature(const std::string& name, const YAML::Node& at, const YAML::Node& node) {
    FeatureColumn column{.kind = {.name = name}};
    if (!names_.insert(name).second) fault(at, "there twice: " + name);
    if (node.IsScalar()) {
      read_value(column, at, node, "");
    } else if (node.IsNull() || (node.IsMap() && node.size() == 0)) {
      read_value(column, at, YAML::Node{name}, "");
    } else {
      const YamlFields one{context_.file, node, {"value", "category", "unit", "input"}, context_.faults};
      column.kind.input = one.text_or("input", "");
      if (one.has("value") == one.has("category")) {
        fault(at, name + ": expected either `value` or `category`");
      } else if (one.has("category")) {
        if (!read_category(column, one.text("category")))
          fault(at, "no input with categories: " + one.text("category"));
      } else {
        read_value(column, at, one.node("value"), one.text_or("unit", ""));
      }
    }
    if (column.kind.input.empty()) column.kind.input = gene_behind(column);
    set_.features.push_back(std::move(column));
  }

  void read_without() {
    const YAML::Node without = fields_.node("without");
    if (!without.IsDefined()) return;
    if (!without.IsMap()) return fields_.fault("without", "expected columns of the model, each with the reason");
    for (const auto& item : without) {
      const std::string name = item.first.Scalar();
      if (names_.contains(name)) fault(item.first, "a feature has the name of what is left out: " + name);
      set_.without.emplace(name, item.second.as<std::string>(""));
    }
  }

  bool read_category(FeatureColumn& column, const std::string& name) {
    const DoseInput* input = find_input(set_.inputs, name);
    if (input == nullptr || input->categories.empty()) return false;
    expressions_.note_use(name);
    column.category_of = name;
    column.kind.levels = input->categories;
    return true;
  }

  void read_value(FeatureColumn& column, const YAML::Node& at, const YAML::Node& node, const std::string& unit_name) {
    if (node.IsScalar() && unit_name.empty() && read_category(column, node.Scalar())) return;
    if (node.IsScalar() && read_quantity(column, at, node.Scalar(), unit_name)) return;
    column.value = expressions_.read(node);
    column.kind.unit = unit_name.empty() ? unit_behind(node) : unit_name;
    const Dimension& dimension = column.value.dimension;
    const Unit* unit = unit_name.empty() ? nullptr : context_.covariates.units.find(unit_name);
    if (!unit_name.empty() && unit == nullptr) fault(at, column.kind.name + ": not in units.tsv: " + unit_name);
    if (dimension.is_plain()) return;
    if (unit != nullptr && unit->dimension == dimension) {
      column.scale = 1 / unit->factor;
    } else {
      fault(at, column.kind.name + ": say the unit, one that the value has: {value: ..., unit: kg}");
    }
  }

  /// An input or a derived quantity by its name alone comes in its own unit, to the last bit.
  bool read_quantity(FeatureColumn& column, const YAML::Node& at, const std::string& name,
                     const std::string& unit_name) {
    const DoseInput* input = find_input(set_.inputs, name);
    const auto derived = unit_of_derived_.find(name);
    if (input == nullptr && derived == unit_of_derived_.end()) return false;
    const std::string own = input != nullptr ? input->unit.name : derived->second;
    const std::string wanted = unit_name.empty() ? own : unit_name;
    const bool is_number = input != nullptr && input->kind != DoseInput::Kind::covariate;
    YAML::Node text{is_number ? name : name + " in " + wanted};
    const std::size_t before = context_.faults.lines().size();
    column.value = expressions_.read(text);
    if (context_.faults.lines().size() != before) fault(at, column.kind.name + " cannot be read");
    if (!is_number) column.kind.unit = wanted;
    return true;
  }

  /// `decades` of `age in decades`.
  static std::string unit_behind(const YAML::Node& node) {
    if (!node.IsScalar()) return {};
    const std::string text = node.Scalar();
    const auto words = split(text, " ");
    return words.size() == 3 && words[1] == "in" ? std::string{words[2]} : std::string{};
  }

  std::string gene_behind(const FeatureColumn& column) const {
    std::set<std::string> names;
    if (!column.category_of.empty()) names.insert(column.category_of);
    add_inputs(column.value, names);
    std::set<std::string> genes;
    for (const std::string& name : names) {
      if (const DoseInput* input = find_input(set_.inputs, name)) genes.insert(input->gene);
    }
    return genes.size() == 1 ? *genes.begin() : std::string{};
  }

  void check_use(const std::vector<std::string>& derived) const {
    const auto& used = expressions_.used();
    for (const DoseInput& input : set_.inputs) {
      if (!used.contains(input.name)) fields_.fault("inputs", "nothing asks for " + input.name);
    }
    for (const std::string& name : derived) {
      if (!used.contains(name)) fields_.fault("derived", "nothing asks for " + name);
    }
  }

  const InputContext context_;
  YamlFields fields_;
  FeatureSet set_;
  ExpressionReader expressions_;
  std::map<std::string, std::string> unit_of_derived_;
  std::set<std::string> names_;
};

}  // namespace

FeatureSet read_feature_set(const std::string& path, const Covariates& covariates, const KnowledgeBase& knowledge) {
  CatalogueFaults faults{path};
  FeatureSet set = read_features(path, genomics::whole_text(path, "features", "the name of the file"), covariates,
                                 knowledge, faults);
  refuse_faults(faults, "workflows/README.md, \"Features\", says what the file may have");
  return set;
}

FeatureSet read_features(const std::string& file, const std::string& text, const Covariates& covariates,
                         const KnowledgeBase& knowledge, CatalogueFaults& faults) {
  const YAML::Node root = parse_yaml(file, text, faults);
  FeatureSet set;
  if (!root.IsDefined()) return set;
  note_faults(file, faults, [&] { set = FeatureSetReader{file, root, covariates, knowledge, faults}.read(); });
  return set;
}

std::vector<std::string> genes_of(const FeatureSet& set) {
  std::set<std::string> genes;
  for (const DoseInput& input : set.inputs) {
    if (!input.gene.empty()) genes.insert(input.gene);
  }
  return {genes.begin(), genes.end()};
}

std::set<std::string> variants_of(const FeatureSet& set) {
  std::set<std::string> rsids;
  for (const DoseInput& input : set.inputs) {
    if (!input.rsid.empty()) rsids.insert(input.rsid);
    rsids.insert(input.variants.begin(), input.variants.end());
  }
  return rsids;
}

std::vector<std::string> scores_of(const FeatureSet& set) {
  std::vector<std::string> scores;
  for (const DoseInput& input : set.inputs) {
    if (input.kind == DoseInput::Kind::polygenic) scores.push_back(input.score);
  }
  return scores;
}

}  // namespace stardose::pharmaco
