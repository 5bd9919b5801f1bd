// Reading once more, for REF alone.
#include "genomics/io/assembly_doubt.h"

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "genomics/io/shard_findings.h"
#include "genomics/io/wanted_sites.h"

namespace stardose::genomics {

bool can_be_read_again(const std::string& path) {
  std::error_code fault;
  return path != "-" && std::filesystem::is_regular_file(path, fault);
}

RefVotes votes_on(Assembly assembly, const CohortFile& file, const ReadingPlan& plan,
                  const VariantInputOptions& options) {
  const ReadingPlan sites_alone{.sites = plan.sites, .groups = plan.groups};
  const WantedSites wanted{assembly, sites_alone};
  VariantInputOptions without_reference = options;
  without_reference.reference.clear();
  const auto again = std::make_shared<CohortFile>(file.opened().path(), options.use_index, options.check_format);
  again->choose(file.columns());
  RefVotes votes;
  for (Shard& shard : again->opened().plan(wanted.near(), sites_alone.cutting, sites_alone.records())) {
    ShardFindings findings;
    findings.shard = {again, std::move(shard)};
    read_shard(sites_alone, wanted, without_reference, {}, findings);
    if (findings.fault) return {};
    AssemblyFindings& found = findings.assemblies.front();
    votes.agreeing.merge(found.same);
    votes.disagreeing.merge(found.votes.disagreeing);
  }
  return votes;
}

}  // namespace stardose::genomics
