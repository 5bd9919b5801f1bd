// The columns of a structural gene on one assembly, and what reads are asked there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"
#include "pharmaco/knowledge/gene_structure.h"

namespace stardose::pharmaco {

/// What a site of the plan asks about.
struct AskedSite {
  enum class What : std::uint8_t { gene, paralog, before_deletion, after_deletion };
  What what = What::gene;
  std::uint16_t column = 0;
  std::vector<std::uint8_t> symbols;  ///< by allele of the ReadSite
};

/// A stretch of the plan's depth regions.
struct AskedDepth {
  std::size_t region = 0;  ///< number in GeneStructure::depth
  std::int64_t length = 0;
  std::int64_t distance = 0;  ///< bases between it and the nearest site
  bool before = false;        ///< all sites lie behind it
};

/// Sites and depth regions of one gene, in the order in which they go into a plan.
class StructureColumns {
 public:
  StructureColumns(const GeneStructure& structure, const std::string& contig, genomics::Assembly assembly);

  /// Appends; the first of each keeps the numbers that are returned by first_site and first_region.
  void plan(genomics::ReadPlan& plan);

  [[nodiscard]] const std::vector<AskedSite>& sites() const { return sites_; }
  [[nodiscard]] const std::vector<AskedDepth>& depths() const { return depths_; }
  [[nodiscard]] std::size_t first_site() const { return first_site_; }
  [[nodiscard]] std::size_t first_region() const { return first_region_; }

 private:
  [[nodiscard]] std::int64_t distance_of(const BaseRange& interval) const;
  void ask(const ColumnPlace& place, AskedSite::What what, std::size_t column, const std::string& contig,
           genomics::Assembly assembly, bool paralogous);
  void ask_marker(const DeletionLink::Marker& marker, AskedSite::What what, const std::string& contig,
                  genomics::Assembly assembly);

  std::vector<AskedSite> sites_;
  std::vector<genomics::ReadSite> read_sites_;
  std::vector<AskedDepth> depths_;
  std::vector<genomics::Region> regions_;
  std::size_t first_site_ = 0;
  std::size_t first_region_ = 0;
};

}  // namespace stardose::pharmaco
