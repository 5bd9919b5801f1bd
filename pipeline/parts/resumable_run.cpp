// Planning, blocks of samples, and putting them together.
#include "pipeline/parts/resumable_run.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "genomics/io/sample_selection.h"
#include "genomics/io/variant_file.h"
#include "pipeline/open_inputs.h"
#include "pipeline/parts/journal_sink.h"
#include "pipeline/parts/sample_journal.h"
#include "pipeline/parts/take_shard.h"
#include "pipeline/pgx_steps.h"
#include "pipeline/provenance.h"
#include "pipeline/sinks/table_file.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

constexpr ShardChoice whole{1, 1, true};  // of which nothing may be left

/// What is to be done, with names and keys.
struct ResumePlan {
  SortedInputs inputs;                   ///< with the samples of variant files named
  std::vector<std::string> of_variants;  ///< samples of variant files, in order
  std::vector<AlignmentHead> alignments;
  std::vector<FailedAlignment> failed;
  std::optional<genomics::Assembly> assembly;
  std::map<std::string, std::string> keys;  ///< by sample
};

/// Lines of the settings that say which samples there are leave a sample as it is.
std::string settings_of_a_sample(const std::string& workflow) {
  std::string kept;
  for (std::size_t begin = 0; begin < workflow.size();) {
    const std::size_t end = std::min(workflow.find('\n', begin), workflow.size() - 1) + 1;
    const std::string_view line = std::string_view{workflow}.substr(begin, end - begin);
    const std::string_view name = line.substr(0, line.find(':'));
    const bool chooses = name == "input" || name == "input-list" || name == "samples" || name == "samples-file";
    if (!chooses) kept += line;
    begin = end;
  }
  return kept;
}

/// A digest of parts, each with its length, so that no two lists of parts read alike.
std::string digest_of(const std::vector<std::string>& parts) {
  genomics::Sha256 sha;
  for (const std::string& part : parts) {
    sha.update(std::to_string(part.size()) + ":");
    sha.update(part);
  }
  return sha.hex();
}

/// Alignments are too long to be read for this: what has another time was written to.
std::string print_of_alignments(const std::string& path) {
  struct stat status {};
  const bool is_known = stat(path.c_str(), &status) == 0;
  const auto time =
      is_known ? std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec) : "";
  return fingerprint(path) + " " + time;
}

void add_keys(const PgxSetup& setup, const ShardKey& run, ResumePlan& plan) {
  std::vector<std::string> common{"stardose/resume/1", run.program_version, run.catalogue,
                                  settings_of_a_sample(run.workflow), run.pseudonyms};
  std::vector<std::string> variants{"variants"};
  for (const auto& [path, print] : run.fingerprints) {
    if (path == setup.job.input.samples_file) continue;
    const bool is_input = std::ranges::find(plan.inputs.variants.files, path) != plan.inputs.variants.files.end();
    (is_input ? variants : common).insert((is_input ? variants : common).end(), {path, print});
  }
  const std::string shared = digest_of(common);
  variants.insert(variants.end(), plan.of_variants.begin(), plan.of_variants.end());
  const std::string of_variants = digest_of(variants);
  for (const std::string& sample : plan.of_variants) {
    plan.keys.emplace(sample, digest_of({shared, of_variants, sample}));
  }
  for (const AlignmentHead& head : plan.alignments) {
    plan.keys.emplace(head.sample,
                      digest_of({shared, "alignment", head.path, print_of_alignments(head.path), head.sample}));
  }
}

/// Returns nullopt when it was stopped.
std::optional<ResumePlan> plan_of(SortedInputs inputs, const Limits& limits, const std::stop_token& stop) {
  if (!inputs.shard.is_asked) inputs.shard = whole;
  ResumePlan plan{std::move(inputs), {}, {}, {}, {}, {}};
  auto& variants = plan.inputs.variants;
  if (!plan.inputs.alignments.files.empty()) {
    auto opened = open_inputs(plan.inputs, limits, stop);
    if (!opened) return std::nullopt;
    plan.alignments = std::move(opened->alignments);
    plan.failed = std::move(opened->failed);
    plan.assembly = opened->assembly.known();
    for (AlignmentHead& head : plan.alignments) head.opened.reset();
    opened->samples.resize(opened->samples.size() - plan.alignments.size());
    plan.of_variants = std::move(opened->samples);
  } else {
    take_shard_of_variants(plan.inputs);
    if (variants.files.empty()) return plan;
    const std::string& path = variants.files.front();
    plan.of_variants = select_samples(variants, path, genomics::VariantFile{path, variants.use_index}.samples()).names;
  }
  return plan;
}

