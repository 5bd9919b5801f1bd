// Stretches of samples.
#include "pipeline/parts/take_shard.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <unordered_set>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/sample_selection.h"
#include "genomics/io/variant_file.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

template <class T>
std::vector<T> part_of(const std::vector<T>& all, const ShardChoice& shard) {
  const auto [begin, end] = shard.range(all.size());
  const auto at = [&](std::size_t place) { return all.begin() + static_cast<std::ptrdiff_t>(place); };
  return {at(begin), at(end)};
}

bool are_samples_named(const SortedInputs& inputs) {
  return !inputs.variants.samples.empty() || !inputs.variants.samples_file.empty();
}

void refuse_pipes(const std::vector<std::string>& files) {
  for (const std::string& path : files) {
    std::error_code error;
    if (path != "-" && !std::filesystem::is_fifo(path, error)) continue;
    throw InputError{
        Fault::usage,
        {path, "", "shards and --resume read an input again, and standard input or a pipe can be read once only",
         "write it to a file first"}};
  }
}

}  // namespace

void take_shard_of_variants(SortedInputs& inputs) {
  auto& variants = inputs.variants;
  if (!inputs.shard.is_asked || variants.files.empty()) return;
  refuse_pipes(variants.files);
  const std::string& path = variants.files.front();
  const genomics::VariantFile file{path, variants.use_index};
  name_samples(part_of(select_samples(variants, path, file.samples()).names, inputs.shard), variants);
}

void name_samples(std::vector<std::string> names, genomics::VariantInputOptions& variants) {
  // The order of names does not matter, but a ^ before the first would turn them into names to leave out.
  const auto plain = std::ranges::find_if(names, [](const std::string& name) { return !name.starts_with('^'); });
  if (plain == names.end() && !names.empty()) {
    throw InputError{Fault::usage,
                     {variants.files.front(), "sample " + genomics::printable(names.front()),
                      "no part of a run can be of names that begin with ^", "rename them with `bcftools reheader`"}};
  }
  if (names.empty()) variants.files.clear();
  if (!names.empty()) std::iter_swap(names.begin(), plain);
  variants.samples = std::move(names);
  variants.samples_file.clear();
}

void take_shard_of_alignments(SortedInputs& inputs) {
  if (inputs.shard.is_asked && !are_samples_named(inputs)) {
    inputs.alignments.files = part_of(inputs.alignments.files, inputs.shard);
  }
}

void take_shard_of_heads(const SortedInputs& inputs, std::vector<AlignmentHead>& heads,
                         std::vector<FailedAlignment>& failed) {
  if (!inputs.shard.is_asked || !are_samples_named(inputs)) return;
  std::unordered_set<std::string> left;
  for (const AlignmentHead& head : heads) left.insert(head.path);
  for (const FailedAlignment& each : failed) left.insert(each.path);
  std::vector<std::string> files;
  std::ranges::copy_if(inputs.alignments.files, std::back_inserter(files),
                       [&](const std::string& path) { return left.contains(path); });
  const std::vector<std::string> part = part_of(files, inputs.shard);
  const std::unordered_set<std::string> own(part.begin(), part.end());
  std::erase_if(heads, [&](const AlignmentHead& head) { return !own.contains(head.path); });
  std::erase_if(failed, [&](const FailedAlignment& each) { return !own.contains(each.path); });
}

}  // namespace stardose::pipeline
