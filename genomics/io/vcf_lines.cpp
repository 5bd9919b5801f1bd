// Cutting text into lines, and reading the columns in front.
#include "genomics/io/vcf_lines.h"

#include <algorithm>
#include <charconv>

#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {

constexpr LineFault no_place = "not a variant record: no contig and position at its start";
constexpr LineFault no_ref = "not a variant record: it ends before its REF";

// Returns the column that begins at `at` and moves `at` behind its tab. Most columns in front are a few bytes long,
// for which a loop beats a call of memchr.
std::string_view next_column(const char*& at, const char* end) {
  const char* const begin = at;
  while (at < end && *at != '\t') ++at;
  const std::string_view column{begin, static_cast<std::size_t>(at - begin)};
  if (at < end) ++at;
  return column;
}

// The greatest of a field's numbers, whatever their signs.
std::int64_t greatest_of(std::string_view numbers) {
  std::int64_t greatest = 0;
  while (!numbers.empty()) {
    const std::size_t comma = std::min(numbers.find(','), numbers.size());
    std::string_view digits = numbers.substr(0, comma);
    if (digits.starts_with('-')) digits.remove_prefix(1);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    greatest = std::max(greatest, number);
    numbers.remove_prefix(std::min(comma + 1, numbers.size()));
  }
  return greatest;
}

// One past the last base that an INFO column speaks about: END, which counts from 1 to the last base, or a large
// variant's length behind the position's base. 0: it says neither.
std::int64_t end_of(std::string_view info, std::int64_t position) {
  constexpr std::int64_t no_contig_is_longer = std::int64_t{1} << 40;
  std::int64_t end = 0;
  while (!info.empty()) {
    const std::size_t semicolon = std::min(info.find(';'), info.size());
    const std::string_view field = info.substr(0, semicolon);
    if (field.starts_with("END=")) {
      std::int64_t said = 0;
      std::from_chars(field.data() + 4, field.data() + field.size(), said);
      end = std::max(end, said);
    } else if (field.starts_with("SVLEN=")) {
      end = std::max(end, position + 1 + std::min(greatest_of(field.substr(6)), no_contig_is_longer));
    }
    info.remove_prefix(std::min(semicolon + 1, info.size()));
  }
  return end;
}

// A loop, as contigs' names are shorter than a call of memcmp is worth.
bool repeats(std::string_view line, std::string_view contig) {
  if (line.size() <= contig.size() || line[contig.size()] != '\t') return false;
  std::size_t at = contig.size();
  while (at > 0 && line[at - 1] == contig[at - 1]) --at;
  return at == 0;
}

// Reads a column of digits alone, and its tab; -1: it is something else, or too large.
std::int64_t read_position(const char*& at, const char* end) {
  constexpr int digits = 18;
  const char* const begin = at;
  std::int64_t value = 0;
  for (; at < end && *at != '\t'; ++at) {
    if (*at < '0' || *at > '9' || at - begin == digits) return -1;
    value = 10 * value + (*at - '0');
  }
  if (at == begin) return -1;
  if (at < end) ++at;
  return value;
}

}  // namespace

LineFault read_line_start(std::string_view line, std::string_view contig_before, LineStart& start) {
  const char* at = line.data();
  const char* const end = at + line.size();
  start.same_contig = !contig_before.empty() && repeats(line, contig_before);
  if (start.same_contig) {
    start.contig = line.substr(0, contig_before.size());
    at += contig_before.size() + 1;
  } else {
    start.contig = next_column(at, end);
  }
  const std::int64_t from_one = read_position(at, end);
  if (start.contig.empty() || from_one < 0) return no_place;
  start.position = from_one - 1;
  next_column(at, end);  // ID
  const std::string_view ref = next_column(at, end);
  if (ref.empty()) return no_ref;
  start.end = start.position + static_cast<std::int64_t>(ref.size());
  const std::string_view alts = next_column(at, end);
  if (alts == "." || alts.find('<') != std::string_view::npos) {
    next_column(at, end);  // QUAL
    next_column(at, end);  // FILTER
    start.end = std::max(start.end, end_of(next_column(at, end), start.position));
  }
  return nullptr;
}

void refuse_cut_line(const std::string& path) {
  throw InputError{Fault::input,
                   {path, "", "the file is truncated: its last line has no end",
                    "the copy or the run that made it did not finish; make or fetch it again"}};
}

void VcfLines::enter_block() {
  block_offset_ = blocks_.offset();
  block_ = blocks_.rest();
  at_ = 0;
}

void VcfLines::leave_block() {
  blocks_.take(block_.size());
  enter_block();
}

void VcfLines::seek(std::uint64_t offset) {
  if (this->offset() == offset) return;
  blocks_.seek(offset);
  block_ = {};
  leave_block();
}

bool VcfLines::next_block(std::string_view& line) {
  pieces_.assign(block_.substr(at_));
  leave_block();
  bool any = !pieces_.empty();
  is_cut_ = true;
  while (!block_.empty() || blocks_.next()) {
    any = true;
    if (block_.empty()) enter_block();
    const std::size_t length = std::min(block_.find('\n'), block_.size());
    pieces_.append(block_.substr(0, length));
    if (is_long()) break;
    at_ = length + 1;
    is_cut_ = length == block_.size();
    if (!is_cut_) break;
    leave_block();
  }
  line = without_return(pieces_);
  return any;
}

}  // namespace stardose::genomics