/// A run of blocks. Refers to its arguments.
class ResumableRun {
 public:
  ResumableRun(const PgxJob& job, const RunEnd& end, const ResumePlan& plan, SampleJournal& journal,
               const std::stop_token& stop)
      : job_{job}, end_{end}, plan_{plan}, journal_{journal}, reports_{job.output.folder, end.wanted}, stop_{stop} {}

  /// Samples of variant files that are not finished, read at once. Returns false when it was stopped.
  bool do_variants() {
    std::vector<std::string> left;
    for (const std::string& sample : plan_.of_variants) {
      if (!is_finished(sample)) left.push_back(sample);
    }
    if (left.empty()) return true;
    SortedInputs inputs = plan_.inputs;
    inputs.alignments.files.clear();
    name_samples(std::move(left), inputs.variants);
    return do_block(std::move(inputs));
  }

  /// Alignments that are not finished, some at a time. Returns false when it was stopped.
  bool do_alignments() {
    // Enough for all threads to have work at most times; what a killed run loses is one block.
    const std::size_t block = 4 * static_cast<std::size_t>(std::max(job_.limits.threads, 2));
    SortedInputs inputs = plan_.inputs;
    inputs.variants.files.clear();
    inputs.variants.samples.clear();
    inputs.variants.samples_file.clear();
    if (plan_.assembly) inputs.variants.assembly = to_string(*plan_.assembly);  // another input may have told
    inputs.alignments.files.clear();
    for (std::size_t k = 0; k < plan_.alignments.size(); ++k) {
      const AlignmentHead& head = plan_.alignments[k];
      if (!is_finished(head.sample)) inputs.alignments.files.push_back(head.path);
      const bool is_block = inputs.alignments.files.size() == block || k + 1 == plan_.alignments.size();
      if (!is_block || inputs.alignments.files.empty()) continue;
      if (!do_block(inputs)) return false;
      inputs.alignments.files.clear();
    }
    return true;
  }

  [[nodiscard]] std::vector<FailedAlignment> take_failed() { return std::move(failed_); }

 private:
  [[nodiscard]] bool is_finished(const std::string& sample) const { return journal_.has(plan_.keys.at(sample)); }

  bool do_block(SortedInputs inputs) {
    inputs.shard = whole;
    // On GRCh37 a catalogue that was used cannot be used again.
    if (!setup_ || setup_assembly_ == genomics::Assembly::grch37) setup_.emplace(job_);
    DosageOutput no_dosages{job_.output, [] {}};
    const ReadingJob reading{setup_->knowledge, setup_->panel, setup_->calling, job_.limits};
    const auto read = read_inputs(std::move(inputs), reading, no_dosages, stop_);
    if (!read) return false;
    failed_.insert(failed_.end(), read->alignments.failed.begin(), read->alignments.failed.end());
    std::ranges::for_each(read->cohort.warnings, job_.warn);
    std::ranges::for_each(read->alignments.warnings(), job_.warn);
    if (read->cohort.samples.empty()) return true;
    setup_assembly_ = read->cohort.assembly;
    setup_->place_on(setup_assembly_);
    return write_block(*read);
  }

  bool write_block(const InputResults& read) {
    RunPart part = part_of_inputs(read);
    const SampleTables tables = read_sample_tables(*setup_, read.cohort.samples, true);
    const ReadSamples samples{*setup_, end_.wanted, read, tables, true};
    CohortResults results{read.cohort.samples, {}, {}};
    if (!call_samples(samples, stop_, results, part)) return false;
    std::optional<TruthTable> truth;
    if (!job_.output.truth.empty()) truth.emplace(job_.output.truth, job_.knowledge, setup_->knowledge);
    const PatientGenes genes = genes_of(samples, results);
    JournalSink sink{{samples, results, genes, part, truth, plan_.keys}, reports_, journal_};
    return render_samples(samples, results, part.assembly, sink, stop_);
  }

