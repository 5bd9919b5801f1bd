// What LightGBM's files say beside their trees.
#include "learning/import/lightgbm.h"

#include <algorithm>
#include <array>

#include "learning/document/lines.h"
#include "learning/import/lightgbm_trees.h"

namespace stardose::learning {

namespace {

constexpr std::array<std::string_view, 12> known_keys = {
    "version",        "num_class",     "num_tree_per_iteration", "label_index", "max_feature_idx",      "objective",
    "average_output", "feature_names", "feature_infos",          "tree_sizes",  "monotone_constraints", "linear_tree",
};

struct Objective {
  std::string_view name;
  LinkFunction link;
};

// LightGBM's documentation of `objective`; links are those of each objective's ConvertOutput.
constexpr std::array objectives = {
    Objective{"regression", LinkFunction::identity},    Objective{"regression_l1", LinkFunction::identity},
    Objective{"huber", LinkFunction::identity},         Objective{"fair", LinkFunction::identity},
    Objective{"quantile", LinkFunction::identity},      Objective{"mape", LinkFunction::identity},
    Objective{"poisson", LinkFunction::exponential},    Objective{"gamma", LinkFunction::exponential},
    Objective{"tweedie", LinkFunction::exponential},    Objective{"binary", LinkFunction::logistic},
    Objective{"multiclass", LinkFunction::softmax},     Objective{"multiclassova", LinkFunction::logistic},
    Objective{"cross_entropy", LinkFunction::logistic}, Objective{"cross_entropy_lambda", LinkFunction::softplus},
    Objective{"lambdarank", LinkFunction::identity},    Objective{"rank_xendcg", LinkFunction::identity},
};

Link link_of(const Lines& lines, std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  const auto found = words.empty() ? objectives.end() : std::ranges::find(objectives, words[0], &Objective::name);
  if (found == objectives.end()) {
    lines.fail("an objective that is not known, so what predictions mean cannot be told: " + std::string{text});
  }
  Link link{found->link, 1};
  for (const std::string_view word : words) {
    if (word == "sqrt") link.function = LinkFunction::signed_square;
    if (word.starts_with("sigmoid:")) link.scale = lines.finite(word.substr(8));
  }
  return link;
}

/// `[lowest:highest]` of the training data; categories are listed instead, and `none` was not used.
void add_range(std::string_view info, Feature& feature) {
  if (!info.starts_with('[') || !info.ends_with(']')) return;
  const std::string_view range = info.substr(1, info.size() - 2);
  const std::size_t colon = range.find(':');
  if (colon == std::string_view::npos) return;
  feature.lowest = parse_number<double>(range.substr(0, colon));
  feature.highest = parse_number<double>(range.substr(colon + 1));
}

void read_features(const Lines& lines, const Properties& properties, Model& model) {
  const auto names = words_of(property(lines, properties, "feature_names"));
  const auto infos = words_of(property(lines, properties, "feature_infos"));
  const std::int64_t last = lines.integer(property(lines, properties, "max_feature_idx"), {0, 100'000'000});
  if (names.size() != static_cast<std::size_t>(last) + 1 || infos.size() != names.size()) {
    lines.fail("feature_names and feature_infos do not fit max_feature_idx");
  }
  for (std::size_t k = 0; k < names.size(); ++k) {
    model.features.push_back({.name = std::string{names[k]}});
    add_range(infos[k], model.features.back());
  }
}

/// Forests of files v2 have leaves that the link was applied to already; later ones have margins.
void settle_forest(const std::string& version, const TreeEnsemble& ensemble, Model& model) {
  const auto is_share = [](const TreeNode& node) { return !node.is_leaf() || (node.value >= 0 && node.value <= 1); };
  const bool shares =
      std::ranges::all_of(ensemble.trees, [&](const Tree& tree) { return std::ranges::all_of(tree.nodes, is_share); });
  if (version != "v2" || model.link.function == LinkFunction::identity || !shares) return;
  model.link = {LinkFunction::identity, 1};
  model.remarks.emplace_back(
      "A random forest of LightGBM 2: its leaves are taken for probabilities, which are averaged.");
}

/// What stands behind the trees matters only where pandas' categories were given numbers.
void check_rest(Lines& lines) {
  const auto is_importances = [&] {
    return lines.line() == "feature_importances:" || lines.line() == "feature importances:";
  };
  bool has_importances = is_importances();
  bool in_parameters = false;
  while (lines.next()) {
    has_importances = has_importances || is_importances();
    if (lines.line() == "parameters:") in_parameters = true;
    if (lines.line() == "end of parameters") in_parameters = false;
    constexpr std::string_view key = "pandas_categorical:";
    if (!lines.line().starts_with(key)) continue;
    const std::string_view value = lines.line().substr(key.size());
    if (value != "null" && value != "[]") {
      lines.fail("categories that pandas gave numbers: train with categories that are numbers already");
    }
  }
  // What is cut off could be the line that says so.
  if (!has_importances || in_parameters) lines.fail("the file ends before what LightGBM writes behind the trees does");
}

std::vector<std::string> output_names(const Link& link, std::size_t outputs) {
  if (outputs == 1 || names_a_class(link)) return {"prediction"};
  std::vector<std::string> names;
  for (std::size_t k = 0; k < outputs; ++k) names.push_back(std::to_string(k));
  return names;
}

}  // namespace

bool is_lightgbm(std::string_view text) { return text.starts_with("tree\n") || text.starts_with("tree\r\n"); }

Model read_lightgbm(const std::string& file, std::string_view text) {
  Lines lines{file, text};
  if (!lines.next() || !lines.next()) lines.fail("the file ends after its first line");
  const Properties head = read_properties(lines, known_keys);
  const std::string version{property(lines, head, "version")};
  if (version != "v2" && version != "v3" && version != "v4") lines.fail("a version that is not known: " + version);

  Model model{.source = "LightGBM " + version};
  read_features(lines, head, model);
  if (head.contains("objective")) {
    model.link = link_of(lines, head.at("objective"));
  } else {
    model.remarks.emplace_back("The file names no objective: predictions are raw scores.");
  }
  const auto outputs =
      static_cast<std::size_t>(lines.integer(property(lines, head, "num_tree_per_iteration"), {1, 100'000}));
  TreeEnsemble ensemble;
  ensemble.base.assign(outputs, 0);
  ensemble.average = head.contains("average_output");
  const std::size_t trees = words_of(property(lines, head, "tree_sizes")).size();
  // Files of 2017 have no line `end of trees`.
  const auto ends = [](std::string_view line) { return line == "end of trees" || line == "feature importances:"; };
  while (lines.next() && !ends(lines.line())) {
    if (lines.line().empty()) continue;
    if (lines.line() != "Tree=" + std::to_string(ensemble.trees.size())) lines.fail("expected the next tree");
    ensemble.trees.push_back(read_lightgbm_tree(lines));
    ensemble.trees.back().output = static_cast<std::int32_t>((ensemble.trees.size() - 1) % outputs);
  }
  if (!ends(lines.line())) lines.fail("the file ends before its trees do");
  if (ensemble.trees.size() != trees || trees % outputs != 0) lines.fail("has another number of trees than it says");
  if (ensemble.average) settle_forest(version, ensemble, model);
  check_rest(lines);
  lines.refuse_cut();
  model.outputs = output_names(model.link, outputs);
  model.method = std::move(ensemble);
  if (const auto fault = fault_of(model)) lines.fail_whole(*fault);
  return model;
}

}  // namespace stardose::learning
