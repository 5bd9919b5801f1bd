// Trees as LightGBM writes them: splits and leaves apart, a child below zero being leaf ~child.
#include "learning/import/lightgbm_trees.h"

#include <algorithm>
#include <array>

namespace stardose::learning {

namespace {

constexpr std::array<std::string_view, 23> known_keys = {
    "num_leaves",      "num_cat",        "split_feature",  "split_gain",    "threshold",   "decision_type",
    "left_child",      "right_child",    "leaf_value",     "leaf_weight",   "leaf_count",  "internal_value",
    "internal_weight", "internal_count", "cat_boundaries", "cat_threshold", "shrinkage",   "is_linear",
    "leaf_const",      "num_features",   "leaf_features",  "leaf_coeff",    "leaf_parent",
};

/// decision_type: bit 0 categorical, bit 1 missing goes left, bits 2 and 3 what is missing.
constexpr std::int64_t is_categorical = 1;
constexpr std::int64_t goes_left = 2;

class TreeReader {
 public:
  explicit TreeReader(Lines& lines) : lines_{lines} {
    if (!lines.next()) lines.fail("the file ends within a tree");
    properties_ = read_properties(lines, known_keys);
  }

  Tree run() {
    if (properties_.contains("is_linear") && properties_["is_linear"] != "0") {
      lines_.fail("a tree with linear leaves, which are not read: train with linear_tree=false");
    }
    leaves_ = static_cast<std::size_t>(lines_.integer(of("num_leaves"), {1, 1 << 24}));
    splits_ = leaves_ - 1;
    values_ = numbers("leaf_value", leaves_);
    leaf_counts_ = counts("leaf_count", leaves_);
    if (splits_ == 0) return {0, {TreeNode{.value = values_[0]}}, {}};
    read_splits();
    read_categories();
    copy_nodes();
    return std::move(tree_);
  }

 private:
  std::string_view of(std::string_view key) const { return property(lines_, properties_, key); }

  template <class Number>
  std::vector<Number> checked(std::string_view key, std::vector<Number> numbers, std::size_t size) const {
    if (numbers.size() != size) {
      lines_.fail(std::string{key} + " has " + std::to_string(numbers.size()) + " numbers, not " +
                  std::to_string(size));
    }
    return numbers;
  }
  std::vector<double> numbers(std::string_view key, std::size_t size) const {
    return checked(key, lines_.numbers(of(key)), size);
  }
  std::vector<std::int64_t> integers(std::string_view key, std::size_t size, Bounds bounds) const {
    return checked(key, lines_.integers(of(key), bounds), size);
  }
  /// Older files leave counts out.
  std::vector<std::int64_t> counts(std::string_view key, std::size_t size) const {
    if (properties_.contains(key)) return integers(key, size, {0, INT32_MAX});
    std::vector<std::int64_t> none(size);
    return none;
  }

  void read_splits() {
    const auto children = Bounds{-static_cast<std::int64_t>(leaves_), static_cast<std::int64_t>(splits_) - 1};
    left_ = integers("left_child", splits_, children);
    right_ = integers("right_child", splits_, children);
    features_ = integers("split_feature", splits_, {0, INT32_MAX});
    decisions_ = integers("decision_type", splits_, {0, 11});
    thresholds_ = numbers("threshold", splits_);
    split_counts_ = counts("internal_count", splits_);
  }

  /// Bits of words of 32: set k has the words from boundary k to the next.
  void read_categories() {
    const auto sets = static_cast<std::size_t>(lines_.integer(of("num_cat"), {0, 1 << 24}));
    if (sets == 0) return;
    const auto boundaries = integers("cat_boundaries", sets + 1, {0, INT32_MAX});
    if (!std::ranges::is_sorted(boundaries)) lines_.fail("cat_boundaries are not ascending");
    const auto words = integers("cat_threshold", static_cast<std::size_t>(boundaries.back()), {0, UINT32_MAX});
    for (std::size_t k = 0; k < sets; ++k) {
      std::vector<std::int32_t> set;
      if (boundaries[k + 1] - boundaries[k] > largest_category / 32) lines_.fail("cat_boundaries are too far apart");
      for (std::int64_t word = boundaries[k]; word < boundaries[k + 1]; ++word) {
        for (int bit = 0; bit < 32; ++bit) {
          if ((words[static_cast<std::size_t>(word)] >> bit & 1) == 0) continue;
          set.push_back(static_cast<std::int32_t>((word - boundaries[k]) * 32 + bit));
        }
      }
      tree_.category_sets.push_back(std::move(set));
    }
  }

