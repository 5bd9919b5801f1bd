// Checking that shards fit, and joining them.
#include "pipeline/parts/merge_shards.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pipeline/parts/finish_run.h"
#include "pipeline/parts/join_files.h"
#include "pipeline/sinks/output_folder.h"

namespace stardose::pipeline {

namespace {

namespace fs = std::filesystem;
using genomics::Fault;
using genomics::InputError;

[[noreturn]] void refuse(const std::string& folder, const std::string& why, const std::string& help) {
  throw InputError{Fault::mismatch, {folder, "", why, help}};
}

constexpr const char* one_run = "give the shards of one run, made with the same program, settings and files";

/// `another `min-depth``: the first setting that is not the same in both, which print one a line.
std::string other_setting(const std::string& one, const std::string& other) {
  const auto [at, ignored] = std::ranges::mismatch(one, other);
  const auto place = static_cast<std::size_t>(at - one.begin());
  const std::size_t begin = place == 0 ? 0 : one.rfind('\n', place - 1) + 1;
  return "another `" + genomics::printable(one.substr(begin, one.find(':', begin) - begin)) + "`";
}

void check_alike(const std::string& folder, const ShardDocument& document, const std::string& first,
                 const ShardDocument& of_first) {
  const ShardKey& key = document.key;
  const ShardKey& first_key = of_first.key;
  std::string what;
  if (key.program_version != first_key.program_version) what = "another version of the program";
  if (what.empty() && key.catalogue != first_key.catalogue) what = "another catalogue";
  if (what.empty() && key.workflow != first_key.workflow) what = other_setting(key.workflow, first_key.workflow);
  if (what.empty() && key.pseudonyms != first_key.pseudonyms) what = "another key for the samples' pseudonyms";
  if (what.empty() && key.inputs != first_key.inputs) what = "other inputs";
  if (what.empty() && key.fingerprints != first_key.fingerprints) what = "inputs or tables that have changed since";
  if (!what.empty()) refuse(folder, "was made with " + what + " than " + first, one_run);
  if (document.shard.count != of_first.shard.count) {
    refuse(folder,
           fmt::format("is one of {} shards, and {} one of {}", document.shard.count, first, of_first.shard.count),
           one_run);
  }
}

/// In words, so that someone can start those again: `3, 5 and 7`; of many the first.
std::string missing_numbers(const std::vector<ShardDocument>& documents) {
  constexpr std::size_t most = 10;
  std::size_t missing = 0;
  std::string text;
  const auto add = [&](std::size_t from, std::size_t to) {  // numbers in [from, to)
    for (std::size_t number = from; number < to && missing + (number - from) < most; ++number) {
      text += (text.empty() ? "" : ", ") + std::to_string(number);
    }
    missing += to - std::min(from, to);
  };
  std::size_t next = 1;
  for (const ShardDocument& document : documents) {
    add(next, document.shard.number);
    next = document.shard.number + 1;
  }
  add(next, documents.front().shard.count + 1);
  return missing > most ? text + fmt::format(" and {} more", missing - most) : text;
}

void check_each_sample_once(const ShardSet& shards) {
  std::unordered_map<std::string, const std::string*> folder_of;
  for (std::size_t k = 0; k < shards.folders.size(); ++k) {
    for (const PartSample& sample : shards.documents[k].part.samples) {
      const auto [known, is_new] = folder_of.emplace(sample.name, &shards.folders[k]);
      if (!is_new) {
        refuse(shards.folders[k],
               "has the sample " + genomics::printable(sample.name) + ", and so has " + *known->second,
               "give each sample once: merge its alignments into one file, or rename one (SM of its @RG)");
      }
    }
  }
}

void check_assemblies(const ShardSet& shards) {
  const std::string* first = nullptr;
  const std::string* of_folder = nullptr;
  for (std::size_t k = 0; k < shards.folders.size(); ++k) {
    const std::string& assembly = shards.documents[k].part.assembly;
    if (assembly.empty()) continue;
    if (first != nullptr && assembly != *first) {
      refuse(shards.folders[k], "is on " + assembly + ", and " + *of_folder + " on " + *first,
             "all inputs of a run are on one assembly");
    }
    if (first == nullptr) of_folder = &shards.folders[k];
    if (first == nullptr) first = &assembly;
  }
}

void check_output(const ShardSet& shards, const std::string& output) {
  for (const std::string& folder : shards.folders) {
    std::error_code error;
    if (fs::equivalent(folder, output, error)) {
      throw InputError{Fault::usage, {output, "output", "is one of the shards", "name another folder with --output"}};
    }
  }
}

/// What is to be read again must say the same.
void check_unchanged(const PgxSetup& setup, const ShardKey& key) {
  if (setup.knowledge.release.digest != key.catalogue) {
    refuse(setup.job.knowledge, "the shards were made with another catalogue", one_run);
  }
  if (key.pseudonyms != genomics::pseudonym_key_name()) {
    refuse("", key.pseudonyms.empty() ? "the shards name their samples" : "the shards have pseudonyms of another key",
           "merge with the --pseudonymise that the shards were run with, or without one");
  }
  std::vector<std::string> tables = setup.job.calling.outside_calls;
  tables.insert(tables.end(), {setup.job.patients.covariates, setup.job.patients.polygenic, setup.job.features.features,
                               setup.job.medications.medications_file, setup.job.output.truth});
  for (const std::string& table : tables) {
    const auto recorded = key.fingerprints.find(table);
    if (recorded == key.fingerprints.end() || table.empty()) continue;
    if (content_print(table) == recorded->second) continue;
    refuse(table, "is not as it was when the shards were made",
           "merge in the folder where the shards were run, with the same tables in place");
  }
}

std::vector<ShardFolder> with_samples(const ShardSet& shards) {
  std::vector<ShardFolder> list;
  for (std::size_t k = 0; k < shards.folders.size(); ++k) {
    if (!shards.documents[k].part.samples.empty()) list.push_back({shards.folders[k], &shards.documents[k]});
  }
  return list;
}

}  // namespace

ShardSet read_shard_set(const std::vector<std::string>& folders, const std::string& program_version) {
  std::vector<std::pair<ShardDocument, std::string>> read;
  for (const std::string& folder : folders) read.emplace_back(read_shard_document(folder), folder);
  std::ranges::stable_sort(read, {}, [](const auto& shard) { return shard.first.shard.number; });
  ShardSet set;
  for (auto& [document, folder] : read) {
    if (set.folders.empty() && document.key.program_version != program_version) {
      refuse(folder,
             "was made with stardose " + genomics::printable(document.key.program_version) + ", and this is " +
                 program_version,
             "merge with the program that made the shards");
    }
    if (!set.folders.empty()) {
      check_alike(folder, document, set.folders.front(), set.documents.front());
      if (document.shard.number == set.documents.back().shard.number) {
        refuse(folder, fmt::format("is shard {}, and so is {}", document.shard.number, set.folders.back()),
               "give each shard once");
      }
    }
    set.folders.push_back(folder);
    set.documents.push_back(std::move(document));
  }
  if (set.folders.size() != set.documents.front().shard.count) {
    refuse(set.folders.front(),
           fmt::format("is one of {} shards, and missing are {}", set.documents.front().shard.count,
                       missing_numbers(set.documents)),
           "run those too, to their ends, and give their folders");
  }
  check_each_sample_once(set);
  check_assemblies(set);
  return set;
}

PgxSummary merge_shards(const PgxJob& job, ShardSet shards) {
  const auto begin = std::chrono::steady_clock::now();
  check_output(shards, job.output.folder);
  const PgxSetup setup{job};
  check_unchanged(setup, shards.documents.front().key);
  const std::vector<ShardFolder> folders = with_samples(shards);
  if (folders.empty())
    refuse(shards.folders.front(), "has no sample, nor has any other shard", "see what shards failed");
  std::ranges::for_each(folders, check_files);
  PartJoiner joiner;
  for (const ShardDocument& document : shards.documents) joiner.add(document.part);
  const RunPart part = joiner.take();
  check_truth(setup, part);
  const SampleTables tables = read_sample_tables(setup, sample_names(part), false);
  std::ranges::for_each(tables.warnings, job.warn);
  RunEnd end{{}, {}, {}, begin, setup.provenance()};
  end.provenance.warnings = tables.warnings;

  job.on_writing();
  const OutputFolder folder{job.output.folder};
  folder.remove_stale();
  remove_records(job.output);
  remove_reports(job.output, {});
  join_tables(folders, job.output.folder);
  copy_reports(folders, job.output.folder);
  join_dosages(folders, job.output.folder);
  const ShardDocument& first = *folders.front().document;
  end.wanted.html = first.wanted.html;
  end.wanted.multiqc = first.files.contains(table_file(static_cast<std::size_t>(ResultTable::multiqc_general)));
  PgxSummary summary = end_run(setup, std::move(end), part);
  for (const auto& failed : part.failed) {
    const auto text = [&](const char* key) {
      return failed.at(key).is_null() ? std::string{} : std::string{failed.at(key)};
    };
    summary.failed.push_back(
        {text("path"), text("sample"), InputError{Fault::input, {"", "", text("why"), text("help")}}});
  }
  return summary;
}

}  // namespace stardose::pipeline
