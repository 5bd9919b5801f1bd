// The depth cap, and mates becoming fragments.
#include "genomics/reads/evidence_builder.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
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
  DepthCap& cap = caps_[sighting.site()];
  if (!cap.wants(sighting.fragment())) return;
  sightings_.push_back(sighting);
  cap.keep(sighting.fragment(), static_cast<std::uint32_t>(filter_.max_depth));
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
  fragment.molecule = molecule_of(sightings_[first].fragment());
  fragment.first = static_cast<std::uint32_t>(evidence_.observations.size());
  fragment.mapping_quality = unknown_mapping_quality;
  for (std::size_t k = first; k < last;) {
    const Sighting* best = &sightings_[k];
    std::uint8_t lowest = best->mapping_quality();
    bool agree = true;
    std::size_t next = k + 1;
    for (; next < last && sightings_[next].site() == best->site(); ++next) {
      const Sighting& other = sightings_[next];
      agree = agree && other.allele() == best->allele();
      lowest = std::min(lowest, other.mapping_quality());
      if (other.quality() > best->quality()) best = &other;
    }
    k = next;
    if (!agree) continue;
    evidence_.observations.push_back({best->site(), best->allele(), best->quality(), best->reverse()});
    ++evidence_.sites[best->site()].usable;
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

// Fragments are hashes: their first bits part the sightings into many heaps of some dozens each.
void EvidenceBuilder::sort_sightings() {
  constexpr int bits = 11;
  const auto heap_of = [](const Sighting& seen) { return static_cast<std::size_t>(seen.fragment() >> (64 - bits)); };
  std::vector<std::size_t> ends(std::size_t{1} << bits);
  for (const Sighting& seen : sightings_) ++ends[heap_of(seen)];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<Sighting> parted(sightings_);
  for (const Sighting& seen : sightings_) parted[--ends[heap_of(seen)]] = seen;  // now where each heap begins
  for (std::size_t heap = 0; heap < ends.size(); ++heap) {
    const std::size_t end = heap + 1 < ends.size() ? ends[heap + 1] : parted.size();
    std::sort(parted.begin() + static_cast<std::ptrdiff_t>(ends[heap]),
              parted.begin() + static_cast<std::ptrdiff_t>(end));
  }
  sightings_ = std::move(parted);
}

ReadEvidence EvidenceBuilder::finish() && {
  share_caps();
  std::erase_if(sightings_, [&](const Sighting& seen) { return !wants(seen.site(), seen.fragment()); });
  sort_sightings();
  evidence_.observations.reserve(sightings_.size());
  for (std::size_t first = 0; first < sightings_.size();) {
    std::size_t last = first;
    while (last < sightings_.size() && sightings_[last].fragment() == sightings_[first].fragment()) ++last;
    join(first, last);
    first = last;
  }
  if (used_reads_ > 0) {
    evidence_.mean_read_length = static_cast<double>(used_bases_) / static_cast<double>(used_reads_);
  }
  return std::move(evidence_);
}

}  // namespace stardose::genomics
