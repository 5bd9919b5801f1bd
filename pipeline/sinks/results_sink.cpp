// Writing tables and reports.
#include "pipeline/sinks/results_sink.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace stardose::pipeline {

ResultsSink::ResultsSink(const std::string& folder, const Wanted& wanted, const std::vector<std::string>& guided)
    : reports_{folder, wanted} {
  const ByTable<bool> is_wanted = wanted.tables();
  for (std::size_t k = 0; k < result_tables; ++k) {
    if (is_wanted[k]) tables_[k].emplace(folder + "/" + table_file(k), frame_of(k, guided));
  }
}

void ResultsSink::put(RenderedSamples samples) {
  for (std::size_t k = 0; k < result_tables; ++k) {
    std::string_view rows = samples.tables[k];
    for (const PartSample& sample : samples.samples) {
      if (tables_[k]) tables_[k]->put(rows.substr(0, sample.bytes[k]));
      rows.remove_prefix(sample.bytes[k]);
    }
  }
  reports_.write(samples);
  if (!samples.features.columns.empty()) append(features_, std::move(samples.features));
  std::ranges::move(samples.samples, std::back_inserter(samples_));
}

void ResultsSink::close() {
  for (auto& table : tables_) {
    if (table) table->close();
  }
}

}  // namespace stardose::pipeline
