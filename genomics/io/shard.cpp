// Choosing what to read of a file, and dealing it out.
#include "genomics/io/shard.h"

#include <algorithm>

namespace stardose::genomics {

namespace {

// A jump unpacks a part of a block in vain and fills the read buffer anew (benchmarks/README.md).
constexpr std::uint64_t jump_bytes = 16 << 10;

std::uint64_t byte_of(std::uint64_t offset) { return offset >> 16; }

// Bytes between a span's first block and its last.
std::uint64_t stretch(const Span& span, std::uint64_t file_size) {
  return std::min(byte_of(span.end), file_size) - std::min(byte_of(span.begin), file_size);
}

}  // namespace

std::uint64_t compressed_bytes(const Span& span, std::uint64_t file_size) {
  const std::uint64_t begin = std::min(byte_of(span.begin), file_size);
  if (span.end == Span::to_end) return file_size - begin;
  // the last block is read too when the span ends inside of it; how long it is the index does not say
  const std::uint64_t last_block = (span.end & 0xFFFF) != 0 ? jump_bytes : 0;
  return std::min(byte_of(span.end) + last_block, file_size) - begin;
}

std::vector<Span> join_spans(std::vector<Span> spans) {
  std::ranges::sort(spans, {}, &Span::begin);
  std::vector<Span> joined;
  for (const Span& span : spans) {
    if (span.begin >= span.end) continue;
    if (!joined.empty() && byte_of(span.begin) <= byte_of(joined.back().end) + jump_bytes) {
      joined.back().end = std::max(joined.back().end, span.end);
    } else {
      joined.push_back(span);
    }
  }
  return joined;
}

bool jumping_pays(const std::vector<Span>& spans, const Span& stream, std::uint64_t file_size) {
  std::uint64_t cost = spans.empty() ? 0 : (spans.size() - 1) * jump_bytes;
  for (const Span& span : spans) cost += compressed_bytes(span, file_size);
  return cost <= compressed_bytes(stream, file_size);
}

std::vector<Shard> deal_out(const std::vector<Span>& spans, std::uint64_t file_size, const Cutting& cutting,
                            const FindRecord& find_record) {
  std::uint64_t left = 0;
  for (const Span& span : spans) left += stretch(span, file_size);
  const std::uint64_t most = std::max<std::uint64_t>(1, left / std::max<std::uint64_t>(1, cutting.least_bytes));
  std::uint64_t shards_left = std::min<std::uint64_t>(std::max<std::size_t>(1, cutting.shards), most);
  std::vector<Shard> shards(1);
  std::uint64_t room = left / shards_left;
  const auto open_next = [&] {
    --shards_left;
    room = left / shards_left;
    shards.emplace_back();
  };
  for (Span rest : spans) {
    while (shards_left > 1 && stretch(rest, file_size) > room) {
      const auto at = find_record(byte_of(rest.begin) + room);
      if (!at || *at <= rest.begin || *at >= rest.end) break;
      const Span head{rest.begin, *at, rest.is_cut};
      shards.back().spans.push_back(head);
      left -= std::min(left, stretch(head, file_size));
      rest = {*at, rest.end, true};
      open_next();
    }
    const std::uint64_t size = stretch(rest, file_size);
    shards.back().spans.push_back(rest);
    left -= std::min(left, size);
    room -= std::min(room, size);
    if (room == 0 && shards_left > 1 && left > 0) open_next();
  }
  return shards;
}

}  // namespace stardose::genomics
