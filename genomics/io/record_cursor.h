// The records of an open file one by one: their places at once, the rest only when asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "genomics/io/blocks.h"
#include "genomics/io/hts_record.h"
#include "genomics/io/vcf_line_check.h"
#include "genomics/io/vcf_lines.h"

namespace stardose::genomics {

/// An open file, its header read. Does not own.
struct OpenVariants {
  const std::string& path;
  htsFile* file;
  bcf_hdr_t* header;
  const VcfDeclarations* declared = nullptr;  ///< with which lines of a VCF are checked; null: they are not
};

/// Where a record is. `contig` is canonical.
struct RecordPlace {
  std::string_view contig;
  std::int64_t position = 0;
  std::int64_t end = 0;  ///< the furthest that a word of it may reach
};

/// Looks at the lengths and the place in front of a packed record, and passes over the rest of one that is not wanted.
class BcfCursor {
 public:
  explicit BcfCursor(const OpenVariants& open);

  /// Virtual offset of the next record.
  [[nodiscard]] std::uint64_t offset() { return blocks_.offset(); }
  void seek(std::uint64_t offset) { blocks_.seek(offset); }
  /// Moves on to the next record; `number` counts from 1. Returns false at the end. Then skip() or load() it.
  [[nodiscard]] bool next(std::uint64_t number, RecordPlace& place);
  void skip();
  /// Returns the record, checked. Throws InputError.
  HtsRecord& load();
  [[nodiscard]] static std::uint64_t commented_out() { return 0; }  // a packed record cannot be

 private:
  /// Throws InputError for a record that is longer than any.
  void check_size(std::uint64_t number);
  /// Reads the place without HTSlib; false: the front of the record is not in one block, or all of it where it is to be
  /// checked, or it is not plain.
  [[nodiscard]] bool peek(RecordPlace& place);
  [[nodiscard]] bool may_have_length(std::string_view bytes, std::uint32_t shared) const;
  /// Throws InputError for a record that is not as it says. `at` is its front, behind the two lengths.
  void check(const std::uint8_t* at, std::span<const std::uint8_t> shared, std::span<const std::uint8_t> individual);
  /// The same of what HTSlib has read.
  void check_read();
  [[noreturn]] void refuse_samples() const;
  [[noreturn]] void refuse(const std::string& place, const char* why) const;

  OpenVariants open_;
  Blocks blocks_;
  HtsRecord record_;
  std::uint64_t size_ = 0;  // of the record that was peeked at
  bool is_read_ = false;    // HTSlib has read it
  bool can_seek_ = false;
  int genotype_ = -1;  // number of GT in the header
};

/// The same for text, in blocks or plain.
class VcfCursor {
 public:
  explicit VcfCursor(const OpenVariants& open);

  [[nodiscard]] std::uint64_t offset() { return lines_.offset(); }
  void seek(std::uint64_t offset) { lines_.seek(offset); }
  [[nodiscard]] bool next(std::uint64_t number, RecordPlace& place);
  void skip() {}
  HtsRecord& load();
  /// The line at hand, without its end.
  [[nodiscard]] std::string_view line() const { return line_; }
  /// How many lines were passed over because they begin with #.
  [[nodiscard]] std::uint64_t commented_out() const { return commented_out_; }

 private:
  [[noreturn]] void refuse_long_line(std::uint64_t number) const;
  [[noreturn]] void refuse_second_header(std::uint64_t number) const;

  OpenVariants open_;
  Blocks blocks_;
  VcfLines lines_;
  HtsRecord record_;
  std::optional<VcfLineCheck> check_;
  std::string_view line_;
  std::uint64_t number_ = 0;
  std::uint64_t commented_out_ = 0;
  std::string raw_contig_;
  std::string contig_;
};

}  // namespace stardose::genomics
