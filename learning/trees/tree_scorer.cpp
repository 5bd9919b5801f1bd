// Blocks of rows through trees.
#include "learning/trees/tree_scorer.h"

#include <algorithm>
#include <array>

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

// A row waits for its loads at every level; the others of the group fill the time.
constexpr std::size_t rows_at_once = 8;
// Fewer rows than this are not worth whole vectors.
constexpr std::size_t rows_for_vectors = 4;

template <class Value>
void follow_full(const CompiledTrees<Value>& trees, const typename CompiledTrees<Value>::Entry& tree,
                 const Value* block, Value* sums, std::size_t count) {
  const Value* thresholds = trees.thresholds.data() + tree.first_split;
  const std::uint32_t* offsets = trees.offsets.data() + tree.first_split;
  const std::size_t splits = (std::size_t{1} << tree.depth) - 1;
  const Value* leaves = trees.leaves.data() + tree.first_leaf;
  for (std::size_t first = 0; first < count; first += rows_at_once) {
    const std::size_t rows = std::min(rows_at_once, count - first);
    std::array<std::size_t, rows_at_once> place{};
    for (int level = 0; level < tree.depth; ++level) {
      for (std::size_t k = 0; k < rows; ++k) {
        const bool goes_left = block[offsets[place[k]] + first + k] < thresholds[place[k]];
        place[k] = 2 * place[k] + (goes_left ? 1 : 2);
      }
    }
    for (std::size_t k = 0; k < rows; ++k) sums[first + k] += leaves[place[k] - splits];
  }
}

template <class Value>
void follow_sparse(const CompiledTrees<Value>& trees, const typename CompiledTrees<Value>::Entry& tree,
                   const Value* block, Value* sums, std::size_t count) {
  const Value* thresholds = trees.thresholds.data() + tree.first_split;
  const std::uint32_t* offsets = trees.offsets.data() + tree.first_split;
  const std::uint32_t* left = trees.left.data() + tree.first_split;
  const Value* leaves = trees.leaves.data() + tree.first_leaf;
  for (std::size_t first = 0; first < count; first += rows_at_once) {
    const std::size_t rows = std::min(rows_at_once, count - first);
    std::array<std::uint32_t, rows_at_once> place{};
    for (bool moved = tree.depth > 0; moved;) {
      moved = false;
      for (std::size_t k = 0; k < rows; ++k) {
        const std::uint32_t at = place[k];
        const bool goes_left = block[offsets[at] + first + k] < thresholds[at];
        place[k] = left[at] + (goes_left ? 0U : 1U);
        moved = moved || place[k] != at;
      }
    }
    for (std::size_t k = 0; k < rows; ++k) sums[first + k] += leaves[place[k]];
  }
}

template <class Value>
TreeEngine<Value> engine_of(const TreeEnsemble& ensemble, TreeWay way) {
  return {compile<Value>(ensemble), way == TreeWay::fastest ? full_tree_kernel_avx2<Value>() : nullptr};
}

}  // namespace

TreeScorer::TreeScorer(const TreeEnsemble& ensemble, TreeWay way)
    : base_{ensemble.base}, divisors_(ensemble.base.size(), 1), engine_{TreeEngine<double>{}} {
  if (ensemble.average) {
    std::ranges::fill(divisors_, 0);
    for (const Tree& tree : ensemble.trees) ++divisors_[static_cast<std::size_t>(tree.output)];
  }
  if (ensemble.precision == Precision::float32) {
    engine_ = engine_of<float>(ensemble, way);
  } else {
    engine_ = engine_of<double>(ensemble, way);
  }
}

template <class Value>
void TreeScorer::margins_of(const TreeEngine<Value>& engine, const Rows& rows, std::span<double> margins) const {
  std::vector<Value> block(engine.trees.columns.count() * block_rows);
  std::vector<Value> sums(outputs() * block_rows);
  for (std::size_t first = 0; first < rows.count(); first += block_rows) {
    const std::size_t count = std::min(block_rows, rows.count() - first);
    engine.trees.columns.template fill<Value>(rows.block(first, count), block, block_rows);
    for (std::size_t k = 0; k < outputs(); ++k) {
      std::fill_n(sums.data() + k * block_rows, block_rows, static_cast<Value>(base_[k]));
    }
    FullTreeKernel<Value> full = &follow_full<Value>;
    if (engine.kernel != nullptr && count >= rows_for_vectors) full = engine.kernel;
    for (const auto& tree : engine.trees.entries) {
      Value* const sum = sums.data() + static_cast<std::size_t>(tree.output) * block_rows;
      if (tree.is_full) {
        full(engine.trees, tree, block.data(), sum, count);
      } else {
        follow_sparse(engine.trees, tree, block.data(), sum, count);
      }
    }
    for (std::size_t row = 0; row < count; ++row) {
      for (std::size_t k = 0; k < outputs(); ++k) {
        margins[(first + row) * outputs() + k] =
            static_cast<double>(sums[k * block_rows + row] / static_cast<Value>(divisors_[k]));
      }
    }
  }
}

void TreeScorer::margins(const Rows& rows, std::span<double> margins) const {
  STARDOSE_EXPECT(margins.size() == rows.count() * outputs());
  std::visit([&](const auto& engine) { margins_of(engine, rows, margins); }, engine_);
}

}  // namespace stardose::learning
