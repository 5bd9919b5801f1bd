// Trees as XGBoost writes them: a list for each property, a place for each node.
#include "learning/import/xgboost_trees.h"

#include <algorithm>
#include <cmath>

namespace stardose::learning {

namespace {

constexpr const char* damaged = "the file is damaged: write it again";

/// The lists of a tree that decide predictions and contributions.
struct NodeLists {
  std::vector<std::int64_t> left;
  std::vector<std::int64_t> right;
  std::vector<std::int64_t> feature;
  std::vector<std::int64_t> default_left;
  std::vector<std::int64_t> split_type;
  std::vector<float> condition;
  std::vector<float> hessian;
  std::vector<std::int32_t> set_of;  ///< place in Tree::category_sets; -1: none
};

NodeLists lists_of(const Field& tree) {
  constexpr Bounds child{-1, INT32_MAX};
  NodeLists lists{tree.at("left_children").integers(child),
                  tree.at("right_children").integers(child),
                  tree.at("split_indices").integers({0, INT32_MAX}),
                  tree.at("default_left").integers({0, 1}),
                  tree.at("split_type").integers({0, 1}),
                  tree.at("split_conditions").floats(),
                  tree.at("sum_hessian").floats(),
                  {}};
  const std::size_t nodes = lists.left.size();
  if (nodes == 0) tree.fail("has no nodes", damaged);
  const bool even = lists.right.size() == nodes && lists.feature.size() == nodes &&
                    lists.default_left.size() == nodes && lists.split_type.size() == nodes &&
                    lists.condition.size() == nodes && lists.hessian.size() == nodes;
  if (!even) tree.fail("has lists of different lengths", damaged);
  return lists;
}

/// Sets of categories: those of node categories_nodes[k] begin at categories_segments[k].
void read_categories(const Field& field, NodeLists& lists, Tree& tree) {
  lists.set_of.assign(lists.left.size(), -1);
  const auto categories = field.at("categories").integers({0, largest_category - 1});
  const auto nodes = field.at("categories_nodes").integers({0, static_cast<std::int64_t>(lists.left.size()) - 1});
  const auto segments = field.at("categories_segments").integers({0, static_cast<std::int64_t>(categories.size())});
  const auto sizes = field.at("categories_sizes").integers({0, static_cast<std::int64_t>(categories.size())});
  if (segments.size() != nodes.size() || sizes.size() != nodes.size()) field.fail("has uneven categories", damaged);
  std::int64_t listed = 0;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    std::int32_t& set_of = lists.set_of[static_cast<std::size_t>(nodes[k])];
    listed += sizes[k];
    if (set_of >= 0 || listed > static_cast<std::int64_t>(categories.size())) {
      field.fail("has categories that are listed twice", damaged);
    }
    if (segments[k] + sizes[k] > static_cast<std::int64_t>(categories.size())) {
      field.fail("has categories that are not listed", damaged);
    }
    const auto first = categories.begin() + segments[k];
    std::vector<std::int32_t> set{first, first + sizes[k]};
    std::ranges::sort(set);
    set.erase(std::unique(set.begin(), set.end()), set.end());
    set_of = static_cast<std::int32_t>(tree.category_sets.size());
    tree.category_sets.push_back(std::move(set));
  }
}

/// Copies nodes from the root on; what pruning has left behind is not reached.
class TreeCopier {
 public:
  TreeCopier(const Field& field, const NodeLists& lists, Tree& tree) : field_{field}, lists_{lists}, tree_{tree} {}

  void run() {
    std::vector<std::size_t> sources{0};
    std::vector<bool> seen(lists_.left.size());
    seen[0] = true;
    for (std::size_t k = 0; k < sources.size(); ++k) {
      tree_.nodes.push_back(node(sources[k]));
      if (tree_.nodes[k].is_leaf()) continue;
      const auto next = static_cast<std::int32_t>(sources.size());
      const bool turned = tree_.nodes[k].categories >= 0;
      tree_.nodes[k].left = turned ? next + 1 : next;
      tree_.nodes[k].right = turned ? next : next + 1;
      for (const std::int64_t child : {lists_.left[sources[k]], lists_.right[sources[k]]}) {
        const auto place = static_cast<std::size_t>(child);
        if (child < 0 || place >= seen.size() || seen[place]) {
          field_.fail("has a node with a wrong child: " + std::to_string(sources[k]), damaged);
        }
        seen[place] = true;
        sources.push_back(place);
      }
    }
  }

