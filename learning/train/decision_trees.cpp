// One decision tree (CART), and a forest of them.
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "learning/solve/design.h"
#include "learning/train/entry.h"
#include "learning/train/grow_tree.h"

namespace stardose::learning {

namespace {

/// What trees learn of the rows, and where it is measured from: the mean, so that little is lost to rounding.
struct Learned {
  std::vector<double> targets;
  std::vector<double> weights;  ///< of mean 1
  std::vector<double> base;

  explicit Learned(const Task& task) {
    const Eigen::VectorXd mean_one = mean_one_weights(task.data);
    weights.assign(mean_one.begin(), mean_one.end());
    const std::size_t outputs = predictions_of(task.data.classes);
    base.assign(outputs, 0.0);
    if (outputs > 1) {
      for (const double target : task.data.targets) {
        for (std::size_t k = 0; k < outputs; ++k) targets.push_back(target == static_cast<double>(k) ? 1 : 0);
      }
      return;
    }
    targets.assign(task.data.targets.begin(), task.data.targets.end());
    if (task.data.classes > 0) return;
    for (std::size_t row = 0; row < targets.size(); ++row) base[0] += weights[row] * targets[row];
    base[0] /= static_cast<double>(targets.size());
    for (double& target : targets) target -= base[0];
  }

  [[nodiscard]] TreeTargets counted(std::span<const double> counts) const { return {targets, counts, base.size()}; }
};

GrowSettings grow_settings(const Task& task) {
  return {.depth = task.settings.count("depth"),
          .min_leaf = task.settings.number("min_leaf"),
          .features_tried = task.data.rows.width};
}

Fitted learn_tree(const Task& task) {
  const Learned learned{task};
  GrowSettings settings = grow_settings(task);
  // With one number of two classes the squared errors are half of Gini's impurity.
  settings.min_gain = task.settings.number("min_gain") / (task.data.classes == 2 ? 2 : 1);
  SeededRandom random{task.seed};
  TreeEnsemble ensemble{.base = learned.base};
  ensemble.trees = grow_tree(RankedRows{task.data.rows}, learned.counted(learned.weights), settings, random);
  return {std::move(ensemble), {}};
}

/// Each row's weight, as often as it is drawn.
std::vector<double> drawn_rows(const std::vector<double>& weights, SeededRandom& random) {
  std::vector<double> drawn(weights.size(), 0.0);
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const std::size_t row = random.below(weights.size());
    drawn[row] += weights[row];
  }
  return drawn;
}

Fitted learn_forest(const Task& task) {
  const Learned learned{task};
  const RankedRows ranked{task.data.rows};
  GrowSettings settings = grow_settings(task);
  const double tried = task.settings.number("column_share") * static_cast<double>(task.data.rows.width);
  settings.features_tried = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(tried)));
  settings.random_thresholds = task.settings.word("thresholds") == "random";
  std::vector<std::vector<Tree>> grown(task.settings.count("trees"));
  // Each tree has random numbers of its own: which thread grows it makes no difference.
  tbb::parallel_for(std::size_t{0}, grown.size(), [&](std::size_t k) {
    SeededRandom random{seed_of(task.seed, k)};
    const auto weights = task.settings.yes("bootstrap") ? drawn_rows(learned.weights, random) : learned.weights;
    grown[k] = grow_tree(ranked, learned.counted(weights), settings, random);
  });
  TreeEnsemble ensemble{.average = true, .base = std::vector<double>(learned.base.size(), 0.0)};
  for (std::vector<Tree>& trees : grown) {
    for (Tree& tree : trees) {
      for (TreeNode& node : tree.nodes) {
        if (node.is_leaf()) node.value += learned.base[static_cast<std::size_t>(tree.output)];
      }
      ensemble.trees.push_back(std::move(tree));
    }
  }
  return {std::move(ensemble), {}};
}

SettingKind depth_kind(double usual) { return {"depth", "most levels of splits", usual, 1, 100, true}; }

SettingKind leaf_kind(double usual) { return {"min_leaf", "least weight of a leaf (rows weigh 1)", usual, 1, 1e6}; }

}  // namespace

Entry decision_tree_entry() {
  return {{.name = "decision_tree",
           .title = "Decision tree (CART)",
           .quantities = true,
           .classes = true,
           .settings = {depth_kind(4),
                        leaf_kind(10),
                        {"min_gain", "least decrease of the mean squared error (of classes: of Gini's impurity)", 0.0,
                         0, 1e9}}},
          learn_tree};
}

Entry random_forest_entry() {
  return {{.name = "random_forest",
           .title = "Random forest",
           .quantities = true,
           .classes = true,
           .settings = {{"trees", "trees that are averaged", 300.0, 1, 10000, true},
                        depth_kind(30),
                        leaf_kind(5),
                        {"column_share", "share of features that are tried at each split", 0.33, 0, 1},
                        {.name = "thresholds",
                         .meaning = "of the features tried: the best of each, or one at random (extra trees)",
                         .usual = "best",
                         .words = {"best", "random"}},
                        {"bootstrap", "each tree has rows drawn with replacement (1), or all (0)", 1.0, 0, 1, true}}},
          learn_forest};
}

}  // namespace stardose::learning
