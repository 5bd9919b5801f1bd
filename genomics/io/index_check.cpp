// Chunks of a sorted file touch: a record lies in one bin, and a chunk ends where the next record begins (SAM
// specification 1.6, section 5).
#include "genomics/io/index_check.h"

#include <algorithm>

#include "genomics/input_error.h"
#include "genomics/io/little_endian.h"

namespace stardose::genomics {

namespace {

/// Goes to an offset and, where a block ends there, on to the next one: the end of one is the beginning of the other.
/// Returns where that is.
std::uint64_t go_to(Blocks& here, std::uint64_t offset) {
  here.seek(offset);
  if (here.rest().empty()) (void)here.next();
  return here.offset();
}

/// Returns up to `count` bytes from here on.
std::string bytes_from(Blocks& here, std::size_t count) {
  std::string bytes;
  while (bytes.size() < count && (!here.rest().empty() || here.next())) {
    const std::size_t step = std::min(count - bytes.size(), here.rest().size());
    bytes += here.rest().substr(0, step);
    here.take(step);
  }
  return bytes;
}

bool is_fine_after(Blocks& here, AfterChunks after) {
  constexpr std::size_t enough = 8;  // the length of a record and its contig's number
  const std::string bytes = bytes_from(here, enough);
  if (after == AfterChunks::nothing) return bytes.find_first_not_of('\n') == std::string::npos;
  if (bytes.empty()) return true;
  constexpr std::uint32_t no_contig = 0xFFFFFFFF;
  return bytes.size() == enough && little_u32(reinterpret_cast<const std::uint8_t*>(bytes.data()) + 4) == no_contig;
}

const char* find_fault(Blocks& here, const std::vector<Span>& chunks, AfterChunks after) {
  std::uint64_t end = here.offset();
  const std::uint64_t first = chunks.empty() ? end : chunks.front().begin;
  if (first != end && go_to(here, first) != go_to(here, end)) return "it does not begin where the records do";
  for (const Span& chunk : chunks) {
    if (chunk.begin > end && go_to(here, chunk.begin) != go_to(here, end)) return "it leaves out a part of the records";
    end = std::max(end, chunk.end);
  }
  (void)go_to(here, end);
  return is_fine_after(here, after) ? nullptr : "it ends before the records do";
}

}  // namespace

const char* fault_in_chunks(Blocks& here, std::vector<Span> chunks, AfterChunks after) {
  const std::uint64_t begin = here.offset();
  std::ranges::sort(chunks, {}, &Span::begin);
  const char* fault = nullptr;
  try {
    fault = find_fault(here, chunks, after);
  } catch (const InputError&) {
    fault = "it names places where no block begins";
  }
  here.seek_anew(begin);
  return fault;
}

}  // namespace stardose::genomics
