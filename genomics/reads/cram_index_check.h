// Whether a CRAM's index is that of its file.
#pragma once

#include <htslib/hfile.h>

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "genomics/reads/cram_container.h"

namespace stardose::genomics {

/// A line of the index: where a slice is, by bytes from the beginning of the file and from the end of its container's
/// header, and where its reads are that lie on one contig.
struct CramSlice {
  std::uint64_t container = 0;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t contig = 0;  ///< as the header counts; of reads that lie nowhere, -1: the last
  std::int64_t begin = 0;    ///< 1-based
  std::int64_t span = 0;     ///< bases that the reads reach over

  [[nodiscard]] std::uint64_t end() const { return offset + bytes; }
  auto operator<=>(const CramSlice&) const = default;
};

/// Returns where the reads of a container lie; see reach_of_container().
using ContainerLook = std::function<const std::optional<ContainerReach>&(std::uint64_t container, std::uint64_t reads)>;

/// The lines of an index (.crai; CRAM 3.1, section 12). What is checked needs a file that nothing reads meanwhile, and
/// leaves it where it was. Files of a version whose containers are laid out otherwise (4) are not looked at.
class CramIndex {
 public:
  /// Throws InputError (input): the index cannot be read.
  explicit CramIndex(const std::string& path);

  /// Returns why the slices are not all that hold placed reads in the file: containers follow one another from the
  /// header to the end of the file, and slices in them (sections 7 to 9), with reads in order of position. nullptr:
  /// they are. Reads a few containers' headers, and those in stretches that no slice of the index fills.
  [[nodiscard]] const char* fault_in(hFILE& cram) const;

  /// Returns why reads of a stretch of a contig (0-based, half-open) may not be where the index looks for them: the
  /// slices there, those that begin shortly before it and the next ones say in their headers that theirs lie elsewhere.
  /// Slices with reads of several contigs do not say: `look` is asked what lies in their containers. Requires:
  /// fault_in() has found nothing.
  [[nodiscard]] const char* fault_near(hFILE& cram, int contig, std::int64_t begin, std::int64_t end,
                                       const ContainerLook& look) const;

 private:
  [[nodiscard]] bool tells(std::uint64_t container, const ContainerReach& reach) const;

  std::vector<CramSlice> slices_;  // in the order of the file
};

}  // namespace stardose::genomics
