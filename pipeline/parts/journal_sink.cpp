// One sample's part of all.
#include "pipeline/parts/journal_sink.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "genomics/pseudonyms.h"

namespace stardose::pipeline {

RunPart JournalSink::part_of(std::size_t number, const PartSample& sample, learning::Frame features) const {
  const RunPart& all = samples_.part;
  RunPart part;
  part.samples.push_back(sample);
  part.assembly = all.assembly;
  if (number < all.of_variants) {
    part.of_variants = 1;
    part.variant_inputs = all.variant_inputs;
    part.variant_warnings = all.variant_warnings;
    part.unaligned = all.unaligned;
  } else {
    const std::size_t file = number - all.of_variants;
    part.alignment_inputs.push_back(all.alignment_inputs.at(file));
    std::ranges::transform(samples_.samples.read.alignments.files[file].warnings,
                           std::back_inserter(part.alignment_warnings), genomics::without_paths);
  }
  for (const GeneOutcomes& gene : samples_.results.genes) {
    part.genes.emplace_back().add(gene.distinct[gene.of_sample[number]].finding, 1);
    auto& warnings = part.gene_warnings.emplace_back();
    for (const SampleWarning& warning : gene.warnings) {
      if (warning.sample == number) warnings.push_back({sample.name, warning.text});
    }
  }
  if (samples_.truth) part.concordance = samples_.truth->compare(samples_.results, {number, number + 1});
  part.features = std::move(features);
  note_empty_features(samples_.samples, samples_.genes, number, part);
  return part;
}

void JournalSink::put(RenderedSamples rendered) {
  reports_.write(rendered);
  const bool has_features = !rendered.features.columns.empty();
  std::size_t row = 0;
  ByTable<std::size_t> at{};
  for (const PartSample& sample : rendered.samples) {
    ByTable<std::string_view> rows;
    for (std::size_t k = 0; k < result_tables; ++k) {
      rows[k] = std::string_view{rendered.tables[k]}.substr(at[k], sample.bytes[k]);
      at[k] += sample.bytes[k];
    }
    learning::Frame features = has_features ? rows_of(rendered.features, {row}) : learning::Frame{};
    journal_.append(samples_.keys.at(sample.name), part_of(next_, sample, std::move(features)), rows);
    ++row;
    ++next_;
  }
}

}  // namespace stardose::pipeline
