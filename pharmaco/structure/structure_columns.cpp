// From columns to the sites of a plan.
#include "pharmaco/structure/structure_columns.h"

#include <algorithm>
#include <numeric>

namespace stardose::pharmaco {

StructureColumns::StructureColumns(const GeneStructure& structure, const std::string& contig,
                                   genomics::Assembly assembly) {
  const bool paralogous = !structure.counts_by_depth_alone();  // else a read must be sure to be the gene's
  for (std::size_t column = 0; column < structure.columns.size(); ++column) {
    const StructureColumn& at = structure.columns[column];
    ask(at.gene, AskedSite::What::gene, column, contig, assembly, paralogous);
    ask(at.paralog, AskedSite::What::paralog, column, contig, assembly, paralogous);
  }
  if (structure.deletion_link) {
    for (const auto& marker : structure.deletion_link->before) {
      ask_marker(marker, AskedSite::What::before_deletion, contig, assembly);
    }
    for (const auto& marker : structure.deletion_link->after) {
      ask_marker(marker, AskedSite::What::after_deletion, contig, assembly);
    }
  }
  for (std::size_t region = 0; region < structure.depth.size(); ++region) {
    for (const auto& place : structure.depth[region].places) {
      const BaseRange& interval = place.on(assembly);
      if (interval.begin == interval.end) continue;
      regions_.push_back({contig, interval.begin, interval.end});
      const bool before = std::ranges::all_of(
          read_sites_, [&](const genomics::ReadSite& site) { return interval.end <= site.position; });
      depths_.push_back({region, interval.end - interval.begin, distance_of(interval), before});
    }
  }
}

std::int64_t StructureColumns::distance_of(const BaseRange& interval) const {
  std::int64_t distance = 0;
  for (std::size_t site = 0; site < read_sites_.size(); ++site) {
    const std::int64_t at = read_sites_[site].position;
    const std::int64_t here = std::max({std::int64_t{0}, interval.begin - at, at - interval.end});
    distance = site == 0 ? here : std::min(distance, here);
  }
  return distance;
}

void StructureColumns::ask(const ColumnPlace& place, AskedSite::What what, std::size_t column,
                           const std::string& contig, genomics::Assembly assembly, bool paralogous) {
  const auto& position = place.position.on(assembly);
  if (!position || place.alleles.empty()) return;
  AskedSite asked{what, static_cast<std::uint16_t>(column), {}};
  asked.symbols.resize(place.alleles.size());
  std::iota(asked.symbols.begin(), asked.symbols.end(), std::uint8_t{0});
  // The assembly's bases come first, whichever symbol they are.
  const std::uint8_t base = place.base.on(assembly);
  std::rotate(asked.symbols.begin(), asked.symbols.begin() + base, asked.symbols.begin() + base + 1);
  genomics::ReadSite site{contig, *position, {}, paralogous};
  for (const std::uint8_t symbol : asked.symbols) site.alleles.push_back(place.alleles[symbol]);
  sites_.push_back(std::move(asked));
  read_sites_.push_back(std::move(site));
}

// Only whether a read is there matters; the other base stands for a site's need of two alleles.
void StructureColumns::ask_marker(const DeletionLink::Marker& marker, AskedSite::What what, const std::string& contig,
                                  genomics::Assembly assembly) {
  sites_.push_back({what, 0, {0, 1}});
  read_sites_.push_back(
      {contig, marker.position.on(assembly), {std::string{marker.base}, marker.base == 'A' ? "C" : "A"}, true});
}

void StructureColumns::plan(genomics::ReadPlan& plan) {
  first_site_ = plan.sites.size();
  first_region_ = plan.depth_regions.size();
  plan.sites.insert(plan.sites.end(), read_sites_.begin(), read_sites_.end());
  plan.depth_regions.insert(plan.depth_regions.end(), regions_.begin(), regions_.end());
}

}  // namespace stardose::pharmaco
