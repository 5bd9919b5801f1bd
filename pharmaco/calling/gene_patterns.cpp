// Grouping by comparison, site by site.
#include "pharmaco/calling/gene_patterns.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>

namespace stardose::pharmaco {

namespace {

using genomics::PhaseSet;
using genomics::SiteGenotype;

constexpr std::uint32_t not_met = UINT32_MAX;

/// Samples that look alike so far. Rows are taken one after the other, so that memory is read in order; a sample that
/// differs from its group's first one leaves it.
class Alike {
 public:
  explicit Alike(std::size_t samples) : group_(samples, 0) {
    if (samples > 0) first_.push_back(0);
  }

  template <class Value, class Key>
  void refine(std::span<const Value> row, const Key& key) {
    left_.clear();
    for (std::size_t sample = 0; sample < row.size(); ++sample) {
      std::uint32_t& group = group_[sample];
      if (row[sample] == row[first_[group]]) continue;
      const std::uint64_t place = std::uint64_t{group} << 32U | key(row[sample]);
      const auto [known, is_new] = left_.try_emplace(place, static_cast<std::uint32_t>(first_.size()));
      if (is_new) first_.push_back(static_cast<std::uint32_t>(sample));
      group = known->second;
    }
  }

  [[nodiscard]] std::span<const std::uint32_t> groups() const { return group_; }
  [[nodiscard]] std::size_t count() const { return first_.size(); }

 private:
  std::vector<std::uint32_t> group_;                       // of each sample
  std::vector<std::uint32_t> first_;                       // sample of each group
  std::unordered_map<std::uint64_t, std::uint32_t> left_;  // group left and value seen -> new group; of one row
};

GenePattern pattern_of(const genomics::GenotypeTable& table, std::size_t first, std::size_t count, std::size_t sample) {
  GenePattern pattern;
  pattern.genotypes.reserve(count);
  std::optional<std::uint32_t> first_file;
  for (std::size_t site = first; site < first + count; ++site) {
    const SiteGenotype genotype = table.at(site, sample);
    pattern.genotypes.push_back(genotype);
    const auto sets = table.phase_sets(site);
    PhaseSet set = sets.empty() ? 0 : sets[sample];
    if (genotype.is_het() && genotype.is_phased()) {
      const std::uint32_t file = table.file_of(site, sample);
      if (!first_file) first_file = file;
      if (file != *first_file) set = genomics::phase_set_of_name(fmt::format("{} of file {}", set, file));
    }
    if (sets.empty() && set == 0) continue;
    pattern.phase_sets.resize(count, 0);
    pattern.phase_sets[site - first] = set;
  }
  return pattern;
}

}  // namespace

GenePatterns find_patterns(const genomics::GenotypeTable& table, std::size_t first_site, std::size_t site_count) {
  Alike alike{table.samples()};
  for (std::size_t site = first_site; site < first_site + site_count; ++site) {
    alike.refine(table.row(site), [](genomics::SiteGenotype genotype) { return std::uint32_t{genotype.bits()}; });
    alike.refine(table.phase_sets(site), [](std::int32_t set) { return static_cast<std::uint32_t>(set); });
  }
  GenePatterns patterns;
  patterns.of_sample.reserve(table.samples());
  std::vector<std::uint32_t> pattern_of_group(alike.count(), not_met);
  for (const std::uint32_t group : alike.groups()) {
    std::uint32_t& pattern = pattern_of_group[group];
    if (pattern == not_met) {
      pattern = static_cast<std::uint32_t>(patterns.distinct.size());
      patterns.distinct.push_back(pattern_of(table, first_site, site_count, patterns.of_sample.size()));
    }
    patterns.of_sample.push_back(pattern);
  }
  return patterns;
}

}  // namespace stardose::pharmaco
