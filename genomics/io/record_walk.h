// Follows the order of a file's records and says which are near a site.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// A stretch of the genome, and whether any record lies in it.
struct WatchedRegion {
  std::string contig;  ///< canonical name
  Interval interval;
  bool seen = false;  ///< a record starts in it
};

/// How far the reading of a file has come.
struct FileOrder {
  std::uint64_t records = 0;        ///< passed so far
  std::string contig;               ///< of the last record; empty: none yet
  std::int64_t position = 0;        ///< of the last record that was in order
  std::vector<std::string> passed;  ///< contigs met, the present one too
};

/// Takes the records of a file, or of a part of it, one after the other. Holds references to its arguments.
class RecordWalk {
 public:
  /// `from` is where what was read before ended; a default one begins anywhere.
  RecordWalk(const std::string& path, const SiteIndex& sites, std::vector<WatchedRegion>& watched, FileOrder from);

  /// Takes the next record's place (canonical contig, 0-based start) and marks the watched regions there. Throws
  /// InputError for a record out of order, unless it is a loose site's.
  void step(std::string_view contig, std::int64_t position) {
    ++order_.records;
    at_loose_site_ = false;
    if (contig != order_.contig) {
      enter(contig);
    } else if (position < order_.position) {
      step_back(position);
      return;
    }
    order_.position = position;
    while (next_ < wanted_.size() && wanted_[next_].end <= position) ++next_;
    if (!unseen_.empty()) watch(position);
  }
  /// true: a record from the current place to `end` may touch a site.
  [[nodiscard]] bool is_near(std::int64_t end) const {
    return at_loose_site_ || (next_ < wanted_.size() && wanted_[next_].start < end);
  }
  [[nodiscard]] const FileOrder& order() const { return order_; }

 private:
  [[nodiscard]] std::string place(std::int64_t position) const;
  void step_back(std::int64_t position);
  void enter(std::string_view contig);
  void look_around();
  void watch(std::int64_t position);

  const std::string& path_;
  const SiteIndex& sites_;
  std::vector<WatchedRegion>& watched_;
  std::vector<WatchedRegion*> unseen_;  // of this contig, still ahead or around
  FileOrder order_;
  std::vector<Interval> wanted_;  // of this contig
  std::size_t next_ = 0;
  bool at_loose_site_ = false;
};

}  // namespace stardose::genomics
