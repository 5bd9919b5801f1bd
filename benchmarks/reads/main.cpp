// Reads a list of positions out of a BAM or CRAM and says how much was seen: what `stardose` does before it calls.
#include <cstdio>
#include <string>
#include <vector>

#include "benchmarks/data/genome.h"
#include "genomics/input_error.h"
#include "genomics/reads/alignment_file.h"

int main(int argc, char** argv) {
  using namespace stardose;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() != 2 && arguments.size() != 3) {
    bench::give_up("usage: stardose_bench_reads FILE.bam|FILE.cram POSITIONS [REFERENCE.fa]");
  }
  genomics::ReadPlan plan;
  for (const bench::Position& position : bench::read_positions(arguments[1])) {
    genomics::ReadSite site{std::string{bench::contigs.at(static_cast<std::size_t>(position.contig)).name},
                            position.position,
                            {position.ref}};
    site.alleles.insert(site.alleles.end(), position.alts.begin(), position.alts.end());
    plan.sites.push_back(std::move(site));
  }
  genomics::AlignmentInputOptions options;
  if (arguments.size() == 3) options.reference = arguments[2];
  try {
    const auto evidence = genomics::AlignmentFile{arguments[0], options}.read(plan);
    std::printf("%zu sites, %llu reads, %zu fragments, %zu observations\n", plan.sites.size(),
                static_cast<unsigned long long>(evidence.reads), evidence.fragments.size(),
                evidence.observations.size());
  } catch (const genomics::InputError& error) {
    bench::give_up(error.what());
  }
  return 0;
}
