// stardose genotype: genotypes at the catalogue's positions from aligned reads, as VCF or BCF.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>

#include "config/command_line.h"
#include "genomics/evidence/genotype_file.h"
#include "genomics/input_error.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/exit_code.h"
#include "pipeline/genotype_alignments.h"

namespace stardose::pipeline {

namespace {

struct GenotypeFlags {
  std::string output = "-";
  config::RunFlags run;
};

int genotype(const GenotypeFlags& flags, Interrupt& interrupt) {
  using genomics::Fault;
  using genomics::InputError;
  if (!genomics::has_genotype_file_name(flags.output)) {
    throw InputError{Fault::usage,
                     {"", "--output", "the name does not say in which format to write: " + flags.output,
                      "end it in .vcf.gz, .bcf or .vcf, or write - for standard output"}};
  }
  const config::Settings settings = config::resolve(flags.run).settings;
  const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge(settings.knowledge);
  const GenotypeJob job{.knowledge = knowledge,
                        .input = {settings.input, settings.alignments, settings.input_list},
                        .calling = settings.calling,
                        .limits = settings.limits,
                        .program_version = STARDOSE_VERSION,
                        .output = flags.output};
  const GenotypeSummary summary = genotype_alignments(job, interrupt.token());
  if (summary.stopped) return exit_done;
  std::ranges::for_each(summary.warnings, warn_of);
  fmt::print(stderr, "{} sample(s), {} positions{}\n", summary.samples, summary.records,
             summary.left_out == 0
                 ? ""
                 : fmt::format("; {} more are on contigs that the input does not have", summary.left_out));
  tell_failed(summary.failed);
  return summary.failed.empty() ? exit_done : exit_samples_failed;
}

}  // namespace

Command add_genotype_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("genotype", "Write genotypes at the catalogue's positions from aligned reads");
  auto flags = std::make_shared<GenotypeFlags>();
  config::add_some_options(*command, flags->run,
                           {"input", "input-list", "reference", "assembly", "genes", "from-small-variants", "min-depth",
                            "min-genotype-quality", "min-allele-balance", "min-mapping-quality", "min-base-quality",
                            "max-depth", "knowledge", "threads", "max-in-flight"});
  command->get_option("--input")->description(
      "BAM or CRAM files with an index, each of one sample; several give one file of several samples.");
  command->get_option("--reference")->description("Indexed FASTA that CRAM files were written with.");
  command
      ->add_option("-o,--output", flags->output,
                   "File to write, .vcf.gz or .bcf (with an index) or .vcf; - is standard output [default: -]")
      ->type_name("FILE");
  command->footer(
      "One record a position: 0/0 where the reads show the reference, ./. with the reason in FT where they are too\n"
      "few. A genotype that shows a variant but falls short stands with its reason in FT. At genes that copies and\n"
      "hybrids decide there are counts and no genotypes, unless --from-small-variants names them.");
  return [flags](Interrupt& interrupt) { return genotype(*flags, interrupt); };
}

}  // namespace stardose::pipeline