  TreeNode split(std::size_t k) const {
    TreeNode node;
    node.cover = static_cast<double>(split_counts_[k]);
    node.feature = static_cast<std::int32_t>(features_[k]);
    node.left = 0;  // to be set
    if ((decisions_[k] & is_categorical) != 0) {
      // The threshold is the number of the set. What is missing is in no set and goes right.
      const bool is_listed = thresholds_[k] >= 0 && thresholds_[k] < static_cast<double>(tree_.category_sets.size());
      if (!is_listed) lines_.fail("a split has categories that are not listed");
      node.categories = static_cast<std::int32_t>(thresholds_[k]);
      return node;
    }
    constexpr std::array rules = {MissingRule::nan_is_zero, MissingRule::zero_is_missing, MissingRule::nan_is_missing};
    node.missing = rules.at(static_cast<std::size_t>(decisions_[k] >> 2));
    node.missing_left = node.missing != MissingRule::nan_is_zero && (decisions_[k] & goes_left) != 0;
    node.value = thresholds_[k];
    return node;
  }

  void copy_nodes() {
    std::vector<std::int64_t> sources{0};
    std::vector<bool> seen(splits_ + leaves_);
    seen[0] = true;
    for (std::size_t k = 0; k < sources.size(); ++k) {
      if (sources[k] < 0) {
        const auto leaf = static_cast<std::size_t>(~sources[k]);
        tree_.nodes.push_back({.value = values_[leaf], .cover = static_cast<double>(leaf_counts_[leaf])});
        continue;
      }
      const auto source = static_cast<std::size_t>(sources[k]);
      tree_.nodes.push_back(split(source));
      tree_.nodes[k].left = static_cast<std::int32_t>(sources.size());
      tree_.nodes[k].right = static_cast<std::int32_t>(sources.size() + 1);
      for (const std::int64_t child : {left_[source], right_[source]}) {
        const std::size_t place =
            child < 0 ? splits_ + static_cast<std::size_t>(~child) : static_cast<std::size_t>(child);
        if (seen[place]) lines_.fail("a node is the child of two");
        seen[place] = true;
        sources.push_back(child);
      }
    }
    if (sources.size() != splits_ + leaves_) lines_.fail("a node is nobody's child");
  }

  Lines& lines_;
  Properties properties_;
  std::size_t leaves_ = 0;
  std::size_t splits_ = 0;
  std::vector<double> values_;
  std::vector<double> thresholds_;
  std::vector<std::int64_t> left_, right_, features_, decisions_, leaf_counts_, split_counts_;
  Tree tree_;
};

}  // namespace

Properties read_properties(Lines& lines, std::span<const std::string_view> known) {
  Properties properties;
  do {
    const std::string_view line = lines.line();
    if (line.empty()) break;
    const std::size_t equals = line.find('=');
    const std::string_view key = line.substr(0, equals);
    if (std::ranges::find(known, key) == known.end()) lines.fail("a key that is not known: " + std::string{key});
    const std::string_view value = equals == std::string_view::npos ? std::string_view{} : line.substr(equals + 1);
    if (!properties.try_emplace(key, value).second) lines.fail("a key is there twice: " + std::string{key});
  } while (lines.next());
  return properties;
}

std::string_view property(const Lines& lines, const Properties& properties, std::string_view key) {
  const auto found = properties.find(key);
  if (found == properties.end()) lines.fail("the lines before lack " + std::string{key});
  return found->second;
}

Tree read_lightgbm_tree(Lines& lines) { return TreeReader{lines}.run(); }

}  // namespace stardose::learning
