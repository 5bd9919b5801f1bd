// The order of records, and the checks on it.
#include "genomics/io/record_walk.h"

#include <algorithm>
#include <utility>

#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {
constexpr const char* sort_help = "sort it with `bcftools sort`";
}

RecordWalk::RecordWalk(const std::string& path, const SiteIndex& sites, std::vector<WatchedRegion>& watched,
                       FileOrder from)
    : path_{path}, sites_{sites}, watched_{watched}, order_{std::move(from)} {
  if (!order_.contig.empty()) look_around();
}

std::string RecordWalk::place(std::int64_t position) const {
  return order_.contig + ":" + std::to_string(position + 1);
}

void RecordWalk::step_back(std::int64_t position) {
  at_loose_site_ = sites_.has_loose_site(order_.contig, position);
  if (at_loose_site_) return;
  throw InputError{Fault::input,
                   {path_, place(position), "record comes after one further right: the file is not sorted", sort_help}};
}

void RecordWalk::enter(std::string_view contig) {
  order_.contig = contig;
  if (std::ranges::find(order_.passed, contig) != order_.passed.end()) {
    throw InputError{Fault::input,
                     {path_, order_.contig, "contig comes back after another one: the file is not sorted", sort_help}};
  }
  order_.passed.emplace_back(contig);
  look_around();
}

void RecordWalk::look_around() {
  wanted_ = sites_.wanted(order_.contig, 0);
  next_ = 0;
  unseen_.clear();
  for (WatchedRegion& region : watched_) {
    if (!region.seen && region.contig == order_.contig) unseen_.push_back(&region);
  }
}

void RecordWalk::watch(std::int64_t position) {
  std::erase_if(unseen_, [position](WatchedRegion* region) {
    region->seen = region->interval.start <= position && position < region->interval.end;
    return region->seen || region->interval.end <= position;
  });
}

}  // namespace stardose::genomics
