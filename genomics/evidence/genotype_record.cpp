// From calls to columns.
#include "genomics/evidence/genotype_record.h"

#include <algorithm>

#include "genomics/sites/site_matcher.h"

namespace stardose::genomics {

namespace {

/// Alleles of the question (the number behind them is `other`) that the record has, in the record's order.
std::vector<std::uint8_t> alleles_in(const SiteQuestion& question, std::size_t number,
                                     std::span<const SampleGenotypes* const> samples) {
  std::vector<bool> wanted(question.asked.alleles.size() + 1, false);
  std::fill_n(wanted.begin(), question.listed, true);
  for (const SampleGenotypes* const sample : samples) {
    const SiteCall& call = sample->calls[number];
    if (!call.has_reads) continue;
    wanted[call.first] = true;
    wanted[call.second] = true;
  }
  std::vector<std::uint8_t> alleles;
  for (std::size_t allele = 0; allele < wanted.size(); ++allele) {
    if (wanted[allele]) alleles.push_back(static_cast<std::uint8_t>(allele));
  }
  return alleles;
}

std::string_view filter_of(SiteGenotype genotype) {
  if (!genotype.is_missing()) return filter_name::pass;
  switch (genotype.why_missing()) {
    case Missing::low_depth: return filter_name::low_depth;
    case Missing::low_quality: return filter_name::low_quality;
    case Missing::low_balance: return filter_name::low_balance;
    case Missing::structural: return filter_name::structural;
    default: return filter_name::no_reads;
  }
}

std::vector<std::int32_t> likelihoods_of(std::span<const std::int32_t> all, const std::vector<std::uint8_t>& alleles,
                                         bool one_copy) {
  std::vector<std::int32_t> kept;
  for (std::size_t b = 0; b < alleles.size(); ++b) {
    for (std::size_t a = one_copy ? b : 0; a <= b; ++a) kept.push_back(all[genotype_number(alleles[a], alleles[b])]);
  }
  const std::int32_t least = *std::ranges::min_element(kept);
  for (std::int32_t& phred : kept) phred -= least;
  return kept;
}

GenotypeColumn column_of(const SiteQuestion& question, std::size_t number, const SampleGenotypes& sample,
                         const std::vector<std::uint8_t>& alleles) {
  const SiteCall& call = sample.calls[number];
  const SiteGenotype genotype = sample.genotypes[question.targets.front().site];
  GenotypeColumn column{.one_copy = question.one_copy && !call.is_het(), .filter = filter_of(genotype)};
  column.depth = static_cast<int>(call.depth);
  const SiteCoverage& coverage = sample.coverage[question.targets.front().site];
  if (coverage.depth > 0) column.mapping_quality = static_cast<int>(coverage.mapping_quality + 0.5);
  for (const std::uint8_t allele : alleles) {
    const AlleleCount& count = sample.counts[call.counts_at + allele];
    column.forward.push_back(static_cast<std::int32_t>(count.forward));
    column.reverse.push_back(static_cast<std::int32_t>(count.reverse));
  }
  if (!call.has_reads || question.asked.paralogous) return column;
  column.quality = call.quality;
  column.strand_bias = call.strand_bias;
  column.likelihoods =
      likelihoods_of(std::span{sample.likelihoods}.subspan(call.likelihoods_at), alleles, column.one_copy);
  if (genotype.is_missing() && !genotype.hides_variant()) return column;
  const auto in_record = [&](std::uint8_t allele) {
    return static_cast<int>(std::ranges::find(alleles, allele) - alleles.begin());
  };
  column.first = in_record(call.first);
  column.second = in_record(call.second);
  column.phased = call.phased;
  column.phase_set = call.phase_set;
  return column;
}

}  // namespace

GenotypeRecord record_of(const SiteQuestion& question, std::size_t number,
                         std::span<const SampleGenotypes* const> samples) {
  GenotypeRecord record;
  const std::vector<std::uint8_t> alleles = alleles_in(question, number, samples);
  for (const std::uint8_t allele : alleles) {
    const bool known = allele < question.asked.alleles.size();
    record.alleles.emplace_back(known ? question.asked.alleles[allele] : std::string{unlisted_alternative});
  }
  bool any_passes = false;
  for (const SampleGenotypes* const sample : samples) {
    record.columns.push_back(column_of(question, number, *sample, alleles));
    const std::string_view filter = record.columns.back().filter;
    any_passes = any_passes || filter == filter_name::pass;
    if (std::ranges::find(record.filters, filter) == record.filters.end()) record.filters.push_back(filter);
  }
  if (any_passes) record.filters.assign(1, filter_name::pass);
  return record;
}

}  // namespace stardose::genomics
