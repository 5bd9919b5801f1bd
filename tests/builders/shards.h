// Reading in shards as many readers would, in whatever order they come to it.
#pragma once

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "tests/builders/cohort.h"

namespace stardose::test {

/// In what order the shards are read; they are joined in the order of the file.
enum class ReadingOrder { forwards, backwards, at_once };

struct ReadInShards {
  genomics::Cohort cohort;
  std::size_t shards;
};

/// Cuts files into as many as `shards` shards, however small.
inline ReadInShards read_in_shards(const genomics::SiteIndex& sites, const genomics::VariantInputOptions& options,
                                   std::size_t shards, ReadingOrder order) {
  genomics::ReadingPlan plan{sites, true, {{0, sites.size()}}};
  plan.cutting = {.shards = shards, .least_bytes = 1};
  genomics::CohortReader reader{options, plan};
  std::vector<genomics::CohortShard> parts;
  while (auto part = reader.next()) parts.push_back(std::move(*part));
  std::vector<genomics::ShardFindings> found(parts.size());
  const auto read_one = [&](std::size_t k) { found[k] = reader.read(parts[k]); };
  if (order == ReadingOrder::at_once) {
    std::vector<std::jthread> readers;
    for (std::size_t k = 0; k < parts.size(); ++k) readers.emplace_back([&read_one, k] { read_one(k); });
  } else {
    for (std::size_t k = 0; k < parts.size(); ++k) {
      read_one(order == ReadingOrder::forwards ? k : parts.size() - 1 - k);
    }
  }
  for (genomics::ShardFindings& findings : found) reader.add(std::move(findings));
  return {reader.finish(), parts.size()};
}

/// Everything that a run could learn from a cohort.
inline std::string told(const genomics::Cohort& cohort, const genomics::SiteIndex& sites) {
  std::string text = std::string{to_string(cohort.assembly)} + "\n";
  for (const std::string& row : rows(cohort, sites)) text += row + "\n";
  for (std::size_t site = 0; site < sites.size(); ++site) text += cohort.covered[site] ? '+' : '-';
  for (const genomics::InputSummary& input : cohort.inputs) {
    text += "\n" + std::to_string(input.counts.records) + " " + std::to_string(input.counts.matched);
  }
  for (const std::string& warning : cohort.warnings) text += "\n" + warning;
  return text;
}

}  // namespace stardose::test
