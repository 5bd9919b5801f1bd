// Collecting and adding up.
#include "pipeline/parts/run_part.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "genomics/pseudonyms.h"
#include "pipeline/cohort_page.h"
#include "pipeline/provenance.h"

namespace stardose::pipeline {

namespace {

using genomics::shown_path;
using genomics::without_paths;
using Json = nlohmann::ordered_json;

Json fingerprint_json(const std::string& path) {
  const std::string print = fingerprint(path);
  return print.empty() ? Json(nullptr) : Json(print);
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void append(Json& to, const Json& from, const auto& wanted) {
  std::ranges::copy_if(from, std::back_inserter(to), wanted);
}

bool is_unopened(const Json& failed) { return failed.at("sample").is_null(); }

/// What all parts with samples of variant files say alike, once.
void add_variants(RunPart& part, RunPart& sum) {
  if (sum.variant_inputs.empty()) {
    sum.variant_inputs = std::move(part.variant_inputs);
    sum.variant_warnings = std::move(part.variant_warnings);
  }
  sum.unaligned.merge(part.unaligned);
}

void add_tallies(RunPart& part, RunPart& sum) {
  if (sum.genes.empty()) sum.genes.resize(part.genes.size());
  sum.gene_warnings.resize(sum.genes.size());
  for (std::size_t gene = 0; gene < part.genes.size(); ++gene) {
    sum.genes[gene].add(part.genes[gene]);
    append(sum.gene_warnings[gene], part.gene_warnings[gene]);
  }
  for (const auto& [gene, counts] : part.concordance) sum.concordance[gene].add(counts);
}

void sort_gene_warnings(RunPart& part) {
  std::unordered_map<std::string_view, std::size_t> place;
  for (std::size_t k = 0; k < part.samples.size(); ++k) place.emplace(part.samples[k].name, k);
  for (auto& all : part.gene_warnings) {
    std::ranges::stable_sort(all, {}, [&](const GeneWarning& warning) { return place.at(warning.sample); });
  }
}

}  // namespace

RunPart part_of_failed(const std::vector<FailedAlignment>& failed) {
  RunPart part;
  for (const FailedAlignment& each : failed) {
    part.failed.push_back({{"path", shown_path(each.path)},
                           {"sample", each.sample.empty() ? Json(nullptr) : Json(each.sample)},
                           {"why", each.error.what()},
                           {"help", without_paths(each.error.parts().help)}});
  }
  return part;
}

RunPart part_of_inputs(const InputResults& read) {
  RunPart part;
  const genomics::Cohort& cohort = read.cohort;
  for (const std::string& sample : cohort.samples) part.samples.push_back({.name = sample});
  part.of_variants = cohort.samples.size() - read.alignments.samples.size();
  if (!cohort.samples.empty()) part.assembly = to_string(cohort.assembly);
  for (const genomics::InputSummary& input : cohort.inputs) {
    part.variant_inputs.push_back({{"path", shown_path(input.path)},
                                   {"kind", "variants"},
                                   {"fingerprint", fingerprint_json(input.path)},
                                   {"index_used", input.counts.used_index},
                                   {"records_seen", input.counts.records},
                                   {"records_at_catalogue_positions", input.counts.matched}});
  }
  for (const AlignmentSummary& input : read.alignments.files) {
    part.alignment_inputs.push_back({{"path", shown_path(input.path)},
                                     {"kind", "alignment"},
                                     {"fingerprint", fingerprint_json(input.path)},
                                     {"sample", input.sample},
                                     {"reads", input.reads},
                                     {"duplicates", input.duplicates},
                                     {"mean_depth", std::round(input.mean_depth * 100) / 100}});
  }
  part.failed = part_of_failed(read.alignments.failed).failed;
  const std::size_t common = cohort.warnings.size() - cohort.unaligned.size();
  const auto unaligned = cohort.warnings.begin() + static_cast<std::ptrdiff_t>(common);
  std::transform(cohort.warnings.begin(), unaligned, std::back_inserter(part.variant_warnings), without_paths);
  for (std::size_t k = 0; k < cohort.unaligned.size(); ++k) {
    part.unaligned.emplace(cohort.unaligned[k], without_paths(cohort.warnings[common + k]));
  }
  part.alignment_warnings = read.alignments.warnings();
  std::ranges::transform(part.alignment_warnings, part.alignment_warnings.begin(), without_paths);
  return part;
}

void add_genes(const CohortResults& results, RunPart& part) {
  part.genes = count_genes(results);
  for (const GeneOutcomes& gene : results.genes) {
    auto& warnings = part.gene_warnings.emplace_back();
    for (const SampleWarning& warning : gene.warnings) {
      warnings.push_back({results.samples[warning.sample], warning.text});
    }
  }
}

std::vector<std::size_t> empty_columns(const learning::Frame& frame) {
  std::vector<std::size_t> empty;
  for (std::size_t k = 0; k < frame.columns.size(); ++k) {
    if (std::ranges::all_of(frame.columns[k].values, [](double value) { return std::isnan(value); }))
      empty.push_back(k);
  }
  return empty;
}

std::size_t RunPart::no_calls() const {
  std::size_t count = 0;
  for (const pharmaco::GeneTally& gene : genes) count += gene.no_calls;
  return count;
}

std::size_t RunPart::no_doses() const {
  std::size_t count = 0;
  for (const PartSample& sample : samples) count += sample.no_doses;
  return count;
}

void PartJoiner::add_features(RunPart& part) {
  const std::size_t rows = part.features.rows.size();
  if (rows == 0) return;
  const bool goes_first = part.of_variants > 0 && !has_first_;
  if (goes_first || sum_.empty_features.empty()) sum_.empty_features = part.empty_features;
  has_first_ = has_first_ || goes_first;
  std::vector<std::size_t> places(rows);
  std::iota(places.begin(), places.end(), std::size_t{0});
  const auto behind = places.begin() + static_cast<std::ptrdiff_t>(part.of_variants);
  if (behind != places.begin()) append(sum_.features, rows_of(part.features, {places.begin(), behind}));
  if (behind != places.end()) append(features_of_alignments_, rows_of(part.features, {behind, places.end()}));
}

void PartJoiner::add(RunPart part) {
  add_features(part);
  const auto behind = part.samples.begin() + static_cast<std::ptrdiff_t>(part.of_variants);
  std::move(part.samples.begin(), behind, std::back_inserter(sum_.samples));
  std::move(behind, part.samples.end(), std::back_inserter(of_alignments_));
  if (sum_.assembly.empty()) sum_.assembly = part.assembly;
  add_variants(part, sum_);
  append(sum_.alignment_inputs, part.alignment_inputs, [](const Json&) { return true; });
  append(sum_.alignment_warnings, part.alignment_warnings);
  append(sum_.failed, part.failed, is_unopened);
  append(failed_later_, part.failed, std::not_fn(is_unopened));
  add_tallies(part, sum_);
}

RunPart PartJoiner::take() {
  sum_.of_variants = sum_.samples.size();
  append(sum_.samples, of_alignments_);
  append(sum_.failed, failed_later_, [](const Json&) { return true; });
  if (!features_of_alignments_.columns.empty()) append(sum_.features, std::move(features_of_alignments_));
  const std::vector<std::size_t> empty = empty_columns(sum_.features);
  std::erase_if(sum_.empty_features,
                [&](const auto& entry) { return !std::ranges::binary_search(empty, entry.first); });
  sort_gene_warnings(sum_);
  return std::move(sum_);
}

std::vector<std::string> guided_genes(const RunPart& part) {
  std::vector<std::string> symbols;
  for (const pharmaco::GeneTally& gene : part.genes) {
    if (gene.has_guidance) symbols.push_back(gene.gene);
  }
  return symbols;
}

std::vector<std::string> sample_names(const RunPart& part) {
  std::vector<std::string> names;
  for (const PartSample& sample : part.samples) names.push_back(sample.name);
  return names;
}

}  // namespace stardose::pipeline
