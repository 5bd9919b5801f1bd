// stardose completion: scripts for shells.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "config/command_description.h"
#include "config/shell_completion.h"
#include "genomics/input_error.h"
#include "pipeline/commands/commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

struct CompletionFlags {
  std::string shell;
  std::string output;
};

std::string script_for(const std::string& shell, const config::CommandDescription& program) {
  if (shell == "bash") return bash_completion(program);
  if (shell == "zsh") return zsh_completion(program);
  if (shell == "fish") return fish_completion(program);
  throw genomics::InputError{genomics::Fault::usage,
                             {"", "", "no such shell: " + genomics::printable(shell), "it is bash, zsh or fish"}};
}

int print_completion(const CLI::App& app, const CompletionFlags& flags) {
  const std::string script = script_for(flags.shell, config::describe(app));
  if (flags.output.empty()) {
    fmt::print("{}", script);
  } else {
    write_file(flags.output, script, false);
  }
  return exit_done;
}

}  // namespace

Command add_completion_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("completion", "Print what a shell needs to complete command lines");
  auto flags = std::make_shared<CompletionFlags>();
  command->add_option("SHELL", flags->shell, "For which shell")->required()->type_name("bash|zsh|fish");
  command->add_option("--output", flags->output, "Write it to this file instead")->type_name("FILE");
  command->footer("For this session of bash: source <(stardose completion bash)");
  return [flags, &app](Interrupt& /*interrupt*/) { return print_completion(app, *flags); };
}

}  // namespace stardose::pipeline
