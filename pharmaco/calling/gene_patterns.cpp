// Grouping by hash, then by comparison.
#include "pharmaco/calling/gene_patterns.h"

#include <unordered_map>

namespace stardose::pharmaco {

namespace {

// The finaliser of MurmurHash3 (Appleby, public domain); good spread, nothing secret.
constexpr std::uint64_t mix(std::uint64_t hash) {
  hash ^= hash >> 33U;
  hash *= 0xff51afd7ed558ccdULL;
  hash ^= hash >> 33U;
  hash *= 0xc4ceb9fe1a85ec53ULL;
  return hash ^ (hash >> 33U);
}

/// One hash a sample, gathered row by row so that memory is read in order.
std::vector<std::uint64_t> hashes(const genomics::GenotypeTable& table, std::size_t first, std::size_t count) {
  std::vector<std::uint64_t> hash(table.samples(), 0);
  for (std::size_t site = first; site < first + count; ++site) {
    const auto row = table.row(site);
    for (std::size_t sample = 0; sample < row.size(); ++sample) {
      hash[sample] = mix(hash[sample] ^ row[sample].bits()) + site;
    }
    const auto sets = table.phase_sets(site);
    for (std::size_t sample = 0; sample < sets.size(); ++sample) {
      hash[sample] = mix(hash[sample] ^ static_cast<std::uint32_t>(sets[sample]));
    }
  }
  return hash;
}

GenePattern pattern_of(const genomics::GenotypeTable& table, std::size_t first, std::size_t count, std::size_t sample) {
  GenePattern pattern;
  pattern.genotypes.reserve(count);
  for (std::size_t site = first; site < first + count; ++site) {
    pattern.genotypes.push_back(table.at(site, sample));
    const auto sets = table.phase_sets(site);
    if (sets.empty()) continue;
    pattern.phase_sets.resize(count, 0);
    pattern.phase_sets[site - first] = sets[sample];
  }
  return pattern;
}

bool shows(const genomics::GenotypeTable& table, std::size_t first, std::size_t sample, const GenePattern& pattern) {
  for (std::size_t k = 0; k < pattern.genotypes.size(); ++k) {
    if (table.at(first + k, sample) != pattern.genotypes[k]) return false;
    const auto sets = table.phase_sets(first + k);
    if (!sets.empty() && sets[sample] != pattern.phase_sets[k]) return false;
  }
  return true;
}

}  // namespace

GenePatterns find_patterns(const genomics::GenotypeTable& table, std::size_t first_site, std::size_t site_count) {
  GenePatterns patterns;
  patterns.of_sample.reserve(table.samples());
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash;
  const std::vector<std::uint64_t> hash = hashes(table, first_site, site_count);
  for (std::size_t sample = 0; sample < table.samples(); ++sample) {
    const auto [begin, end] = by_hash.equal_range(hash[sample]);
    auto known = begin;
    while (known != end && !shows(table, first_site, sample, patterns.distinct[known->second])) ++known;
    if (known == end) {
      known = by_hash.emplace(hash[sample], static_cast<std::uint32_t>(patterns.distinct.size()));
      patterns.distinct.push_back(pattern_of(table, first_site, site_count, sample));
    }
    patterns.of_sample.push_back(known->second);
  }
  return patterns;
}

}  // namespace stardose::pharmaco
