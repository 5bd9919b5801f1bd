// What the records of a shard say.
#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "genomics/io/cohort_file.h"
#include "genomics/io/reading_plan.h"
#include "genomics/io/record_walk.h"
#include "genomics/io/ref_votes.h"
#include "genomics/io/variant_file.h"
#include "genomics/io/variant_input_options.h"
#include "genomics/io/wanted_sites.h"
#include "genomics/matrix/matrix_rows.h"
#include "genomics/sites/genotype_table.h"

namespace stardose::genomics {

/// What they say when they are read as records of one assembly.
struct AssemblyFindings {
  std::uint64_t matched = 0;      ///< records that spoke about a site
  std::vector<SiteRow> rows;      ///< in file order
  RefVotes votes;                 ///< reference blocks count for all their sites
  std::set<std::size_t> same;     ///< sites that REF reaches with the assembly's base, which the other may not share
  std::set<std::size_t> shifted;  ///< sites that an indel may be at, for someone
  bool foreign_mitochondrion = false;  ///< some are of a chrM that positions do not count on; they were not used
};

struct ShardFindings {
  CohortShard shard;
  Passage passage;
  std::vector<AssemblyFindings> assemblies;               ///< as WantedSites::assemblies()
  MatrixRows matrix;                                      ///< of all records, if wanted
  std::uint64_t without_genotypes = 0;                    ///< records at sites that have no GT
  std::map<std::string, std::uint64_t> rejected_filters;  ///< FILTER values that did not pass, and in how many records
  std::vector<WatchedRegion> watched;                     ///< as WantedSites::regions()
  std::exception_ptr fault;
};

/// Reads the shard of `findings` and fills in the rest. `from` is as in VariantFile::read(). What goes wrong is among
/// the findings.
void read_shard(const ReadingPlan& plan, const WantedSites& wanted, const VariantInputOptions& options,
                const FileOrder& from, ShardFindings& findings);

}  // namespace stardose::genomics
