// Any genotypes at a gene's sites: a call comes, the same whichever chromosome is written first.
#include <span>

#include "pharmaco/calling/gene_caller.h"
#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/describe.h"
#include "tests/builders/calls.h"
#include "tests/builders/dosing.h"
#include "tests/fuzz/quiet.h"

using namespace stardose;
using genomics::Missing;
using genomics::SiteGenotype;

namespace {

std::uint8_t allele_of(unsigned byte, std::size_t alternatives) {
  if (byte % 64 < 4) {
    constexpr std::uint8_t special[] = {genomics::allele_code::other, genomics::allele_code::missing,
                                        genomics::allele_code::other_base, genomics::allele_code::other_base + 1};
    return special[byte % 4];
  }
  return static_cast<std::uint8_t>(byte % 4 == 0 ? byte / 4 % (alternatives + 1) : 0);
}

/// Two bytes a site: the first says of what kind the genotype is, or is the first allele; the second is the other.
test::Genotypes genotypes_of(const pharmaco::Gene& gene, std::span<const std::uint8_t> bytes) {
  test::Genotypes sample;
  std::size_t at = 0;
  const auto next = [&]() -> std::uint8_t { return at < bytes.size() ? bytes[at++] : 0x40; };
  bool any_set = false;
  for (const genomics::Site& site : gene.sites) {
    const unsigned first = next();
    const unsigned second = next();
    sample.phase_sets.push_back(0);
    if (first >= 240) {
      sample.sites.emplace_back(static_cast<Missing>(second % 14));
      continue;
    }
    const std::uint8_t one = allele_of(first, site.alts.size());
    if (first >= 236) {
      sample.sites.emplace_back(one, genomics::allele_code::no_copy, false);
      continue;
    }
    const std::uint8_t two = allele_of(second, site.alts.size());
    const bool is_phased = first >= 128;
    sample.sites.emplace_back(one, two, is_phased);
    if (is_phased && first >= 192) {
      sample.phase_sets.back() = static_cast<std::int32_t>(1 + second / 64);
      any_set = true;
    }
  }
  if (!any_set) sample.phase_sets.clear();
  return sample;
}

/// The same genotypes with the other chromosome first; of unphased ones too, which say nothing of chromosomes.
test::Genotypes turned(test::Genotypes sample) {
  for (SiteGenotype& genotype : sample.sites) {
    if (genotype.is_missing() || genotype.is_haploid()) continue;
    genotype = genotype.with_alleles(genotype.second(), genotype.first());
  }
  return sample;
}

/// Diplotypes of a call in any order, with the alleles of each in any order.
std::set<std::string> called(const pharmaco::Gene& gene, const pharmaco::GeneCall& call) {
  std::set<std::string> said;
  for (const pharmaco::GeneReading& reading : read_phenotype(gene, call).readings) said.insert(reading.phenotype);
  said.insert(std::to_string(static_cast<int>(call.status)) + " " + std::to_string(call.diplotypes.size()));
  return said;
}

}  // namespace

/// The first byte says which gene, the second how it is called.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto& genes = test::catalogue().genes;
  const pharmaco::Gene& gene = genes[data[0] % genes.size()];
  const pharmaco::CallerOptions options{.assume_reference = (data[1] & 1U) != 0,
                                        .from_small_variants = (data[1] & 2U) != 0,
                                        .find_combinations = (data[1] & 4U) != 0,
                                        .all_matches = (data[1] & 8U) != 0};
  const test::Genotypes sample = genotypes_of(gene, {data + 2, size - 2});
  const pharmaco::GeneCaller caller{gene, options};
  const pharmaco::GeneCall call = caller.call(sample.sites, sample.phase_sets);
  const pharmaco::GeneResult result = read_phenotype(gene, call);
  (void)describe_call(gene, call, result);
  (void)read_possible(gene, call, result);
  const test::Genotypes other = turned(sample);
  fuzz::check(called(gene, call) == called(gene, caller.call(other.sites, other.phase_sets)));
  return 0;
}
