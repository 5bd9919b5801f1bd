// Guessing record boundaries.
#include "genomics/io/record_boundary.h"

#include <htslib/bgzf.h>
#include <htslib/hfile.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "genomics/io/little_endian.h"

namespace stardose::genomics {

namespace {

constexpr std::size_t block_limit = 1 << 16;    // of a BGZF block, packed or not
constexpr std::size_t window_limit = 64 << 20;  // unpacked bytes looked through for one boundary
constexpr std::size_t front_size = 32;          // of a packed record
constexpr int records_in_a_row = 3;             // that must look right
constexpr std::size_t block_front = 18;

// The front of a block as the SAM specification lays it down (version 1.6, section 4.1); 0: it is none, else its size.
std::size_t block_size(std::string_view bytes) {
  constexpr std::string_view magic{"\x1f\x8b\x08\x04", 4};
  constexpr std::string_view extra{"\x06\x00\x42\x43\x02\x00", 6};
  if (bytes.size() < block_front || !bytes.starts_with(magic) || bytes.substr(10, 6) != extra) return 0;
  return std::size_t{little_u16(reinterpret_cast<const std::uint8_t*>(bytes.data()) + 16)} + 1;
}

}  // namespace

/// What was unpacked from some block on, and which block each stretch of it came from.
struct RecordBoundary::Window {
  struct Piece {
    std::size_t begin;
    std::uint64_t block;
  };

  std::string bytes;
  std::vector<Piece> pieces;

  [[nodiscard]] std::uint64_t offset_of(std::size_t at) const {
    const auto next = std::ranges::upper_bound(pieces, at, {}, &Piece::begin);
    const Piece& piece = *(next - 1);
    return piece.block << 16U | (at - piece.begin);
  }
};

RecordBoundary::RecordBoundary(const std::string& path, const bcf_hdr_t* header)
    : header_{header}, file_{bgzf_open(path.c_str(), "r")} {}

RecordBoundary::~RecordBoundary() {
  if (file_ != nullptr) bgzf_close(file_);
}

std::optional<std::uint64_t> RecordBoundary::find_block(std::uint64_t byte) {
  std::string bytes(4 * block_limit, '\0');
  if (hseek(file_->fp, static_cast<off_t>(byte), SEEK_SET) < 0) return std::nullopt;
  const ssize_t count = hread(file_->fp, bytes.data(), bytes.size());
  if (count <= 0) return std::nullopt;
  const std::string_view read = std::string_view{bytes}.substr(0, static_cast<std::size_t>(count));
  for (std::size_t at = read.find('\x1f'); at != std::string_view::npos; at = read.find('\x1f', at + 1)) {
    const std::size_t size = block_size(read.substr(at));
    if (size != 0 && at + size < read.size() && block_size(read.substr(at + size)) != 0) return byte + at;
  }
  return std::nullopt;
}

bool RecordBoundary::unpack_more(Window& window) {
  if (window.bytes.size() > window_limit) return false;
  if (bgzf_read_block(file_) != 0 || file_->block_length == 0) return false;
  window.pieces.push_back({window.bytes.size(), static_cast<std::uint64_t>(file_->block_address)});
  window.bytes.append(static_cast<const char*>(file_->uncompressed_block),
                      static_cast<std::size_t>(file_->block_length));
  return true;
}

std::optional<std::uint64_t> RecordBoundary::find_line(Window& window) {
  std::size_t from = 0;
  do {
    const std::size_t end = window.bytes.find('\n', from);
    const bool is_inside = end != std::string::npos && end + 1 < window.bytes.size();
    if (is_inside) return window.offset_of(end + 1);
    from = end == std::string::npos ? window.bytes.size() : end;
  } while (unpack_more(window));
  return std::nullopt;
}

bool RecordBoundary::looks_like_records(Window& window, std::size_t at) {
  for (int k = 0; k < records_in_a_row; ++k) {
    while (at + front_size > window.bytes.size()) {
      if (!unpack_more(window)) return k > 0 && at == window.bytes.size();
    }
    const auto* front = reinterpret_cast<const std::uint8_t*>(window.bytes.data()) + at;
    const std::uint32_t shared = little_u32(front);
    const std::int32_t contig = little_i32(front + 8);
    const auto samples = static_cast<int>(little_u32(front + 28) & 0xFFFFFF);
    const bool plain = shared >= 24 && shared < window_limit && contig >= 0 && contig < header_->n[BCF_DT_CTG] &&
                       little_i32(front + 12) >= 0 && little_i32(front + 16) >= 0 &&
                       samples == bcf_hdr_nsamples(header_) && little_u16(front + 26) > 0;
    if (!plain) return false;
    at += front_size - 24 + std::size_t{shared} + little_u32(front + 4);
  }
  return true;
}

std::optional<std::uint64_t> RecordBoundary::find_packed(Window& window) {
  std::size_t at = 0;
  do {
    for (; at + front_size <= window.bytes.size(); ++at) {
      if (looks_like_records(window, at)) return window.offset_of(at);
    }
  } while (unpack_more(window));
  return std::nullopt;
}

std::optional<std::uint64_t> RecordBoundary::find(std::uint64_t byte) {
  if (file_ == nullptr) return std::nullopt;
  const auto block = find_block(byte);
  Window window;
  if (!block || bgzf_seek(file_, static_cast<std::int64_t>(*block << 16U), SEEK_SET) != 0 || !unpack_more(window)) {
    return std::nullopt;
  }
  return header_ == nullptr ? find_line(window) : find_packed(window);
}

}  // namespace stardose::genomics
