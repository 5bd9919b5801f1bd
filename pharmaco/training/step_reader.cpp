// Steps and learners from YAML.
#include "pharmaco/training/step_reader.h"

#include <array>
#include <map>

#include "learning/prepare/step_names.h"

namespace stardose::pharmaco {

namespace {

using learning::Setting;
using learning::Step;

struct StepNode {
  const std::string& file;
  const YAML::Node& node;
  CatalogueFaults& faults;

  [[nodiscard]] RecipeFields with(std::initializer_list<std::string_view> known) const {
    return {file, node, known, faults};
  }
};

std::uint32_t small_count(const RecipeFields& fields, const std::string& key, std::uint32_t otherwise) {
  return static_cast<std::uint32_t>(fields.count_or(key, otherwise));
}

Step read_fill(const StepNode& step) {
  const RecipeFields fields = step.with({"columns", "by", "group", "on", "value", "level", "neighbours"});
  return learning::FillStep{fields.texts("columns"),
                            fields.word("by", learning::fill_names, learning::FillBy::mean),
                            fields.text_or("group", ""),
                            fields.texts("on"),
                            fields.number_or("value", 0),
                            fields.text_or("level", ""),
                            small_count(fields, "neighbours", 5)};
}

Step read_one_hot(const StepNode& step) {
  const RecipeFields fields = step.with({"columns", "fewest", "missing", "reference"});
  return learning::OneHotStep{fields.texts("columns"), small_count(fields, "fewest", 0),
                              fields.word("missing", learning::missing_level_names, learning::MissingLevel::stays),
                              fields.text_or("reference", "")};
}

Step read_transform(const StepNode& step) {
  const RecipeFields fields = step.with({"columns", "by", "beside"});
  return learning::TransformStep{fields.texts("columns"),
                                 fields.word("by", learning::transform_names, learning::Transform::square),
                                 fields.yes("beside")};
}

Step read_components(const StepNode& step) {
  const RecipeFields fields = step.with({"columns", "name", "count", "centre", "scale"});
  return learning::ComponentsStep{fields.texts("columns"), fields.text("name"), small_count(fields, "count", 10),
                                  !fields.has("centre") || fields.yes("centre"), fields.yes("scale")};
}

Step read_select(const StepNode& step) {
  const RecipeFields fields = step.with({"columns", "learner", "settings", "members", "learner_columns", "most"});
  return learning::SelectStep{fields.texts("columns"), read_learner(step.file, fields, step.faults, "learner_columns"),
                              small_count(fields, "most", 50)};
}

using ReadStep = Step (*)(const StepNode&);

const std::map<std::string, ReadStep, std::less<>>& step_readers() {
  static const std::map<std::string, ReadStep, std::less<>> readers = {
      {"fill", read_fill},
      {"indicate",
       [](const StepNode& step) -> Step {
         const RecipeFields fields = step.with({"columns", "fewest"});
         return learning::IndicateStep{fields.texts("columns"), small_count(fields, "fewest", 1)};
       }},
      {"one_hot", read_one_hot},
      {"products",
       [](const StepNode& step) -> Step {
         const RecipeFields fields = step.with({"left", "right"});
         return learning::ProductStep{fields.texts("left"), fields.texts("right")};
       }},
      {"transform", read_transform},
      {"standardise",
       [](const StepNode& step) -> Step {
         const RecipeFields fields = step.with({"columns", "clip"});
         return learning::StandardiseStep{fields.texts("columns"), fields.number_or("clip", 0)};
       }},
      {"scale",
       [](const StepNode& step) -> Step {
         const RecipeFields fields = step.with({"columns", "by"});
         return learning::ScaleStep{fields.texts("columns"), fields.number_or("by", 1)};
       }},
      {"keep",
       [](const StepNode& step) -> Step { return learning::KeepStep{step.with({"columns"}).texts("columns")}; }},
      {"drop",
       [](const StepNode& step) -> Step { return learning::DropStep{step.with({"columns"}).texts("columns")}; }},
      {"variance_filter",
       [](const StepNode& step) -> Step {
         const RecipeFields fields = step.with({"columns", "lowest"});
         return learning::VarianceFilterStep{fields.texts("columns"), fields.number_or("lowest", 0)};
       }},
      {"correlation_filter",
       [](const StepNode& step) -> Step {
         const RecipeFields fields = step.with({"columns", "highest"});
         return learning::CorrelationFilterStep{fields.texts("columns"), fields.number_or("highest", 0.95)};
       }},
      {"components", read_components},
      {"select", read_select},
  };
  return readers;
}

Setting read_setting(const YAML::Node& node) {
  if (const auto number = recipe_number(node)) return *number;
  const std::string word = node.IsScalar() ? node.Scalar() : "";
  if (word == "yes" || word == "no") return word == "yes" ? 1.0 : 0.0;
  return word;
}

constexpr std::array<std::string_view, 3> direction_names = {"any", "rises", "falls"};

/// `{age: {direction: falls}, VKORC1: {penalty_factor: 0.5}}`
std::map<std::string, learning::ColumnPrior, std::less<>> read_priors(const std::string& file,
                                                                      const RecipeFields& fields,
                                                                      const std::string& key, CatalogueFaults& faults) {
  std::map<std::string, learning::ColumnPrior, std::less<>> priors;
  if (!fields.has(key)) return priors;
  const YAML::Node node = fields.node(key);
  if (!node.IsMap()) {
    fields.fault(key, "expected `feature: {penalty_factor: ..., direction: rises or falls}` lines");
    return priors;
  }
  for (const auto& item : node) {
    const auto name = item.first.as<std::string>("");
    if (!item.second.IsMap() || item.second.size() == 0) {
      fields.fault(key, name + ": expected `penalty_factor` or `direction`");
      continue;
    }
    const RecipeFields said{file, item.second, {"penalty_factor", "direction"}, faults};
    const learning::ColumnPrior prior{said.number_or("penalty_factor", 1),
                                      said.word("direction", direction_names, learning::Direction::any)};
    if (!priors.emplace(name, prior).second) fields.fault(key, "there twice: " + name);
  }
  return priors;
}

}  // namespace

std::vector<Step> read_steps(const std::string& file, const YAML::Node& list, CatalogueFaults& faults) {
  std::vector<Step> steps;
  if (!list.IsSequence()) {
    faults.add(file, line_of(list), "steps: expected a list");
    return steps;
  }
  for (const auto& item : list) {
    if (!item.IsMap() || item.size() != 1) {
      faults.add(file, line_of(item), "steps: expected a step, such as `- fill: {columns: [height], by: mean}`");
      continue;
    }
    const auto name = item.begin()->first.as<std::string>("");
    const auto found = step_readers().find(name);
    if (found == step_readers().end()) {
      std::string known;
      for (const auto& [other, reader] : step_readers()) known += (known.empty() ? "" : ", ") + other;
      faults.add(file, line_of(item), "no such step: " + name + "; there are " + known);
      continue;
    }
    const YAML::Node body = item.begin()->second;
    steps.push_back(found->second({file, body, faults}));
  }
  return steps;
}

learning::LearnerSpec read_learner(const std::string& file, const RecipeFields& fields, CatalogueFaults& faults,
                                   const std::string& columns_key) {
  learning::LearnerSpec spec{.name = fields.text("learner"), .settings = {}, .members = {}, .columns = {}};
  spec.columns = read_priors(file, fields, columns_key, faults);
  if (fields.has("settings")) {
    const YAML::Node settings = fields.node("settings");
    if (!settings.IsMap()) fields.fault("settings", "expected `setting: value` lines");
    for (const auto& setting : settings) {
      spec.settings[setting.first.as<std::string>("")] = read_setting(setting.second);
    }
  }
  if (fields.has("members")) {
    for (const auto& member : fields.node("members")) {
      const RecipeFields own{file, member, {"learner", "settings", "members", "columns", "weight"}, faults};
      spec.members.push_back(read_learner(file, own, faults));
      spec.members.back().weight = own.number_or("weight", 1);
    }
  }
  return spec;
}

std::vector<learning::GridAxis> read_grid(const RecipeFields& fields) {
  std::vector<learning::GridAxis> grid;
  if (!fields.has("grid")) return grid;
  const YAML::Node node = fields.node("grid");
  if (!node.IsMap()) fields.fault("grid", "expected `setting: [values]` lines");
  for (const auto& axis : node) {
    grid.push_back({axis.first.as<std::string>(""), {}});
    if (!axis.second.IsSequence() || axis.second.size() == 0) fields.fault("grid", "expected a list of values");
    for (const auto& value : axis.second) grid.back().values.push_back(read_setting(value));
  }
  return grid;
}

}  // namespace stardose::pharmaco
