// Cutting text into lines, and reading the columns in front.
#include "genomics/io/vcf_lines.h"

#include <algorithm>
#include <charconv>
#include <cstring>

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

// The value of END in an INFO column, which counts from 1 to the last base and so is the 0-based end; 0: none.
std::int64_t end_of(std::string_view info) {
  while (!info.empty()) {
    const std::size_t semicolon = std::min(info.find(';'), info.size());
    const std::string_view field = info.substr(0, semicolon);
    std::int64_t end = 0;
    if (field.starts_with("END=")) {
      std::from_chars(field.data() + 4, field.data() + field.size(), end);
      return end;
    }
    info.remove_prefix(std::min(semicolon + 1, info.size()));
  }
  return 0;
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

std::string_view without_return(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

LineFault read_line_start(std::string_view line, std::string_view contig_before, LineStart& start) {
  const char* at = line.data();
  const char* const end = at + line.size();
  if (!contig_before.empty() && repeats(line, contig_before)) {
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
    start.end = std::max(start.end, end_of(next_column(at, end)));
  }
  return nullptr;
}

std::string_view VcfLines::join_pieces() {
  pieces_.clear();
  while (true) {
    const std::string_view bytes = blocks_.rest();
    const std::size_t length = std::min(bytes.find('\n'), bytes.size());
    pieces_.append(bytes.substr(0, length));
    const bool is_whole = length < bytes.size();
    blocks_.take(is_whole ? length + 1 : length);
    if (is_whole || !blocks_.next()) return without_return(pieces_);
  }
}

std::uint64_t VcfLines::offset() {
  blocks_.take(taken_);
  taken_ = 0;
  return blocks_.offset();
}

bool VcfLines::next(std::string_view& line) {
  blocks_.take(taken_);
  taken_ = 0;
  if (blocks_.rest().empty() && !blocks_.next()) return false;
  const std::string_view bytes = blocks_.rest();
  const void* newline = std::memchr(bytes.data(), '\n', bytes.size());
  if (newline == nullptr) {
    line = join_pieces();
    return true;
  }
  const auto length = static_cast<std::size_t>(static_cast<const char*>(newline) - bytes.data());
  taken_ = length + 1;
  line = without_return(bytes.substr(0, length));
  return true;
}

}  // namespace stardose::genomics
