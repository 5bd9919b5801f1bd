// The depth cap, and mates becoming fragments.
#include "genomics/reads/evidence_builder.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace stardose::genomics {

namespace {

// SAM specification 1.6, section 1.4: not available.
constexpr std::uint8_t unknown_mapping_quality = 255;

}  // namespace

EvidenceBuilder::EvidenceBuilder(const ReadPlan& plan, const ReadFilter& filter)
    : filter_{filter}, caps_(plan.sites.size()) {
  evidence_.sites.resize(plan.sites.size());
  evidence_.regions.resize(plan.depth_regions.size());
  std::map<std::string_view, std::vector<std::uint32_t>> paralogous;  // by contig
  for (std::size_t site = 0; site < plan.sites.size(); ++site) {
    if (plan.sites[site].paralogous) paralogous[plan.sites[site].contig].push_back(static_cast<std::uint32_t>(site));
  }
  for (auto& [contig, sites] : paralogous) sharing_.push_back(std::move(sites));
}

void EvidenceBuilder::add(const Sighting& sighting) {
  DepthCap& cap = caps_[sighting.site];
  if (!cap.wants(sighting.fragment)) return;
  sightings_.push_back(sighting);
  cap.keep(sighting.fragment, static_cast<std::uint32_t>(filter_.max_depth));
}

void EvidenceBuilder::count_site(std::uint32_t site, std::uint8_t mapping_quality) {
  SiteDepth& depth = evidence_.sites[site];
  ++depth.all;
  if (mapping_quality != unknown_mapping_quality) depth.mapping_quality += mapping_quality;
}

void EvidenceBuilder::count_bases(std::uint32_t region, std::int64_t bases, std::uint8_t mapping_quality) {
  RegionDepth& depth = evidence_.regions[region];
  depth.bases += bases;
  if (mapping_quality < filter_.min_mapping_quality) depth.unsure_bases += bases;
}

void EvidenceBuilder::count_used(std::int64_t read_length, bool is_paired) {
  ++used_reads_;
  used_bases_ += read_length;
  evidence_.has_pairs = evidence_.has_pairs || is_paired;
}

// One fragment's sightings, by site: mates that agree count once, those that do not agree not at all.
void EvidenceBuilder::join(std::size_t first, std::size_t last) {
  Fragment fragment;
  fragment.molecule = molecule_of(sightings_[first].fragment);
  fragment.first = static_cast<std::uint32_t>(evidence_.observations.size());
  fragment.mapping_quality = unknown_mapping_quality;
  for (std::size_t k = first; k < last;) {
    const Sighting* best = &sightings_[k];
    std::uint8_t lowest = best->mapping_quality;
    bool agree = true;
    std::size_t next = k + 1;
    for (; next < last && sightings_[next].site == best->site; ++next) {
      const Sighting& other = sightings_[next];
      agree = agree && other.allele == best->allele;
      lowest = std::min(lowest, other.mapping_quality);
      if (other.quality > best->quality) best = &other;
    }
    k = next;
    if (!agree) continue;
    evidence_.observations.push_back({best->site, best->allele, best->quality, best->reverse});
    ++evidence_.sites[best->site].usable;
    fragment.mapping_quality = std::min(fragment.mapping_quality, lowest);
    ++fragment.count;
  }
  if (fragment.count > 0) evidence_.fragments.push_back(fragment);
}

void EvidenceBuilder::share_caps() {
  for (const auto& sites : sharing_) {
    std::uint8_t level = 0;
    for (const std::uint32_t site : sites) level = std::max(level, caps_[site].level());
    for (const std::uint32_t site : sites) caps_[site].raise_to(level);
  }
}

ReadEvidence EvidenceBuilder::finish() && {
  share_caps();
  std::erase_if(sightings_, [&](const Sighting& seen) { return !wants(seen.site, seen.fragment); });
  const auto key = [](const Sighting& seen) {
    return std::tie(seen.site, seen.allele, seen.quality, seen.reverse, seen.mapping_quality);
  };
  std::sort(sightings_.begin(), sightings_.end(), [&](const Sighting& a, const Sighting& b) {
    return a.fragment != b.fragment ? a.fragment < b.fragment : key(a) < key(b);
  });
  evidence_.observations.reserve(sightings_.size());
  for (std::size_t first = 0; first < sightings_.size();) {
    std::size_t last = first;
    while (last < sightings_.size() && sightings_[last].fragment == sightings_[first].fragment) ++last;
    join(first, last);
    first = last;
  }
  if (used_reads_ > 0) {
    evidence_.mean_read_length = static_cast<double>(used_bases_) / static_cast<double>(used_reads_);
  }
  return std::move(evidence_);
}

}  // namespace stardose::genomics
