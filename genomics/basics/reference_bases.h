// Where bases of the assembly come from.
#pragma once

#include <cstdint>
#include <string_view>

namespace stardose::genomics {

class ReferenceBases {
 public:
  ReferenceBases() = default;
  virtual ~ReferenceBases() = default;
  ReferenceBases(const ReferenceBases&) = delete;
  ReferenceBases& operator=(const ReferenceBases&) = delete;
  ReferenceBases(ReferenceBases&&) = delete;
  ReferenceBases& operator=(ReferenceBases&&) = delete;

  /// Returns the base at a 0-based position of a contig (canonical name), upper case; 'N' where there is none.
  [[nodiscard]] virtual char base(std::string_view contig, std::int64_t position) = 0;
};

}  // namespace stardose::genomics
