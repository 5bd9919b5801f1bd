// The sites that files are read for: on the assembly that they are on or, while that is not known, on either.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/reading_plan.h"
#include "genomics/io/record_walk.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// The plan's sites on an assembly. They keep their numbers.
struct AssemblySites {
  Assembly assembly = Assembly::grch38;
  std::shared_ptr<const SiteIndex> sites;
};

/// Returns the catalogue's sites placed on an assembly; it may refer to `catalogue`, which must outlive it.
[[nodiscard]] AssemblySites sites_on(Assembly assembly, const SiteIndex& catalogue);

/// Immutable after construction; safe to read from many threads.
class WantedSites {
 public:
  /// `known`: the assembly of all files; nullopt: it is to be found out, and files are read for both.
  /// The plan's sites must outlive this and what is taken from it.
  WantedSites(std::optional<Assembly> known, const ReadingPlan& plan);

  /// The one known assembly, or GRCh38 and GRCh37.
  [[nodiscard]] const std::vector<AssemblySites>& assemblies() const { return assemblies_; }
  /// Sites of all assemblies; their numbers mean nothing outside.
  [[nodiscard]] const SiteIndex& near() const { return both_ ? *both_ : *assemblies_.front().sites; }
  /// Where a record must start for a group of the plan to be covered: group by group, assembly by assembly. A group
  /// that has no place on the assembly has a region of no contig, where nothing is ever seen.
  [[nodiscard]] const std::vector<WatchedRegion>& regions() const { return regions_; }

 private:
  std::vector<AssemblySites> assemblies_;
  std::optional<SiteIndex> both_;
  std::vector<WatchedRegion> regions_;
};

}  // namespace stardose::genomics
