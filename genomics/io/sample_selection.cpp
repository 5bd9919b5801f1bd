// Choosing samples by name.
#include "genomics/io/sample_selection.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "genomics/input_error.h"
#include "genomics/io/text_lines.h"
#include "genomics/pseudonyms.h"

namespace stardose::genomics {

namespace {

std::vector<std::string> read_names(const std::string& path) {
  std::vector<std::string> names;
  TextLines lines{path, "list of samples"};
  for (std::string_view line; lines.next(line);) {
    const std::size_t end = line.find_last_not_of(" \t");
    if (end != std::string_view::npos) names.emplace_back(line.substr(0, end + 1));
  }
  if (names.empty()) throw InputError{Fault::usage, {path, "", "the list of samples is empty", "one name a line"}};
  return names;
}

}  // namespace

AskedSamples asked_samples(const VariantInputOptions& options) {
  AskedSamples asked{options.samples, false};
  if (!asked.names.empty() && !asked.names.front().empty() && asked.names.front().front() == '^') {
    asked.leave_out = true;
    asked.names.front().erase(0, 1);
  }
  if (!options.samples_file.empty()) {
    const auto more = read_names(options.samples_file);
    asked.names.insert(asked.names.end(), more.begin(), more.end());
  }
  std::ranges::transform(asked.names, asked.names.begin(), known_as);
  return asked;
}

SampleSelection select_samples(const VariantInputOptions& options, const std::string& path,
                               const std::vector<std::string>& available) {
  const auto [asked, leave_out] = asked_samples(options);
  const std::unordered_set<std::string> wanted(asked.begin(), asked.end());
  const std::unordered_set<std::string> there(available.begin(), available.end());
  for (const std::string& name : asked) {
    if (there.contains(name)) continue;
    throw InputError{
        Fault::mismatch,
        {path, "sample " + name, "no such sample in the file", "list the file's samples with `bcftools query -l`"}};
  }
  SampleSelection selection;
  for (std::size_t column = 0; column < available.size(); ++column) {
    if (!asked.empty() && wanted.contains(available[column]) == leave_out) continue;
    selection.names.push_back(available[column]);
    selection.columns.push_back(static_cast<int>(column));
  }
  if (selection.names.empty()) {
    throw InputError{Fault::usage, {path, "", "no sample is left to call", "check --samples and --samples-file"}};
  }
  return selection;
}

}  // namespace stardose::genomics
