// Which part of a run's samples is to be done.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace stardose::pipeline {

/// The i-th of n parts of a list. Parts are stretches, in order and as even as can be: of N things the i-th part is
/// those from N * (i - 1) / n to N * i / n.
struct ShardChoice {
  std::size_t number = 1;  ///< from 1
  std::size_t count = 1;
  bool is_asked = false;

  [[nodiscard]] std::pair<std::size_t, std::size_t> range(std::size_t things) const {
    return {things * (number - 1) / count, things * number / count};
  }
};

/// Reads `i/n`; empty: all. Throws InputError (usage).
[[nodiscard]] ShardChoice parse_shard(const std::string& text);

}  // namespace stardose::pipeline
