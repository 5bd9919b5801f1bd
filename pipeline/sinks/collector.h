// A sink that keeps what it is given.
#pragma once

#include <utility>
#include <vector>

namespace stardose::pipeline {

template <class T>
class Collector {
 public:
  void put(T item) { items_.push_back(std::move(item)); }
  void close() {}

  [[nodiscard]] std::vector<T> take() { return std::move(items_); }

 private:
  std::vector<T> items_;
};

}  // namespace stardose::pipeline
