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

std::vector<Stretch> merged(std::vector<Stretch> stretches) {
  const auto before = [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; };
  std::sort(stretches.begin(), stretches.end(), before);
  std::vector<Stretch> result;
  for (const Stretch& stretch : stretches) {
    if (result.empty() || stretch.begin - result.back().end > merge_gap) {
      result.push_back(stretch);
    } else {
      result.back().end = std::max(result.back().end, stretch.end);
    }
  }
  return result;
}

}  // namespace

std::vector<ContigLayout> lay_out(const ReadPlan& plan) {
  std::map<std::string, ContigLayout> contigs;
  for (std::size_t k = 0; k < plan.sites.size(); ++k) {
    const ReadSite& site = plan.sites[k];
    STARDOSE_EXPECT(site.alleles.size() >= 2 && site.alleles.size() < no_read_allele && site.position >= 0);
    const bool is_base =
        std::all_of(site.alleles.begin(), site.alleles.end(), [](const auto& allele) { return allele.size() == 1; });
    ContigLayout& contig = contigs[site.contig];
    if (is_base) contig.base_sites.push_back(base_site(site, static_cast<std::uint32_t>(k)));
    contig.stretches.push_back({site.position, site.position + static_cast<std::int64_t>(site.alleles.front().size())});
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
    std::sort(contig.base_sites.begin(), contig.base_sites.end(), [](const BaseSite& a, const BaseSite& b) {
      return std::tie(a.position, a.number) < std::tie(b.position, b.number);
    });
    std::sort(contig.depths.begin(), contig.depths.end(), [](const DepthStretch& a, const DepthStretch& b) {
      return std::tie(a.begin, a.number) < std::tie(b.begin, b.number);
    });
    contig.stretches = merged(std::move(contig.stretches));
    result.push_back(std::move(contig));
  }
  return result;
}

}  // namespace stardose::genomics
