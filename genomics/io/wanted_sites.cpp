// Placing the plan's sites and groups on assemblies.
#include "genomics/io/wanted_sites.h"

#include <algorithm>
#include <utility>

namespace stardose::genomics {

AssemblySites sites_on(Assembly assembly, const SiteIndex& catalogue) {
  if (assembly == Assembly::grch38) return {assembly, {std::shared_ptr<void>{}, &catalogue}};
  std::vector<Site> sites;
  sites.reserve(catalogue.size());
  for (std::size_t number = 0; number < catalogue.size(); ++number) {
    sites.push_back(placed_on(catalogue.site(number), assembly));
  }
  return {assembly, std::make_shared<const SiteIndex>(std::move(sites))};
}

namespace {

SiteIndex all_sites(const std::vector<AssemblySites>& assemblies) {
  std::vector<Site> sites;
  for (const AssemblySites& on : assemblies) {
    for (std::size_t number = 0; number < on.sites->size(); ++number) {
      sites.push_back(as_written(on.sites->site(number)));  // back to the catalogue's numbers
    }
  }
  return SiteIndex{std::move(sites)};
}

WatchedRegion region_of(const SiteIndex& sites, const std::pair<std::size_t, std::size_t>& group) {
  WatchedRegion region;
  bool is_empty = true;
  for (std::size_t number = group.first; number < group.second; ++number) {
    const Site& site = sites.site(number);
    if (!site.placed) continue;
    region.contig = site.contig;
    region.interval.start = is_empty ? site.position : std::min(region.interval.start, site.position);
    region.interval.end = std::max(region.interval.end, site.end());
    is_empty = false;
  }
  if (is_empty) return region;
  region.interval.start = std::max<std::int64_t>(0, region.interval.start - ReadingPlan::neighbourhood);
  region.interval.end += ReadingPlan::neighbourhood;
  return region;
}

}  // namespace

WantedSites::WantedSites(std::optional<Assembly> known, const ReadingPlan& plan) {
  assemblies_.push_back(sites_on(known.value_or(Assembly::grch38), plan.sites));
  if (!known) {
    assemblies_.push_back(sites_on(Assembly::grch37, plan.sites));
    both_ = all_sites(assemblies_);
  }
  for (const AssemblySites& on : assemblies_) {
    for (const auto& group : plan.groups) regions_.push_back(region_of(*on.sites, group));
  }
}

}  // namespace stardose::genomics
