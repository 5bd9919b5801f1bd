// Parts of a variant file that are read by themselves.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace stardose::genomics {

/// A stretch of a file as BGZF virtual offsets, half-open, from one record's beginning to another's. Other files have
/// one span, from 0 to their end.
struct Span {
  static constexpr std::uint64_t to_end = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t begin = 0;
  std::uint64_t end = to_end;
  /// true: where a record begins was guessed. Reading what stands before must arrive there exactly.
  bool is_cut = false;
};

/// Spans in file order, for one reader.
struct Shard {
  std::vector<Span> spans;
};

/// Into how many shards a file is cut at the most, and how few compressed bytes are worth one.
struct Cutting {
  std::size_t shards = 1;
  std::uint64_t least_bytes = 1 << 20;
};

/// Returns how many compressed bytes reading a span takes, in a file of `file_size` bytes.
[[nodiscard]] std::uint64_t compressed_bytes(const Span& span, std::uint64_t file_size);

/// Sorts spans and joins those that overlap or are so close that reading on is cheaper than jumping.
[[nodiscard]] std::vector<Span> join_spans(std::vector<Span> spans);

/// Returns whether jumping to these spans takes less work than reading `stream` from end to end.
[[nodiscard]] bool jumping_pays(const std::vector<Span>& spans, const Span& stream, std::uint64_t file_size);

/// Finds where a record begins, at or soon after a byte of the file; nullopt: nowhere near.
using FindRecord = std::function<std::optional<std::uint64_t>(std::uint64_t byte)>;

/// Deals spans out to shards of about equal compressed size, cutting long ones where `find_record` says.
[[nodiscard]] std::vector<Shard> deal_out(const std::vector<Span>& spans, std::uint64_t file_size,
                                          const Cutting& cutting, const FindRecord& find_record);

}  // namespace stardose::genomics
