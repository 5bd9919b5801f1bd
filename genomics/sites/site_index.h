// All sites wanted from a genome, findable by position.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/edit.h"
#include "genomics/sites/site.h"

namespace stardose::genomics {

/// 0-based half-open interval on some contig.
struct Interval {
  std::int64_t start = 0;
  std::int64_t end = 0;
};

/// Immutable after construction; safe to read from many threads. Sites keep the order they were given in; a site is
/// referred to by its number there. Sites are given with the catalogue's numbers of alleles, and are here as_written();
/// one that is not placed has a number and is never found.
///
/// A site that replaces several bases by as many (`TC` -> `CT`) gets one hidden single-base site for each base, as
/// callers often write such a variant base by base; see components().
class SiteIndex {
 public:
  /// How far right of a site an indel may be spelled and still be the site's, or left of one that may_move_left().
  /// Short tandem repeats at catalogue sites are shorter than this.
  static constexpr std::int64_t shift_reach = 200;

  explicit SiteIndex(std::vector<Site> sites);

  [[nodiscard]] std::size_t size() const { return listed_; }
  /// Listed and hidden sites: rows of a genotype table.
  [[nodiscard]] std::size_t total() const { return sites_.size(); }
  [[nodiscard]] const Site& site(std::size_t number) const { return sites_[number]; }
  /// The site's alternatives as trimmed edits, in order.
  [[nodiscard]] const std::vector<Edit>& edits(std::size_t number) const { return edits_[number]; }
  [[nodiscard]] bool has_indel(std::size_t number) const { return has_indel_[number]; }
  /// Returns whether an indel of the site has no base in front of it that holds it, so that the reference may have it
  /// further left: some of the catalogue's sources write them so.
  [[nodiscard]] bool may_move_left(std::size_t number) const { return may_move_left_[number]; }
  /// The hidden sites of a site that replaces several bases; empty for others.
  [[nodiscard]] const std::vector<std::size_t>& components(std::size_t number) const { return components_[number]; }

  /// Returns numbers of the sites on a contig that a record at [start, end) can say something about, indels spelled
  /// up to shift_reach elsewhere included; by position.
  [[nodiscard]] std::vector<std::size_t> near(std::string_view contig, std::int64_t start, std::int64_t end) const;

  /// Returns the sites with a deletion that reaches over this one, which takes its bases away and is a fact about their
  /// place alone.
  [[nodiscard]] std::vector<std::size_t> deletions_over(std::size_t number) const;

  /// Returns whether a loose site stands at this place.
  [[nodiscard]] bool has_loose_site(std::string_view contig, std::int64_t position) const;

  /// Returns where records are wanted on a contig: disjoint, sorted, those closer than `gap` joined.
  [[nodiscard]] std::vector<Interval> wanted(std::string_view contig, std::int64_t gap) const;

 private:
  struct Entry {
    std::int64_t start;  // first base a record may touch and matter
    std::int64_t end;    // one past the last
    std::size_t number;
  };

  void add_components();

  std::size_t listed_;
  std::vector<Site> sites_;
  std::vector<std::vector<Edit>> edits_;
  std::vector<bool> has_indel_;
  std::vector<bool> may_move_left_;
  std::vector<std::vector<std::size_t>> components_;
  std::map<std::string, std::vector<Entry>, std::less<>> by_contig_;  // entries sorted by start
  std::int64_t longest_ = 0;                                          // longest entry
};

}  // namespace stardose::genomics
