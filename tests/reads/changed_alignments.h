// One real slice in the many forms in which alignments come.
#pragma once

#include <string>
#include <vector>

#include "window.h"

namespace stardose::tests {

enum class Change {
  none,
  bare_names,        ///< `22` instead of `chr22`
  cram,              ///< CRAM with a reference of its own beside it
  equal_and_differ,  ///< `=` and `X` in place of `M`
  single_end,        ///< first mates only, without a trace of the second
  unmarked,          ///< duplicates not marked
  no_read_groups,
  no_mapping_quality,  ///< 0 for whatever lies at the two genes, as where alternate contigs take part
  ten_fold,            ///< fragments left out until the depth is 10
  three_hundred_fold,  ///< fragments repeated, with names of their own, until it is 300
};
[[nodiscard]] std::string_view to_string(Change change);
[[nodiscard]] const std::vector<Change>& all_changes();

struct ChangedFile {
  std::string path;
  std::string reference;  ///< of a CRAM; else empty
};

/// Writes a changed copy, sorted and indexed, into the folder. Requires a BAM on the window's assembly. `stretch`:
/// where its depth is measured, 0-based.
[[nodiscard]] ChangedFile write_changed(const std::string& bam, Change change, const Window& window,
                                        const std::string& folder);

}  // namespace stardose::tests
