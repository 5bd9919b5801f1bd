// Trees laid out for speed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "learning/trees/tree_columns.h"

namespace stardose::learning {

/// Rows that go through a tree together; a column of a block has so many values.
inline constexpr std::size_t block_rows = 64;
/// Trees no deeper than this may be full ones.
inline constexpr int deepest_full_tree = 7;

/// A tree is either full or sparse. A full one has 2^depth - 1 splits in heap order (the children of k are 2k+1 and
/// 2k+2; leaves that stand higher are continued by splits that send everything left), so that all its splits can be
/// decided without following any of them. A sparse one has nodes with the place of the left child, the right one
/// behind it; a leaf is its own left child.
template <class Value>
struct CompiledTrees {
  struct Entry {
    std::int32_t output = 0;
    std::int32_t depth = 0;
    bool is_full = true;
    std::size_t first_split = 0;  ///< into thresholds, offsets and left
    std::size_t first_leaf = 0;   ///< into leaves
  };
  std::vector<Entry> entries;  ///< in the order of the trees
  std::vector<Value> thresholds;
  std::vector<std::uint32_t> offsets;  ///< column * block_rows
  std::vector<std::uint32_t> left;     ///< of sparse trees; counted from first_split
  std::vector<Value> leaves;           ///< of a sparse tree a value for every node
  TreeColumns columns;
};

template <class Value>
[[nodiscard]] CompiledTrees<Value> compile(const TreeEnsemble& ensemble);

/// Adds a full tree's leaves to `count` sums; column c of the block begins at block + c * block_rows.
template <class Value>
using FullTreeKernel = void (*)(const CompiledTrees<Value>& trees, const typename CompiledTrees<Value>::Entry& tree,
                                const Value* block, Value* sums, std::size_t count);

/// Returns a kernel that decides all splits of eight rows (four doubles) at a time, or nullptr where the processor has
/// no AVX2. It rounds `count` up to whole vectors.
template <class Value>
[[nodiscard]] FullTreeKernel<Value> full_tree_kernel_avx2();

}  // namespace stardose::learning
