// Steps and learners from YAML.
#include "pharmaco/training/step_reader.h"

#include <algorithm>
#include <array>
#include <map>

#include "learning/prepare/step_names.h"
#include "pharmaco/training/step_kinds.h"

namespace stardose::pharmaco {

namespace {

using learning::Setting;
using learning::Step;

std::uint32_t small_count(const RecipeFields& fields, const std::string& key, std::uint32_t otherwise) {
  return static_cast<std::uint32_t>(fields.count_or(key, otherwise));
}

Step read_fill(const RecipeFields& fields) {
  return learning::FillStep{fields.texts("columns"),
                            fields.word("by", learning::fill_names, learning::FillBy::mean),
                            fields.text_or("group", ""),
                            fields.texts("on"),
                            fields.number_or("value", 0),
                            fields.text_or("level", ""),
                            small_count(fields, "neighbours", 5)};
}

Step read_one_hot(const RecipeFields& fields) {
  return learning::OneHotStep{fields.texts("columns"), small_count(fields, "fewest", 0),
                              fields.word("missing", learning::missing_level_names, learning::MissingLevel::stays),
                              fields.text_or("reference", "")};
}

Step read_transform(const RecipeFields& fields) {
  return learning::TransformStep{fields.texts("columns"),
                                 fields.word("by", learning::transform_names, learning::Transform::square),
                                 fields.yes("beside")};
}

Step read_components(const RecipeFields& fields) {
  if (!fields.has("name")) {
    fields.fault("name", "the key is missing; it says what the components are called: `NAME 1`, `NAME 2`");
  }
  return learning::ComponentsStep{fields.texts("columns"), fields.text_or("name", ""), small_count(fields, "count", 10),
                                  !fields.has("centre") || fields.yes("centre"), fields.yes("scale")};
}

/// Of every step but `select`, which has a learner in it.
using ReadStep = Step (*)(const RecipeFields&);

const std::map<std::string_view, ReadStep>& step_readers() {
  static const std::map<std::string_view, ReadStep> readers = {
      {"fill", read_fill},
      {"indicate",
       [](const RecipeFields& fields) -> Step {
         return learning::IndicateStep{fields.texts("columns"), small_count(fields, "fewest", 1)};
       }},
      {"one_hot", read_one_hot},
      {"products",
       [](const RecipeFields& fields) -> Step {
         return learning::ProductStep{fields.texts("left"), fields.texts("right")};
       }},
      {"transform", read_transform},
      {"standardise",
       [](const RecipeFields& fields) -> Step {
         return learning::StandardiseStep{fields.texts("columns"), fields.number_or("clip", 0)};
       }},
      {"scale",
       [](const RecipeFields& fields) -> Step {
         return learning::ScaleStep{fields.texts("columns"), fields.number_or("by", 1)};
       }},
      {"keep", [](const RecipeFields& fields) -> Step { return learning::KeepStep{fields.texts("columns")}; }},
      {"drop", [](const RecipeFields& fields) -> Step { return learning::DropStep{fields.texts("columns")}; }},
      {"variance_filter",
       [](const RecipeFields& fields) -> Step {
         return learning::VarianceFilterStep{fields.texts("columns"), fields.number_or("lowest", 0)};
       }},
      {"correlation_filter",
       [](const RecipeFields& fields) -> Step {
         return learning::CorrelationFilterStep{fields.texts("columns"), fields.number_or("highest", 0.95)};
       }},
      {"components", read_components},
  };
  return readers;
}

/// `fields` have the keys of the step's kind and no others.
Step read_step(const std::string& file, std::string_view name, const RecipeFields& fields, CatalogueFaults& faults) {
  if (name != "select") return step_readers().at(name)(fields);
  return learning::SelectStep{fields.texts("columns"), read_learner(file, fields, faults, "learner_columns"),
                              small_count(fields, "most", 50)};
}

template <class Named>
std::vector<std::string_view> names_of(const Named& all) {
  std::vector<std::string_view> names;
  names.reserve(all.size());
  for (const auto& one : all) names.push_back(one.name);
  return names;
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
    const bool is_name = item.IsScalar();  // `- standardise`, of which nothing more is said
    if (!is_name && (!item.IsMap() || item.size() != 1)) {
      faults.add(file, line_of(item), "steps: expected a step, such as `- fill: {columns: [height], by: mean}`");
      continue;
    }
    const auto name = is_name ? item.Scalar() : item.begin()->first.as<std::string>("");
    const auto kind = std::ranges::find(step_kinds(), name, &StepKind::name);
    if (kind == step_kinds().end()) {
      faults.add(file, line_of(item), "no such step: " + name + unknown_word(name, names_of(step_kinds())));
      continue;
    }
    const bool is_bare = is_name || item.begin()->second.IsNull();
    const YAML::Node body = is_bare ? YAML::Node{YAML::NodeType::Map} : item.begin()->second;
    const RecipeFields fields{file, body, names_of(kind->keys), faults};
    steps.push_back(read_step(file, kind->name, fields, faults));
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
