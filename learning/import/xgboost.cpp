// What XGBoost's files say beside their trees.
#include "learning/import/xgboost.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "learning/document/field.h"
#include "learning/import/xgboost_trees.h"

namespace stardose::learning {

namespace {

// A file without names asks for this many with a few bytes.
constexpr std::int64_t most_features = 1'000'000;

/// How base_score, which the file has on the scale of predictions, becomes a margin.
enum class BaseScale : std::uint8_t { margin, probability, logarithm };

struct Objective {
  std::string_view name;
  LinkFunction link;
  BaseScale base;
};

// XGBoost's documentation of learning task parameters; base scales are those of each objective's ProbToMargin.
constexpr std::array objectives = {
    Objective{"reg:squarederror", LinkFunction::identity, BaseScale::margin},
    Objective{"reg:squaredlogerror", LinkFunction::identity, BaseScale::margin},
    Objective{"reg:pseudohubererror", LinkFunction::identity, BaseScale::margin},
    Objective{"reg:absoluteerror", LinkFunction::identity, BaseScale::margin},
    Objective{"reg:quantileerror", LinkFunction::identity, BaseScale::margin},
    Objective{"reg:logistic", LinkFunction::logistic, BaseScale::probability},
    Objective{"binary:logistic", LinkFunction::logistic, BaseScale::probability},
    Objective{"binary:logitraw", LinkFunction::identity, BaseScale::probability},
    Objective{"binary:hinge", LinkFunction::step, BaseScale::margin},
    Objective{"count:poisson", LinkFunction::exponential, BaseScale::logarithm},
    Objective{"reg:gamma", LinkFunction::exponential, BaseScale::logarithm},
    Objective{"reg:tweedie", LinkFunction::exponential, BaseScale::logarithm},
    Objective{"survival:cox", LinkFunction::exponential, BaseScale::logarithm},
    Objective{"survival:aft", LinkFunction::exponential, BaseScale::logarithm},
    Objective{"multi:softmax", LinkFunction::largest, BaseScale::margin},
    Objective{"multi:softprob", LinkFunction::softmax, BaseScale::margin},
    Objective{"rank:pairwise", LinkFunction::identity, BaseScale::margin},
    Objective{"rank:ndcg", LinkFunction::identity, BaseScale::margin},
    Objective{"rank:map", LinkFunction::identity, BaseScale::margin},
};

const Objective& objective_of(const Field& learner) {
  const Field field = learner.at("objective").at("name");
  const std::string name = field.text();
  const auto found = std::ranges::find(objectives, name, &Objective::name);
  if (found == objectives.end()) {
    field.fail("an objective that is not known: " + name, "what its predictions mean cannot be told from the file");
  }
  return *found;
}

/// Parameters are whole numbers in quotes.
std::int64_t parameter(const Field& parameters, std::string_view name, std::int64_t absent_value, Bounds bounds) {
  const auto field = parameters.find(name);
  if (!field) return absent_value;
  const auto number = parse_integer(field->text());
  if (!number || *number < bounds.lowest || *number > bounds.highest) {
    field->fail("not a count: " + field->text(), "the file is damaged: write it again");
  }
  return *number;
}

float margin_of(float score, BaseScale scale) {
  if (scale == BaseScale::probability) return -std::log(1.0F / score - 1.0F);
  return scale == BaseScale::logarithm ? std::log(score) : score;
}

/// `5E-1`, or from 3.1 on `[5E-1,...]` with a number for each output.
std::vector<float> base_margins(const Field& field, std::size_t outputs, BaseScale scale) {
  const std::string text = field.text();
  std::string_view rest = text;
  if (rest.starts_with('[') && rest.ends_with(']')) rest = rest.substr(1, rest.size() - 2);
  std::vector<float> margins;
  for (bool more = true; more;) {
    const std::size_t end = rest.find(',');
    const auto score = parse_number<float>(rest.substr(0, end));
    const float margin = score ? margin_of(*score, scale) : 0;
    if (!score || !std::isfinite(margin)) field.fail("a score that cannot be: " + text, "the file is damaged");
    margins.push_back(margin);
    more = end != std::string_view::npos;
    if (more) rest.remove_prefix(end + 1);
  }
  if (margins.size() == 1) margins.resize(outputs, margins.front());
  if (margins.size() != outputs) {
    field.fail("has " + std::to_string(margins.size()) + " scores for " + std::to_string(outputs) + " outputs",
               "the file is damaged");
  }
  return margins;
}

std::vector<Feature> features_of(const Field& learner, std::size_t count) {
  const Field field = learner.at("feature_names");
  std::vector<std::string> names = field.texts();
  if (names.empty()) {
    for (std::size_t k = 0; k < count; ++k) names.push_back("f" + std::to_string(k));
  }
  if (names.size() != count) {
    field.fail("has " + std::to_string(names.size()) + " names for " + std::to_string(count) + " features",
               "the file is damaged");
  }
  std::vector<Feature> features;
  features.reserve(names.size());
  for (std::string& name : names) features.push_back({.name = std::move(name)});
  return features;
}

std::vector<std::string> output_names(const Objective& objective, std::size_t outputs) {
  if (objective.link == LinkFunction::step) return {"0", "1"};
  if (outputs == 1) return {"prediction"};
  std::vector<std::string> names;
  for (std::size_t k = 0; k < outputs; ++k) names.push_back(std::to_string(k));
  return names;
}

constexpr std::int64_t newest_major = 3;

std::string joined(const std::vector<std::int64_t>& version) {
  return std::to_string(version[0]) + "." + std::to_string(version[1]) + "." + std::to_string(version[2]);
}

std::vector<std::int64_t> version_of(const Field& root) {
  const Field field = root.at("version");
  std::vector<std::int64_t> version = field.integers({0, 1000});
  if (version.size() != 3 || version < std::vector<std::int64_t>{1, 6, 0}) {
    field.fail("is before 1.6, whose files say less", "load the model with XGBoost 1.6 or later and save it again");
  }
  // What the numbers mean has changed from one to the next without a change of keys: DART's base score.
  if (version[0] > newest_major) {
    field.fail("is " + joined(version) + "; XGBoost is known to its version 3",
               "train the model with XGBoost 1.6 to 3");
  }
  return version;
}

/// weights[feature * outputs + output], the biases last.
LinearModel linear_of(const Field& booster, const std::vector<float>& base, std::size_t features) {
  const Field field = booster.at("model").at("weights");
  const std::vector<float> weights = field.floats();
  const std::size_t outputs = base.size();
  if (weights.size() != (features + 1) * outputs) field.fail("has too few or too many weights", "the file is damaged");
  LinearModel model;
  for (std::size_t k = 0; k < outputs; ++k) {
    for (std::size_t i = 0; i < features; ++i) model.weights.push_back(static_cast<double>(weights[i * outputs + k]));
    model.intercepts.push_back(static_cast<double>(weights[features * outputs + k]) + static_cast<double>(base[k]));
  }
  return model;
}

void remark_on_best_iteration(const Field& learner, std::size_t rounds, Model& model) {
  const auto best = learner.at("attributes").find("best_iteration");
  if (!best) return;
  const auto round = parse_integer(best->text());
  if (round && *round >= 0 && static_cast<std::size_t>(*round) + 1 < rounds) {
    model.remarks.push_back("Training was best after " + std::to_string(*round + 1) + " of " + std::to_string(rounds) +
                            " rounds. All rounds count here, as in Booster.predict(); XGBModel.predict() stops there.");
  }
}

}  // namespace

bool is_xgboost(const Document& document) {
  const auto* root = std::get_if<Object>(&document.root.held);
  return root != nullptr && std::ranges::any_of(*root, [](const auto& member) { return member.first == "learner"; });
}

Model read_xgboost(const Document& document) {
  const Field root = Field::root(document);
  root.only({"learner", "version"});
  const Field learner = root.at("learner");
  learner.only(
      {"attributes", "feature_names", "feature_types", "gradient_booster", "learner_model_param", "objective"});
  const Field parameters = learner.at("learner_model_param");
  parameters.only({"base_score", "boost_from_average", "num_class", "num_feature", "num_target"});
  const auto classes = parameter(parameters, "num_class", 0, {0, 100'000});
  const auto targets = parameter(parameters, "num_target", 1, {1, 100'000});
  if (classes > 1 && targets > 1) parameters.fail("has classes and targets", "the file is damaged");
  const auto outputs = static_cast<std::size_t>(std::max(classes, targets));
  const auto features = static_cast<std::size_t>(parameter(parameters, "num_feature", 0, {1, most_features}));
  const Objective& objective = objective_of(learner);
  const std::vector<float> base = base_margins(parameters.at("base_score"), outputs, objective.base);

  const std::vector<std::int64_t> version = version_of(root);
  Model model{.source = "XGBoost " + joined(version), .features = features_of(learner, features)};
  model.link = {objective.link, 1};
  model.outputs = output_names(objective, outputs);
  const Field booster = learner.at("gradient_booster");
  if (booster.at("name").text() == "gblinear") {
    model.method = linear_of(booster, base, features);
    model.remarks.emplace_back("A missing value makes the prediction missing; XGBoost takes it for zero here.");
  } else {
    XgboostTrees trees = read_xgboost_trees(booster, base, version[0]);
    model.method = std::move(trees.ensemble);
    remark_on_best_iteration(learner, trees.rounds, model);
  }
  if (const auto fault = fault_of(model)) root.fail(*fault, "the file is damaged: write it again");
  return model;
}

}  // namespace stardose::learning
