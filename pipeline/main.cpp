// stardose: the command line, and the one place where errors end.
#include <fmt/format.h>
#include <htslib/hts.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>

#include "config/usage_error.h"
#include "genomics/input_error.h"
#include "pipeline/commands/commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/interrupt.h"

namespace {

using stardose::pipeline::Command;

int report(const stardose::genomics::InputError& error) {
  fmt::print(stderr, "error: {}\n", error.what());
  if (!error.parts().help.empty()) fmt::print(stderr, "help: {}\n", error.parts().help);
  return stardose::pipeline::exit_code_of(error.fault());
}

// A batch of rows is some hundred kilobytes of text. Left to itself the allocator gives such pieces back to the system
// each time, which costs a cohort run a tenth of its time (benchmarks/README.md).
void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
}

int run_program(int argc, char** argv, stardose::pipeline::Interrupt& interrupt) {
  CLI::App app{"StarDose: from a person's variants to a dose"};
  app.set_version_flag("--version", fmt::format("stardose {}\nUsing htslib {}", STARDOSE_VERSION, hts_version()));
  app.require_subcommand(1);
  app.footer("Decision support for professionals; not a medical device.");
  const Command run = stardose::pipeline::add_run_command(app);
  const Command explain = stardose::pipeline::add_explain_command(app);
  const Command dose = stardose::pipeline::add_dose_command(app);
  const Command genotype = stardose::pipeline::add_genotype_command(app);
  const Command concordance = stardose::pipeline::add_concordance_command(app);
  const Command polygenic = stardose::pipeline::add_polygenic_command(app);
  const Command features = stardose::pipeline::add_features_command(app);
  const Command score = stardose::pipeline::add_score_command(app);
  const Command knowledge = stardose::pipeline::add_knowledge_command(app);
  const Command model = stardose::pipeline::add_model_command(app);
  const Command train = stardose::pipeline::add_train_command(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return report(stardose::config::usage_error(error, app));
  }
  if (app.got_subcommand("run")) return run(interrupt);
  if (app.got_subcommand("polygenic")) return polygenic(interrupt);
  if (app.got_subcommand("explain")) return explain(interrupt);
  if (app.got_subcommand("dose")) return dose(interrupt);
  if (app.got_subcommand("genotype")) return genotype(interrupt);
  if (app.got_subcommand("model")) return model(interrupt);
  if (app.got_subcommand("features")) return features(interrupt);
  if (app.got_subcommand("score")) return score(interrupt);
  if (app.got_subcommand("train")) return train(interrupt);
  return app.got_subcommand("concordance") ? concordance(interrupt) : knowledge(interrupt);
}

}  // namespace

int main(int argc, char** argv) {
  namespace pipeline = stardose::pipeline;
  keep_freed_memory();
  pipeline::Interrupt interrupt;
  int code = pipeline::exit_bug;
  try {
    code = run_program(argc, argv, interrupt);
  } catch (const stardose::genomics::InputError& error) {
    code = report(error);
  } catch (const std::bad_alloc&) {
    std::fputs("error: out of memory\nhelp: give the job more memory, or fewer samples at once\n", stderr);
    code = pipeline::exit_out_of_memory;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bug: {}\nhelp: this is a fault of stardose; please report it with the command line\n",
               error.what());
  }
  if (interrupt.signal() != 0) interrupt.die();
  return code;
}
