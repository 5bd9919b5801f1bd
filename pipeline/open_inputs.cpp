// Opening, comparing, choosing.
#include "pipeline/open_inputs.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/sample_selection.h"
#include "genomics/io/variant_file.h"
#include "genomics/nearest_name.h"
#include "pipeline/parts/take_shard.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/sinks/collector.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

bool can_be_read_once_only(const std::string& path) {
  std::error_code error;
  return path == "-" || std::filesystem::is_fifo(path, error);
}

[[noreturn]] void refuse_same_sample(const std::string& path, const std::string& sample, const std::string& other) {
  if (path == other) throw InputError{Fault::mismatch, {path, "", "the file is given twice", "give each file once"}};
  throw InputError{Fault::mismatch,
                   {path, "sample " + genomics::printable(sample), other + " holds a sample of the same name",
                    "give each sample once: merge a sample's alignments into one file, or rename one (SM of its @RG)"}};
}

void check_each_once(const std::vector<AlignmentHead>& alignments) {
  std::map<std::string, std::string> path_of;
  for (const AlignmentHead& head : alignments) {
    const auto [known, is_new] = path_of.emplace(head.sample, head.path);
    if (!is_new) refuse_same_sample(head.path, head.sample, known->second);
  }
}

std::string help_for(const std::string& sample, const std::set<std::string>& there) {
  const std::string nearest = genomics::nearest_name(sample, {there.begin(), there.end()});
  return nearest.empty() ? "an alignment's sample is the SM of its read groups (`samtools samples FILE`)"
                         : "did you mean `" + nearest + "`?";
}

/// Leaves the alignments that were opened.
std::vector<FailedAlignment> take_failed(std::vector<AlignmentHead>& heads) {
  std::vector<FailedAlignment> failed;
  for (AlignmentHead& head : heads) {
    if (head.failure) failed.push_back({head.path, {}, *std::move(head.failure)});
  }
  std::erase_if(heads, [](const AlignmentHead& head) { return head.failure.has_value(); });
  return failed;
}

/// Takes the samples of alignments out of what is asked of variant files. The list of samples is read here alone: it
/// may be a pipe.
void choose_samples(SortedInputs& inputs, OpenedInputs& opened) {
  std::vector<AlignmentHead>& heads = opened.alignments;
  auto [asked, leave_out] = genomics::asked_samples(inputs.variants);
  if (asked.empty() || (heads.empty() && inputs.variants.files.empty())) return;
  const std::unordered_set<std::string> named(asked.begin(), asked.end());
  std::set<std::string> of_alignments;
  for (const AlignmentHead& head : heads) of_alignments.insert(head.sample);
  std::erase_if(heads, [&, out = leave_out](const AlignmentHead& head) { return named.contains(head.sample) == out; });
  std::erase_if(asked, [&](const std::string& name) { return of_alignments.contains(name); });
  auto& variants = inputs.variants;
  if (variants.files.empty() && !asked.empty()) {
    if (!opened.failed.empty()) throw opened.failed.front().error;  // the sample may be in there
    throw InputError{Fault::mismatch,
                     {"", "sample " + genomics::printable(asked.front()), "no input has this sample",
                      help_for(asked.front(), of_alignments)}};
  }
  if (!leave_out && asked.empty()) variants.files.clear();
  if (leave_out && !asked.empty()) asked.front().insert(0, 1, '^');
  variants.samples = std::move(asked);
  variants.samples_file.clear();
  if (variants.files.empty() && heads.empty()) {
    throw InputError{Fault::usage, {"", "", "no sample is left to call", "check --samples and --samples-file"}};
  }
}

}  // namespace

void check_names(const std::vector<AlignmentHead>& alignments, const std::vector<std::string>& samples,
                 const std::string& path) {
  const std::unordered_set<std::string> there(samples.begin(), samples.end());
  for (const AlignmentHead& head : alignments) {
    if (there.contains(head.sample)) refuse_same_sample(head.path, head.sample, path);
  }
}

std::optional<OpenedInputs> open_inputs(SortedInputs& inputs, const Limits& limits, const std::stop_token& stop,
                                        const genomics::ReadPlan& probe) {
  OpenedInputs opened{{}, {}, {}, genomics::AssemblyChoice{asserted_assembly(inputs.variants)}};
  take_shard_of_alignments(inputs);
  const std::size_t count = inputs.alignments.files.size();
  BatchSource numbers{count, 1};
  Collector<AlignmentHead> heads;
  ProgressLine progress{"alignments opened", count};
  const OpenAlignment open{inputs.alignments, limits.max_in_flight, probe};
  if (run(numbers, open, heads, limits, stop, progress).stopped) return std::nullopt;
  opened.alignments = heads.take();
  opened.failed = take_failed(opened.alignments);
  const bool nothing_left = opened.alignments.empty() && inputs.variants.files.empty();
  // Of a shard that has nothing else the whole run may have.
  if (nothing_left && !opened.failed.empty() && !inputs.shard.is_asked) throw opened.failed.front().error;
  check_each_once(opened.alignments);

  std::vector<std::string> available;  // of variant files, which all have the same samples
  std::string path_of_available;
  for (const std::string& path : inputs.variants.files) {
    if (can_be_read_once_only(path)) continue;
    const genomics::VariantFile file{path, inputs.variants.use_index, inputs.variants.check_format};
    opened.assembly.hear_header(file);
    available = file.samples();
    path_of_available = path;
    check_names(opened.alignments, available, path);
  }
  for (const AlignmentHead& head : opened.alignments) opened.assembly.hear_alignment(head.path, head.assembly);
  choose_samples(inputs, opened);
  take_shard_of_heads(inputs, opened.alignments, opened.failed);
  take_shard_of_variants(inputs);
  if (!inputs.variants.files.empty() && !available.empty()) {
    opened.samples = select_samples(inputs.variants, path_of_available, available).names;
  }
  for (const AlignmentHead& head : opened.alignments) opened.samples.push_back(head.sample);
  return opened;
}

}  // namespace stardose::pipeline