 private:
  TreeNode node(std::size_t source) const {
    TreeNode node;
    node.cover = static_cast<double>(lists_.hessian[source]);
    node.value = static_cast<double>(lists_.condition[source]);
    if (lists_.left[source] < 0) return node;
    node.left = 0;  // to be set
    node.feature = static_cast<std::int32_t>(lists_.feature[source]);
    node.missing_left = lists_.default_left[source] == 1;
    if (lists_.split_type[source] == 1) {
      // Categories of the set go right in XGBoost, and left here; the threshold is NaN and means nothing.
      node.categories = lists_.set_of[source];
      if (node.categories < 0) field_.fail("has a split without its categories", damaged);
      node.missing_left = !node.missing_left;
      node.value = 0;
    }
    return node;
  }

  const Field& field_;
  const NodeLists& lists_;
  Tree& tree_;
};

Tree read_tree(const Field& field) {
  field.only({"base_weights", "categories", "categories_nodes", "categories_segments", "categories_sizes",
              "default_left", "id", "left_children", "loss_changes", "parents", "right_children", "split_conditions",
              "split_indices", "split_type", "sum_hessian", "tree_param", "leaf_weights"});
  const std::string leaf_size = field.at("tree_param").at("size_leaf_vector").text();
  if ((leaf_size != "0" && leaf_size != "1") || field.find("leaf_weights")) {
    field.fail("has leaves with several numbers", "train with multi_strategy=one_output_per_tree");
  }
  NodeLists lists = lists_of(field);
  const auto nodes = parse_integer(field.at("tree_param").at("num_nodes").text());
  if (nodes != static_cast<std::int64_t>(lists.left.size())) field.fail("has another number of nodes", damaged);
  Tree tree;
  read_categories(field, lists, tree);
  TreeCopier{field, lists, tree}.run();
  return tree;
}

/// A dropped-out tree counts less.
void weigh_leaves(Tree& tree, float base, float weight) {
  for (TreeNode& node : tree.nodes) {
    if (!node.is_leaf()) continue;
    const auto leaf = static_cast<float>(node.value);
    node.value = static_cast<double>(((leaf + base) - base) * weight);
  }
}

void refuse_recoded_categories(const Field& model) {
  const auto categories = model.find("cats");
  if (categories && categories->at("enc").size() > 0) {
    categories->fail("has categories that training gave numbers", "train with categories that are numbers already");
  }
}

}  // namespace

XgboostTrees read_xgboost_trees(const Field& booster, const std::vector<float>& base, std::int64_t major_version) {
  const Field name = booster.at("name");
  const bool is_dart = name.text() == "dart";
  if (!is_dart && name.text() != "gbtree") {
    name.fail("a booster that is not known: " + name.text(), "gbtree, dart and gblinear are");
  }
  const Field model = (is_dart ? booster.at("gbtree") : booster).at("model");
  model.only({"gbtree_model_param", "tree_info", "trees", "iteration_indptr", "cats"});
  refuse_recoded_categories(model);
  const std::vector<Field> trees = model.at("trees").items();
  const auto outputs = model.at("tree_info").integers({0, static_cast<std::int64_t>(base.size()) - 1});
  const std::vector<float> weights =
      is_dart ? booster.at("weight_drop").floats() : std::vector<float>(trees.size(), 1.0F);
  if (outputs.size() != trees.size() || weights.size() != trees.size()) {
    model.fail("has lists of different lengths for its trees", damaged);
  }
  const Field parameters = model.at("gbtree_model_param");
  const auto count = parse_integer(parameters.at("num_trees").text());
  const auto parallel = parse_integer(parameters.at("num_parallel_tree").text());
  if (count != static_cast<std::int64_t>(trees.size())) parameters.fail("has another number of trees", damaged);

  XgboostTrees result;
  result.ensemble.precision = Precision::float32;
  result.ensemble.comparison = Comparison::less;
  for (const float margin : base) result.ensemble.base.push_back(static_cast<double>(margin));
  for (std::size_t k = 0; k < trees.size(); ++k) {
    Tree tree = read_tree(trees[k]);
    tree.output = static_cast<std::int32_t>(outputs[k]);
    // Before 2.0 a tree's prediction has the base score added and taken away again, with the rounding that this leaves.
    const float base_of_tree = major_version < 2 ? base[static_cast<std::size_t>(tree.output)] : 0;
    if (is_dart) weigh_leaves(tree, base_of_tree, weights[k]);
    result.ensemble.trees.push_back(std::move(tree));
  }
  result.rounds =
      trees.size() / base.size() / static_cast<std::size_t>(std::max<std::int64_t>(parallel.value_or(1), 1));
  return result;
}

}  // namespace stardose::learning
