// stardose: the command line, and the one place where errors end.
#include <fmt/format.h>
#include <htslib/hts.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "config/usage_error.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "genomics/untrusted.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/rules.h"
#include "pipeline/exit_code.h"
#include "pipeline/interrupt.h"
#include "pipeline/standard_streams.h"

namespace {

namespace genomics = stardose::genomics;
namespace pipeline = stardose::pipeline;
using stardose::genomics::Fault;
using stardose::genomics::InputError;

/// Whoever stops reading (`| head`) has what they want, and needs no message.
int report(const InputError& error) {
  const bool is_about_stdout = error.fault() == Fault::output && error.parts().file == "-";
  if (is_about_stdout && pipeline::standard_output_has_no_reader()) pipeline::die_of_broken_pipe();
  fmt::print(stderr, "error: {}\n", error.what());
  if (!error.parts().help.empty()) fmt::print(stderr, "help: {}\n", genomics::without_paths(error.parts().help));
  const bool is_untrusted = dynamic_cast<const genomics::Untrusted*>(&error) != nullptr;
  return is_untrusted ? pipeline::exit_untrusted : pipeline::exit_code_of(error.fault());
}

int report_no_memory() {
  std::fputs("error: out of memory\nhelp: give the job more memory, or fewer samples or threads at once\n", stderr);
  return pipeline::exit_out_of_memory;
}

int report_bug(const char* what) {
  fmt::print(stderr, "bug: {}\nhelp: this is a fault of stardose; please report it with the command line\n",
             genomics::without_paths(what));
  return pipeline::exit_bug;
}

/// A thread for which the system has no room.
bool is_want_of_memory(const std::exception& error) {
  if (const auto* system = dynamic_cast<const std::system_error*>(&error)) {
    return system->code() == std::errc::resource_unavailable_try_again ||
           system->code() == std::errc::not_enough_memory;
  }
  return std::string_view{error.what()}.starts_with("pthread_create has failed");  // oneTBB's, in a thread of its own
}

/// `reason`: an errno.
int report_unprinted(int reason) {
  return report({Fault::output,
                 {"-", "", std::string{"standard output cannot be written: "} + std::strerror(reason),
                  "check the free space, and the program that reads it"}});
}

int report_any(const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr || is_want_of_memory(error)) return report_no_memory();
  if (const auto* input = dynamic_cast<const InputError*>(&error)) return report(*input);
  const auto* system = dynamic_cast<const std::system_error*>(&error);
  if (system != nullptr && std::ferror(stdout) != 0) {  // thrown by what prints
    pipeline::forget_standard_output();
    return report_unprinted(system->code().value());
  }
  return report_bug(error.what());
}

/// An exception that ends a thread which nobody waits for would abort with 134, which workflow engines retry.
[[noreturn]] void end_at_once() {
  int code = pipeline::exit_bug;
  try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
  } catch (const std::exception& error) {
    code = report_any(error);
  } catch (...) {
    code = report_bug("an exception of an unknown kind");
  }
  std::_Exit(code);
}

// A batch of rows is some hundred kilobytes of text. Left to itself the allocator gives such pieces back to the system
// each time, which costs a cohort run a tenth of its time (benchmarks/README.md).
void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
}

/// The first line is for scripts.
std::string version() {
  const auto release = stardose::pharmaco::open_knowledge({}).release;
  return fmt::format("stardose {}\nUsing htslib {}\nCatalogue {} of {}, SHA-256 {}\nLicense Apache-2.0",
                     STARDOSE_VERSION, hts_version(), release.name, release.date, release.digest);
}

/// What a command ends in is written down before anybody hears of it.
template <class Work>
int audited(pipeline::CommandAudit& audit, const pipeline::Interrupt& interrupt, const Work& work) {
  int code = pipeline::exit_bug;
  try {
    code = work();
  } catch (const std::exception& error) {
    code = report_any(error);
  }
  audit.end(code, interrupt.signal());
  return code;
}

int run_program(int argc, char** argv, pipeline::Interrupt& interrupt) {
  CLI::App app{"From a person's variants or reads to named alleles, guidance and doses", "stardose"};
  app.set_version_flag("--version", version);
  app.require_subcommand(1);
  app.footer("Decision support for professionals; not a medical device.");
  const std::vector<std::pair<const char*, pipeline::Command>> commands = {
      {"run", pipeline::add_run_command(app)},
      {"merge", pipeline::add_merge_command(app)},
      {"explain", pipeline::add_explain_command(app)},
      {"dose", pipeline::add_dose_command(app)},
      {"genotype", pipeline::add_genotype_command(app)},
      {"annotate", pipeline::add_annotate_command(app)},
      {"concordance", pipeline::add_concordance_command(app)},
      {"polygenic", pipeline::add_polygenic_command(app)},
      {"features", pipeline::add_features_command(app)},
      {"score", pipeline::add_score_command(app)},
      {"knowledge", pipeline::add_knowledge_command(app)},
      {"model", pipeline::add_model_command(app)},
      {"train", pipeline::add_train_command(app)},
      {"twin", pipeline::add_twin_command(app)},
      {"selftest", pipeline::add_selftest_command(app)},
      {"pseudonym", pipeline::add_pseudonym_command(app)},
      {"audit", pipeline::add_audit_command(app)},
      {"man", pipeline::add_man_command(app)},
      {"completion", pipeline::add_completion_command(app)},
  };
  pipeline::Rules rules;
  pipeline::add_rules(app, rules);
  if (argc < 2) {
    fmt::print(stderr, "{}", app.help());
    return pipeline::exit_usage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    std::ostringstream text;
    const int code = app.exit(success, text, text);
    fmt::print("{}", text.str());  // unlike a stream, says when it cannot be written
    return code;
  } catch (const CLI::ParseError& error) {
    if (pipeline::asks_for_pseudonyms({argv, static_cast<std::size_t>(argc)})) stardose::genomics::hide_words();
    return report(stardose::config::usage_error(error, app));
  }
  const auto chosen =
      std::ranges::find_if(commands, [&](const auto& command) { return app.got_subcommand(command.first); });
  pipeline::CommandAudit audit = begin_audit(rules, app);
  return audited(audit, interrupt, [&] {
    enforce(rules);
    return chosen->second(interrupt);
  });
}

/// What was printed may not have come through.
int finish_output(int code) {
  const int failed = pipeline::flush_standard_output();
  return failed == 0 ? code : report_unprinted(failed);
}

}  // namespace

int main(int argc, char** argv) {
  pipeline::prepare_standard_streams();
  std::set_terminate(end_at_once);
  keep_freed_memory();
  try {
    pipeline::Interrupt interrupt;
    int code = pipeline::exit_bug;
    try {
      code = run_program(argc, argv, interrupt);
    } catch (const std::exception& error) {
      code = report_any(error);
    }
    if (interrupt.signal() != 0) interrupt.die();
    return finish_output(code);
  } catch (const std::exception& error) {
    return report_any(error);
  }
}