  const PgxJob& job_;
  const RunEnd& end_;
  const ResumePlan& plan_;
  SampleJournal& journal_;
  ReportWriter reports_;
  const std::stop_token& stop_;
  std::optional<PgxSetup> setup_;
  genomics::Assembly setup_assembly_ = genomics::Assembly::grch38;
  std::vector<FailedAlignment> failed_;
};

/// Samples of what is finished, in the order of the run, by key.
std::vector<std::string> finished_keys(const ResumePlan& plan, const SampleJournal& journal) {
  std::vector<std::string> keys;
  const auto add = [&](const std::string& sample) {
    if (journal.has(plan.keys.at(sample))) keys.push_back(plan.keys.at(sample));
  };
  std::ranges::for_each(plan.of_variants, add);
  for (const AlignmentHead& head : plan.alignments) add(head.sample);
  return keys;
}

RunPart join(const std::vector<std::string>& keys, SampleJournal& journal, const std::vector<FailedAlignment>& failed) {
  PartJoiner joiner;
  std::string assembly;
  for (const std::string& key : keys) {
    RunPart part = journal.part(key);
    if (!assembly.empty() && part.assembly != assembly) {
      throw InputError{
          Fault::mismatch,
          {"", "sample " + part.samples.front().name, "is on " + part.assembly + ", and others on " + assembly,
           "all inputs of a run are on one assembly"}};
    }
    assembly = part.assembly;
    joiner.add(std::move(part));
  }
  joiner.add(part_of_failed(failed));
  return joiner.take();
}

void write_tables(const std::vector<std::string>& keys, const RunPart& part, const RunEnd& end,
                  const std::string& folder, SampleJournal& journal) {
  const ByTable<bool> is_wanted = end.wanted.tables();
  for (std::size_t k = 0; k < result_tables; ++k) {
    if (!is_wanted[k]) continue;
    TableFile table{folder + "/" + table_file(k), frame_of(k, guided_genes(part))};
    for (const std::string& key : keys) table.put(journal.rows(key, k));
    table.close();
  }
}

}  // namespace

PgxSummary run_resumable(const PgxJob& job, SortedInputs inputs, RunEnd end, const std::stop_token& stop) {
  const auto& write = job.output.write;
  if (std::ranges::find(write, "dosages") != write.end()) {
    throw InputError{Fault::usage,
                     {"", "resume", "dosages have a column for each sample and are not written one by one",
                      "leave dosages out of `write`, or split the run with --shard"}};
  }
  auto plan = plan_of(std::move(inputs), job.limits, stop);
  if (!plan) return {.stopped = true};
  PgxSetup setup{job};
  add_keys(setup, end.key, *plan);

  job.on_writing();
  remove_records(job.output);
  SampleJournal journal{journal_path(job.output), job.output.folder + "/report"};
  const std::size_t before = finished_keys(*plan, journal).size();
  ResumableRun run{job, end, *plan, journal, stop};
  if (!run.do_variants() || !run.do_alignments()) return {.stopped = true};
  std::vector<FailedAlignment> failed = std::move(plan->failed);
  std::ranges::move(run.take_failed(), std::back_inserter(failed));
  remove_reports(job.output, failed);

  const std::vector<std::string> keys = finished_keys(*plan, journal);
  if (keys.empty() && !end.shard.is_asked && !failed.empty()) throw failed.front().error;
  RunPart part = join(keys, journal, failed);
  warn_of_older_results(job, end.wanted, sample_names(part));
  const SampleTables tables = read_sample_tables(setup, sample_names(part), end.shard.is_asked);
  std::ranges::for_each(tables.warnings, job.warn);
  if (!end.shard.is_asked) check_truth(setup, part);
  journal.keep_only(keys);
  if (!keys.empty()) write_tables(keys, part, end, job.output.folder, journal);
  end.provenance.warnings = tables.warnings;
  PgxSummary summary = end_run(setup, std::move(end), std::move(part));
  summary.resumed = before;
  summary.failed = std::move(failed);
  return summary;
}

}  // namespace stardose::pipeline
