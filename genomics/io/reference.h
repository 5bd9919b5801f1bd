// Bases of an assembly from an indexed FASTA.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "genomics/basics/assembly.h"
#include "genomics/basics/reference_bases.h"

namespace stardose::genomics {

/// Reads through HTSlib's faidx; owns the handle. Not safe to share between threads.
class Reference final : public ReferenceBases {
 public:
  /// Throws InputError when the file or its .fai (which is made if it can be) is not to be had.
  explicit Reference(const std::string& path);
  ~Reference() override;
  Reference(Reference&&) = delete;
  Reference& operator=(Reference&&) = delete;
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  /// By the lengths of its contigs; nullopt: they are those of neither.
  [[nodiscard]] std::optional<Assembly> assembly() const;
  [[nodiscard]] char base(std::string_view contig, std::int64_t position) override;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace stardose::genomics
