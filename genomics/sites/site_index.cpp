// Building and searching the index of sites.
#include "genomics/sites/site_index.h"

#include <algorithm>
#include <utility>

namespace stardose::genomics {

namespace {

bool replaces_several_bases(const Site& site) {
  return site.ref.size() > 1 && std::all_of(site.alts.begin(), site.alts.end(),
                                            [&](const std::string& alt) { return alt.size() == site.ref.size(); });
}

/// Of a left-aligned indel the base in front stays when common last bases are taken away.
bool is_unheld(const Edit& edit, std::int64_t position) {
  const bool is_pure = edit.removed.empty() != edit.inserted.empty();
  return is_pure && edit.start == position;
}

Site single_base(const Site& site, std::size_t offset) {
  Site base{site.contig, site.position + static_cast<std::int64_t>(offset), {site.ref[offset]}, {}, {}, false};
  for (const std::string& alt : site.alts) {
    const std::string allele{alt[offset]};
    const bool known = std::find(base.alts.begin(), base.alts.end(), allele) != base.alts.end();
    if (allele != base.ref && !known) base.alts.push_back(allele);
  }
  return base;
}

}  // namespace

SiteIndex::SiteIndex(std::vector<Site> sites) : listed_{sites.size()}, sites_{std::move(sites)} {
  std::ranges::transform(sites_, sites_.begin(), as_written);
  add_components();
  for (std::size_t number = 0; number < sites_.size(); ++number) {
    const Site& site = sites_[number];
    std::vector<Edit> edits;
    bool indel = false;
    bool may_move_left = false;
    for (const std::string& alt : site.alts) {
      edits.push_back(trim(site.position, site.ref, alt));
      indel = indel || edits.back().is_indel();
      may_move_left = may_move_left || is_unheld(edits.back(), site.position);
    }
    edits_.push_back(std::move(edits));
    has_indel_.push_back(indel);
    may_move_left_.push_back(may_move_left);
    if (!site.placed) continue;
    const std::int64_t start = std::max<std::int64_t>(0, site.position - (may_move_left ? shift_reach : 0));
    const Entry entry{start, site.end() + (indel ? shift_reach : 0), number};
    longest_ = std::max(longest_, entry.end - entry.start);
    by_contig_[site.contig].push_back(entry);
  }
  for (auto& [contig, entries] : by_contig_) {
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.start < b.start; });
  }
}

void SiteIndex::add_components() {
  components_.resize(listed_);
  for (std::size_t number = 0; number < listed_; ++number) {
    if (!sites_[number].placed || !replaces_several_bases(sites_[number])) continue;
    for (std::size_t offset = 0; offset < sites_[number].ref.size(); ++offset) {
      components_[number].push_back(sites_.size());
      sites_.push_back(single_base(sites_[number], offset));
    }
  }
  components_.resize(sites_.size());
}

std::vector<std::size_t> SiteIndex::near(std::string_view contig, std::int64_t start, std::int64_t end) const {
  std::vector<std::size_t> found;
  const auto at = by_contig_.find(contig);
  if (at == by_contig_.end()) return found;
  const std::vector<Entry>& entries = at->second;
  auto entry = std::lower_bound(entries.begin(), entries.end(), start - longest_,
                                [](const Entry& e, std::int64_t value) { return e.start < value; });
  for (; entry != entries.end() && entry->start < end; ++entry) {
    if (entry->end > start) found.push_back(entry->number);
  }
  return found;
}

std::vector<std::size_t> SiteIndex::deletions_over(std::size_t number) const {
  const Site& site = sites_[number];
  std::vector<std::size_t> over = near(site.contig, site.position, site.end());
  std::erase_if(over, [&](std::size_t other) {
    return std::ranges::none_of(edits_[other], [&](const Edit& edit) {
      return edit.removed.size() > edit.inserted.size() && edit.start < site.position && site.position < edit.end();
    });
  });
  return over;
}

bool SiteIndex::has_loose_site(std::string_view contig, std::int64_t position) const {
  const std::vector<std::size_t> numbers = near(contig, position, position + 1);
  return std::ranges::any_of(
      numbers, [&](std::size_t number) { return sites_[number].loose && sites_[number].position == position; });
}

std::vector<Interval> SiteIndex::wanted(std::string_view contig, std::int64_t gap) const {
  std::vector<Interval> intervals;
  const auto at = by_contig_.find(contig);
  if (at == by_contig_.end()) return intervals;
  for (const Entry& entry : at->second) {
    if (intervals.empty() || entry.start > intervals.back().end + gap) {
      intervals.push_back({entry.start, entry.end});
    } else {
      intervals.back().end = std::max(intervals.back().end, entry.end);
    }
  }
  return intervals;
}

}  // namespace stardose::genomics
