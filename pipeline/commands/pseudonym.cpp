// stardose pseudonym: keys, and whose pseudonym is whose.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "genomics/basics/table_cell.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pipeline/commands/commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/sinks/private_files.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

struct PseudonymFlags {
  std::string file;
  std::vector<std::string> names;
  std::string list;
  bool are_paths = false;
};

void make_key(const std::string& file) {
  std::error_code error;
  if (std::filesystem::exists(file, error)) {
    throw InputError{Fault::output,
                     {file, "", "is there already, and results may rest on it", "name a file that is not there yet"}};
  }
  make_files_private();
  write_file(file, genomics::drawn_key(), true);
}

void show(const PseudonymFlags& flags) {
  if (!genomics::pseudonyms_in_use()) {
    throw InputError{Fault::usage, {"", "--pseudonymise", "no key is given", "give it with `--pseudonymise FILE`"}};
  }
  std::vector<std::string> names = flags.names;
  if (!flags.list.empty()) {
    std::ifstream file{flags.list};
    if (!file) throw InputError{Fault::input, {flags.list, "", "cannot be opened", "check the path"}};
    for (std::string line; std::getline(file, line);) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!line.empty()) names.push_back(line);
    }
  }
  for (const std::string& name : names) {
    if (flags.are_paths) genomics::hide_path(name);
    const std::string known = flags.are_paths ? genomics::shown_path(name) : genomics::known_as(name);
    fmt::print("{}\t{}\n", genomics::table_cell(genomics::printable(name)), known);
  }
}

}  // namespace

Command add_pseudonym_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("pseudonym", "Make keys of pseudonyms; show which pseudonym a name has");
  command->require_subcommand(1);
  auto flags = std::make_shared<PseudonymFlags>();
  CLI::App* make_command = command->add_subcommand("make-key", "Draw a key and write it for you alone to read");
  make_command->add_option("FILE", flags->file, "File to write, which must not be there yet")->required();
  CLI::App* show_command = command->add_subcommand("show", "List names with the pseudonyms that --pseudonymise makes");
  show_command->add_option("NAME", flags->names,
                           "Names of samples, or with --paths paths of inputs, as a run had them");
  show_command->add_option("--names", flags->list, "File with more of them, one a line")->type_name("FILE");
  show_command->add_flag("--paths", flags->are_paths, "They are paths of inputs.");
  show_command->footer(
      "The key is given with --pseudonymise. Who has it can tell whose results are whose: keep it apart.");
  return [=](Interrupt& /*interrupt*/) -> int {
    if (make_command->parsed()) {
      make_key(flags->file);
    } else {
      show(*flags);
    }
    return exit_done;
  };
}

}  // namespace stardose::pipeline
