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

bool is_fine_after(Blocks& here, AfterChunks after) {
  constexpr std::size_t enough = 8;  // the length of a record and its contig's number
  const std::string bytes = here.copy(enough);
  if (after == AfterChunks::nothing) return bytes.find_first_not_of('\n') == std::string::npos;
  if (bytes.empty()) return true;
  constexpr std::uint32_t no_contig = 0xFFFFFFFF;
  return bytes.size() == enough && little_u32(reinterpret_cast<const std::uint8_t*>(bytes.data()) + 4) == no_contig;
}

/// Whether each chunk begins behind the one before and with a record of its bin, as far as can be told without looking:
/// of two that follow on each other the second one's bin must reach behind where the first one's begins.
bool are_in_order(std::span<const BinChunk> chunks) {
  std::int64_t reached = 0;
  for (const BinChunk& chunk : chunks) {
    if (chunk.last <= reached) return false;
    reached = std::max(reached, chunk.first);
  }
  return true;
}

bool begins_in_bin(Blocks& here, int contig, const BinChunk& chunk, const ReadStart& read_start) {
  (void)go_to(here, chunk.begin);
  const auto start = read_start(here);
  return start && start->contig == contig && start->position >= chunk.first && start->position < chunk.last;
}

/// How many chunks there are up to the last one whose bin ends before a position.
std::size_t passed_before(std::span<const BinChunk> chunks, std::int64_t position) {
  const auto last =
      std::find_if(chunks.rbegin(), chunks.rend(), [&](const auto& each) { return each.last <= position; });
  return static_cast<std::size_t>(chunks.rend() - last);
}

/// Contigs that have chunks, as they come in the file.
std::vector<int> in_file_order(const BinIndex& index) {
  std::vector<int> contigs;
  for (int contig = 0; contig < index.contigs(); ++contig) {
    if (!index.chunks(contig).empty()) contigs.push_back(contig);
  }
  std::ranges::sort(contigs, {}, [&](int contig) { return index.chunks(contig).front().begin; });
  return contigs;
}

const char* find_fault(Blocks& here, const BinIndex& index, AfterChunks after, const ReadStart& read_start) {
  constexpr std::size_t few = 64;
  std::uint64_t end = here.offset();
  bool is_first = true;
  for (const int contig : in_file_order(index)) {
    const std::span<const BinChunk> chunks = index.chunks(contig);
    if (!are_in_order(chunks)) return "its bins are in another order than the records";
    for (const BinChunk& chunk : chunks) {
      const bool may_gap = is_first ? chunk.begin != end : chunk.begin > end;
      if (may_gap && go_to(here, chunk.begin) != go_to(here, end)) {
        return is_first ? "it does not begin where the records do" : "it leaves out a part of the records";
      }
      if (index.chunks().size() <= few && !begins_in_bin(here, contig, chunk, read_start)) {
        return "it names places where other records are";
      }
      is_first = false;
      end = std::max(end, chunk.end);
    }
  }
  if (!here.reaches(end)) return "it ends behind the end of the file";
  (void)go_to(here, end);
  return is_fine_after(here, after) ? nullptr : "it ends before the records do";
}

}  // namespace

const char* fault_in_index(Blocks& here, const BinIndex& index, AfterChunks after, const ReadStart& start) {
  const std::uint64_t begin = here.offset();
  const char* fault = nullptr;
  try {
    fault = find_fault(here, index, after, start);
  } catch (const InputError&) {
    fault = "it names places where no block begins";
  }
  here.seek_anew(begin);
  return fault;
}

// Chunks whose bins end before the stretch, and those whose bins begin behind it, lie on the two sides of all others.
std::vector<Span> all_of_stretch(std::span<const BinChunk> chunks, std::int64_t begin, std::int64_t end,
                                 std::vector<Span> named) {
  chunks = chunks.subspan(passed_before(chunks, begin));
  const auto behind = std::ranges::find_if(chunks, [end](const BinChunk& chunk) { return chunk.first >= end; });
  chunks = chunks.first(static_cast<std::size_t>(behind - chunks.begin()));
  if (chunks.empty()) return named;
  const Span inside{chunks.front().begin, std::ranges::max(chunks, {}, &BinChunk::end).end, false};
  std::erase_if(named, [&](const Span& span) { return span.begin >= inside.begin; });
  if (!named.empty()) named.back().end = std::min(named.back().end, inside.begin);
  named.push_back(inside);
  return named;
}

// If the last chunk that is passed over begins where it should, so does all before it lie before the stretch; and
// reading shows where the stretch ends.
std::optional<std::vector<Span>> CheckedStretches::spans(Blocks& here, int contig, std::int64_t begin,
                                                         std::int64_t end) {
  const std::span<const BinChunk> chunks = index_->chunks(contig);
  const std::size_t passed = passed_before(chunks, begin);
  const auto behind = std::ranges::find_if(chunks, [end](const BinChunk& chunk) { return chunk.first >= end; });
  if (passed > 0 && !is_right(here, contig, chunks[passed - 1])) return std::nullopt;
  if (behind != chunks.end() && !is_right(here, contig, *behind)) return std::nullopt;
  return all_of_stretch(chunks, begin, end, index_->overlapping(contig, begin, end));
}

bool CheckedStretches::is_right(Blocks& here, int contig, const BinChunk& chunk) {
  if (seen_.contains(chunk.begin)) return true;
  if (!begins_in_bin(here, contig, chunk, start_)) return false;
  seen_.insert(chunk.begin);
  return true;
}

}  // namespace stardose::genomics
