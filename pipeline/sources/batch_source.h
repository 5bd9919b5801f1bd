// Numbers 0, 1, 2 ... as items, or ranges of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

namespace stardose::pipeline {

/// A half-open range of numbers.
struct Batch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Yields [0, total) in batches of `size`, the last one perhaps shorter.
class BatchSource {
 public:
  using Item = Batch;

  BatchSource(std::size_t total, std::size_t size) : total_{total}, size_{size} {}

  std::optional<Batch> next() {
    if (at_ == total_) return std::nullopt;
    const Batch batch{at_, std::min(total_, at_ + size_)};
    at_ = batch.end;
    return batch;
  }

 private:
  std::size_t total_;
  std::size_t size_;
  std::size_t at_ = 0;
};

}  // namespace stardose::pipeline
