// One part of a variant file to what it says about the sites.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "genomics/io/cohort_reader.h"

namespace stardose::pipeline {

/// Yields parts of files. A pointer each: GCC 12 takes larger things in std::optional for uninitialized (bug 80635).
struct ShardSource {
  using Item = std::unique_ptr<genomics::CohortShard>;

  genomics::CohortReader& reader;
  std::optional<genomics::CohortShard> first = std::nullopt;  ///< was taken from the reader before

  std::optional<Item> next() {
    auto shard = first ? std::exchange(first, std::nullopt) : reader.next();
    if (!shard) return std::nullopt;
    return std::make_unique<genomics::CohortShard>(*std::move(shard));
  }
};

struct ReadShard {
  static constexpr std::string_view name = "read shard";

  const genomics::CohortReader& reader;

  genomics::ShardFindings operator()(ShardSource::Item shard) const { return reader.read(std::move(*shard)); }
};

/// Joins what the shards say, in the order of the files.
struct JoinShards {
  genomics::CohortReader& reader;

  void put(genomics::ShardFindings findings) { reader.add(std::move(findings)); }
  void close() {}
};

}  // namespace stardose::pipeline
