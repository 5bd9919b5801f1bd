// stardose merge: the folders of shards to the results of one run.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/print_config.h"
#include "config/workflow_file.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/pgx_command.h"
#include "pipeline/parts/merge_shards.h"

namespace stardose::pipeline {

namespace {

struct MergeFlags {
  std::vector<std::string> folders;
  std::string output = config::Settings{}.output.folder;
  bool timestamps = false;
  bool ro_crate = false;
};

int merge(const MergeFlags& flags, Interrupt& interrupt) {
  ShardSet shards = read_shard_set(flags.folders, STARDOSE_VERSION);
  const std::string& workflow = shards.documents.front().key.workflow;
  // Without a folder, so that its paths are as they were where the shards were run.
  config::Settings settings = config::read_workflow_text(workflow, "shard.json");
  if (config::deciding_yaml(settings) != workflow) {
    throw genomics::InputError{genomics::Fault::mismatch,
                               {shards.folders.front() + "/shard.json", "workflow",
                                "is not as the shard has written it", "run that shard again"}};
  }
  std::ranges::for_each(settings.calling.outside_calls, genomics::hide_path);
  settings.output.folder = flags.output;
  settings.output.timestamps = flags.timestamps;
  settings.output.ro_crate = flags.ro_crate;
  return tell_summary(merge_shards(pgx_job(settings, interrupt), std::move(shards)), settings);
}

}  // namespace

Command add_merge_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("merge", "Put the folders of a run's shards together, to the results of one run");
  auto flags = std::make_shared<MergeFlags>();
  command->add_option("folders", flags->folders, "Folders written by `stardose run --shard`, in any order.")
      ->type_name("FOLDER")
      ->required();
  command->add_option("-o,--output", flags->output, "Folder for the results, none of the shards'; made if missing.")
      ->type_name("FOLDER")
      ->capture_default_str();
  command->add_flag("--timestamps", flags->timestamps, "Also write into run.json when, where and in how many seconds.");
  command->add_flag("--ro-crate", flags->ro_crate, "Also write ro-crate-metadata.json, which describes the results.");
  return [flags](Interrupt& interrupt) { return merge(*flags, interrupt); };
}

}  // namespace stardose::pipeline
