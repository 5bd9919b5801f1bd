// Finding where a record begins in the middle of a BGZF file that has no index.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

/// Looks for a block that begins near a byte, and in it for the end of a line or a chain of packed records. What it
/// finds is a good guess and no more: bytes of a record may look like a block. Owns a handle of its own.
class RecordBoundary {
 public:
  /// `header`: of a BCF; nullptr for text. A file that cannot be opened again has no boundaries.
  RecordBoundary(const std::string& path, const bcf_hdr_t* header);
  ~RecordBoundary();
  RecordBoundary(const RecordBoundary&) = delete;
  RecordBoundary& operator=(const RecordBoundary&) = delete;
  RecordBoundary(RecordBoundary&&) = delete;
  RecordBoundary& operator=(RecordBoundary&&) = delete;

  /// Returns the virtual offset of the first record that begins after the first block at or behind `byte`.
  [[nodiscard]] std::optional<std::uint64_t> find(std::uint64_t byte);

 private:
  struct Window;

  [[nodiscard]] std::optional<std::uint64_t> find_block(std::uint64_t byte);
  [[nodiscard]] bool unpack_more(Window& window);
  [[nodiscard]] std::optional<std::uint64_t> find_line(Window& window);
  [[nodiscard]] std::optional<std::uint64_t> find_packed(Window& window);
  [[nodiscard]] bool looks_like_records(Window& window, std::size_t at);

  const bcf_hdr_t* header_;
  BGZF* file_;
};

}  // namespace stardose::genomics
