// Full trees on vectors: every split is decided for all rows of a vector, then leaves are chosen pair by pair from the
// bottom up. No step waits for another, so this is faster than following one path at a time although it does ten times
// the work (benchmarks/README.md).
#include <array>
#include <utility>

#include "learning/trees/compiled_trees.h"

#if defined(__x86_64__)
#define STARDOSE_AVX2 [[gnu::target("avx2")]]
#define STARDOSE_AVX2_INLINE [[gnu::target("avx2"), gnu::always_inline]] inline
#endif

namespace stardose::learning {

#if defined(__x86_64__)

namespace {

template <class Value>
struct VectorOf;
template <>
struct VectorOf<float> {
  using Type [[gnu::vector_size(32)]] = float;
};
template <>
struct VectorOf<double> {
  using Type [[gnu::vector_size(32)]] = double;
};

template <class Value>
struct FullTree {
  const Value* thresholds;
  const std::uint32_t* offsets;
  const Value* leaves;
};

/// Two vectors at a time: a threshold or a leaf is spread out once for both.
template <class Value>
struct Pair {
  typename VectorOf<Value>::Type first;
  typename VectorOf<Value>::Type second;
};

/// Unaligned: blocks lie where they lie.
template <class Value>
STARDOSE_AVX2_INLINE void load(const Value* from, Pair<Value>& pair) {
  __builtin_memcpy(&pair.first, from, 32);
  __builtin_memcpy(&pair.second, from + 32 / sizeof(Value), 32);
}

// What is declared without a value is filled by the next call, and setting it to 0 first would take time.
// NOLINTBEGIN(cppcoreguidelines-pro-type-member-init)

/// The value that each row comes to below split `Place`, which has `Height` levels below it.
template <class Value, int Height, std::size_t Place, std::size_t Splits>
STARDOSE_AVX2_INLINE void leaves_below(const FullTree<Value>& tree, const Value* block, Pair<Value>& result) {
  using Vector = typename VectorOf<Value>::Type;
  if constexpr (Height == 0) {
    const Vector leaf = Vector{} + tree.leaves[Place - Splits];
    result = {leaf, leaf};
  } else {
    Pair<Value> left;
    Pair<Value> right;
    leaves_below<Value, Height - 1, 2 * Place + 1, Splits>(tree, block, left);
    leaves_below<Value, Height - 1, 2 * Place + 2, Splits>(tree, block, right);
    const Vector threshold = Vector{} + tree.thresholds[Place];
    Pair<Value> values;
    load(block + tree.offsets[Place], values);
    result.first = values.first < threshold ? left.first : right.first;
    result.second = values.second < threshold ? left.second : right.second;
  }
}

template <class Value, int Depth>
STARDOSE_AVX2 void add_leaves(const CompiledTrees<Value>& trees, const typename CompiledTrees<Value>::Entry& entry,
                              const Value* block, Value* sums, std::size_t count) {
  constexpr std::size_t lanes = 32 / sizeof(Value);
  constexpr std::size_t splits = (std::size_t{1} << Depth) - 1;
  const FullTree<Value> tree{trees.thresholds.data() + entry.first_split, trees.offsets.data() + entry.first_split,
                             trees.leaves.data() + entry.first_leaf};
  for (std::size_t k = 0; k < count; k += 2 * lanes) {
    Pair<Value> result;
    leaves_below<Value, Depth, 0, splits>(tree, block + k, result);
    Pair<Value> sum;
    load(sums + k, sum);
    sum.first += result.first;
    sum.second += result.second;
    __builtin_memcpy(sums + k, &sum.first, 32);
    __builtin_memcpy(sums + k + lanes, &sum.second, 32);
  }
}

// NOLINTEND(cppcoreguidelines-pro-type-member-init)

template <class Value, std::size_t... Depths>
constexpr auto kernels(std::index_sequence<Depths...> /*depths*/) {
  return std::array<FullTreeKernel<Value>, sizeof...(Depths)>{&add_leaves<Value, static_cast<int>(Depths)>...};
}

template <class Value>
void add_leaves_of_any_depth(const CompiledTrees<Value>& trees, const typename CompiledTrees<Value>::Entry& entry,
                             const Value* block, Value* sums, std::size_t count) {
  static constexpr auto by_depth = kernels<Value>(std::make_index_sequence<deepest_full_tree + 1>{});
  by_depth[static_cast<std::size_t>(entry.depth)](trees, entry, block, sums, count);
}

}  // namespace

template <class Value>
FullTreeKernel<Value> full_tree_kernel_avx2() {
  return __builtin_cpu_supports("avx2") ? &add_leaves_of_any_depth<Value> : nullptr;
}

#else

template <class Value>
FullTreeKernel<Value> full_tree_kernel_avx2() {
  return nullptr;
}

#endif

template FullTreeKernel<float> full_tree_kernel_avx2<float>();
template FullTreeKernel<double> full_tree_kernel_avx2<double>();

}  // namespace stardose::learning
