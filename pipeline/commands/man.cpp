// stardose man: the manual.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "config/command_description.h"
#include "config/man_page.h"
#include "genomics/input_error.h"
#include "pipeline/commands/commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

struct ManFlags {
  std::string command;
  std::string folder;
};

int print_manual(const CLI::App& program, const ManFlags& flags) {
  const auto pages = config::manual(config::describe(program), {STARDOSE_VERSION, STARDOSE_RELEASE_DATE});
  if (!flags.folder.empty()) {
    make_folder(flags.folder);
    for (const config::ManPage& page : pages) write_file(flags.folder + "/" + page.name + ".1", page.text, false);
    return exit_done;
  }
  const std::string name = flags.command.empty() ? "stardose" : "stardose-" + flags.command;
  const auto page = std::ranges::find(pages, name, &config::ManPage::name);
  if (page == pages.end()) {
    throw genomics::InputError{
        genomics::Fault::usage,
        {"", "", "no such command: " + genomics::printable(flags.command), "`stardose --help` lists the commands"}};
  }
  fmt::print("{}", page->text);
  return exit_done;
}

}  // namespace

Command add_man_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("man", "Print the manual");
  auto flags = std::make_shared<ManFlags>();
  command->add_option("COMMAND", flags->command, "The command that the page is about; none: the program");
  command->add_option("--output", flags->folder, "Write all pages to this folder instead")->type_name("FOLDER");
  command->footer("To read a page: stardose man run | man -l -");
  return [flags, &app](Interrupt& /*interrupt*/) { return print_manual(app, *flags); };
}

}  // namespace stardose::pipeline
