// Sorting a plan and merging what lies close together.
#include "genomics/reads/read_layout.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "genomics/expect.h"
#include "genomics/reads/aligned_read.h"
#include "genomics/reads/read_evidence.h"

namespace stardose::genomics {

namespace {

std::uint8_t packed(char base) {
  switch (base) {
    case 'A': return packed_a;
    case 'C': return packed_c;
    case 'G': return packed_g;
    case 'T': return packed_t;
    default: return 0;
  }
}

BaseSite base_site(const ReadSite& site, std::uint32_t number) {
  BaseSite result{site.position, number, site.paralogous, {}};
  result.allele_of.fill(no_read_allele);
  for (const std::uint8_t base : {packed_a, packed_c, packed_g, packed_t}) result.allele_of[base] = other_read_allele;
  for (std::size_t k = site.alleles.size(); k-- > 0;) {
    result.allele_of[packed(site.alleles[k].front())] = static_cast<std::uint8_t>(k);
  }
  return result;
}

std::vector<Stretch> merged(std::vector<Stretch> stretches, std::int64_t gap) {
  const auto before = [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; };
  std::sort(stretches.begin(), stretches.end(), before);
  std::vector<Stretch> result;
  for (const Stretch& stretch : stretches) {
    if (result.empty() || stretch.begin - result.back().end > gap) {
      result.push_back(stretch);
    } else {
      result.back().end = std::max(result.back().end, stretch.end);
    }
  }
  return result;
}

bool is_single_base(const ReadSite& site) {
  return std::all_of(site.alleles.begin(), site.alleles.end(), [](const auto& allele) { return allele.size() == 1; });
}

std::int64_t end_of(const ReadSite& site) {
  return site.position + static_cast<std::int64_t>(site.alleles.front().size());
}

// Contig by contig, where alleles of other lengths make the bases around them unsafe; disjoint, by position.
std::map<std::string, std::vector<Stretch>> around_indels(const ReadPlan& plan) {
  std::map<std::string, std::vector<Stretch>> stretches;
  for (const ReadSite& site : plan.sites) {
    const bool differ = std::any_of(site.alleles.begin(), site.alleles.end(), [&](const std::string& allele) {
      return allele.size() != site.alleles.front().size();
    });
    if (differ) stretches[site.contig].push_back({site.position - near_indel, end_of(site) + near_indel});
  }
  for (auto& [contig, list] : stretches) list = merged(std::move(list), 0);
  return stretches;
}

bool lies_in(const std::vector<Stretch>& stretches, std::int64_t position) {
  const auto after = std::upper_bound(stretches.begin(), stretches.end(), position,
                                      [](std::int64_t value, const Stretch& stretch) { return value < stretch.begin; });
  return after != stretches.begin() && position < std::prev(after)->end;
}

/// By contig and position.
std::map<std::string, std::vector<NearbySite>> by_contig(const ReadPlan& plan) {
  std::map<std::string, std::vector<NearbySite>> sites;
  for (const ReadSite& site : plan.sites) {
    if (!site.paralogous) sites[site.contig].push_back({site.position, site.alleles});
  }
  for (auto& [contig, list] : sites) {
    std::ranges::sort(list, [](const NearbySite& a, const NearbySite& b) {
      return std::tie(a.position, a.alleles) < std::tie(b.position, b.alleles);
    });
  }
  return sites;
}

void add_nearby(LocalSite& site, const std::vector<NearbySite>& sites) {
  const std::int64_t flank = haplotype_flank(site);
  for (const NearbySite& other : sites) {
    if (other.position >= site.alleles_end() + flank) break;
    const std::int64_t end = other.position + static_cast<std::int64_t>(other.alleles.front().size());
    const bool is_itself = other.position == site.position && other.alleles == site.alleles;
    if (end > site.position - flank && !is_itself) site.nearby.push_back(other);
  }
}

void put_in_order(ContigLayout& contig, std::int64_t gap) {
  const auto by_place = [](const auto& a, const auto& b) {
    return std::tie(a.position, a.number) < std::tie(b.position, b.number);
  };
  std::sort(contig.base_sites.begin(), contig.base_sites.end(), by_place);
  std::sort(contig.local_sites.begin(), contig.local_sites.end(), by_place);
  std::sort(contig.depths.begin(), contig.depths.end(), [](const DepthStretch& a, const DepthStretch& b) {
    return std::tie(a.begin, a.number) < std::tie(b.begin, b.number);
  });
  contig.stretches = merged(std::move(contig.stretches), gap);
}

}  // namespace

std::vector<ContigLayout> lay_out(const ReadPlan& plan, std::int64_t gap) {
  auto indels = around_indels(plan);
  const auto sites = by_contig(plan);
  std::map<std::string, ContigLayout> contigs;
  for (std::size_t k = 0; k < plan.sites.size(); ++k) {
    const ReadSite& site = plan.sites[k];
    STARDOSE_EXPECT(site.alleles.size() >= 2 && site.alleles.size() < no_read_allele && site.position >= 0);
    const auto number = static_cast<std::uint32_t>(k);
    ContigLayout& contig = contigs[site.contig];
    if (is_single_base(site) && !lies_in(indels[site.contig], site.position)) {
      contig.base_sites.push_back(base_site(site, number));
      contig.stretches.push_back({site.position, site.position + 1});
    } else {
      LocalSite& local =
          contig.local_sites.emplace_back(LocalSite{site.position, number, site.paralogous, site.alleles, {}});
      if (!site.paralogous) add_nearby(local, sites.at(site.contig));
      contig.stretches.push_back({std::max<std::int64_t>(0, local.begin()), local.end()});
    }
  }
  for (std::size_t k = 0; k < plan.depth_regions.size(); ++k) {
    const Region& region = plan.depth_regions[k];
    if (region.begin >= region.end) continue;
    ContigLayout& contig = contigs[region.contig];
    contig.depths.push_back({region.begin, region.end, static_cast<std::uint32_t>(k)});
    contig.stretches.push_back({region.begin, region.end});
  }
  std::vector<ContigLayout> result;
  for (auto& [name, contig] : contigs) {
    contig.contig = name;
    put_in_order(contig, gap);
    result.push_back(std::move(contig));
  }
  return result;
}

}  // namespace stardose::genomics
