// Bases of an assembly from an indexed FASTA.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace stardose::genomics {

/// Reads through HTSlib's faidx; owns the handle. Not safe to share between threads.
class Reference {
 public:
  /// Throws InputError when the file or its .fai (which is made if it can be) is not to be had.
  explicit Reference(const std::string& path);
  ~Reference();
  Reference(Reference&&) noexcept;
  Reference& operator=(Reference&&) noexcept;
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  /// Returns the base at a 0-based position of a contig (canonical name), upper case; 'N' outside of the sequence.
  [[nodiscard]] char base(std::string_view contig, std::int64_t position);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace stardose::genomics
