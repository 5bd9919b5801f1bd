// stardose annotate: genes, alleles and calls as fields of a VCF or BCF.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/annotate_variants.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/exit_code.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using genomics::printable;
using genomics::VariantFormat;

struct AnnotateFlags {
  std::string input;
  std::string output = "-";
  std::string type;
  bool write_index = false;
  config::RunFlags run;
};

[[noreturn]] void refuse(const char* flag, const std::string& why, const std::string& help) {
  throw InputError{Fault::usage, {"", flag, why, help}};
}

/// `z`, `b9`
VariantFormat format_of_type(const std::string& type) {
  const bool has_level = type.size() == 2 && type[1] >= '0' && type[1] <= '9';
  const bool is_known = !type.empty() && std::string{"vzbu"}.find(type[0]) != std::string::npos;
  if (!is_known || (type.size() > 1 && !has_level)) {
    refuse("--output-type", "no such type: " + printable(type),
           "it is v (VCF), z (VCF.gz), b (BCF) or u (BCF without compression), with a level of compression: z9");
  }
  return {type[0], has_level ? type[1] - '0' : -1};
}

/// The name's ending decides; where it says nothing, the type.
VariantFormat format_of(const AnnotateFlags& flags) {
  const bool is_typed = !flags.type.empty();
  const VariantFormat typed = is_typed ? format_of_type(flags.type) : VariantFormat{};
  if (auto named = genomics::format_of_name(flags.output)) {
    const bool same = typed.type == named->type || (typed.type == 'u' && named->type == 'b');
    return is_typed && same ? typed : *named;
  }
  if (is_typed) return typed;
  if (flags.output == "-") return {};
  refuse("--output", "the name does not say in which format to write: " + printable(flags.output),
         "end it in .vcf, .vcf.gz or .bcf, or say it with --output-type");
}

genomics::VariantOutput output_of(const AnnotateFlags& flags, int threads) {
  genomics::VariantOutput output{flags.output, format_of(flags), flags.write_index, threads};
  if (flags.write_index && (flags.output == "-" || !output.format.can_have_index())) {
    refuse("--write-index", "only a .vcf.gz or .bcf file can have an index", "leave it out, or name such a file");
  }
  return output;
}

int annotate(const AnnotateFlags& flags, Interrupt& interrupt) {
  config::Settings settings = config::resolve(flags.run).settings;
  settings.input.files = {flags.input};
  genomics::hide_path(flags.input);
  AnnotateJob job{.knowledge = pharmaco::open_knowledge(settings.knowledge),
                  .input = settings.input,
                  .calling = settings.calling,
                  .limits = settings.limits,
                  .output = output_of(flags, settings.limits.threads),
                  .program_version = STARDOSE_VERSION,
                  .warn = warn_of,
                  .on_writing = [&interrupt] { interrupt.finish_what_is_begun(); }};
  const AnnotateSummary summary = annotate_variants(std::move(job), interrupt.token());
  if (summary.stopped) return exit_done;
  fmt::print(stderr, "{} sample(s), {} record(s): {} of them speak about genes of the catalogue\n", summary.samples,
             summary.records, summary.annotated);
  return exit_done;
}

}  // namespace

Command add_annotate_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("annotate", "Write a VCF or BCF again, with genes, named alleles and calls as fields");
  auto flags = std::make_shared<AnnotateFlags>();
  command->add_option("FILE", flags->input, "VCF, VCF.gz or BCF file; - for standard input")->required();
  command
      ->add_option("-o,--output", flags->output,
                   "File to write: .vcf, .vcf.gz or .bcf; - is standard output [default: -]")
      ->type_name("FILE");
  command
      ->add_option("-O,--output-type", flags->type,
                   "Where the name of the file does not say it: v VCF, z VCF.gz, b BCF, u BCF without compression; a "
                   "digit after it is the level of compression [default: v]")
      ->type_name("v|z|b|u");
  command->add_flag("-W,--write-index", flags->write_index,
                    "Write an index too: .tbi beside .vcf.gz, .csi beside .bcf.");
  flags->run.input_needed = false;
  config::add_some_options(
      *command, flags->run,
      {"assembly", "reference", "index", "check-format", "filters", "min-depth", "min-genotype-quality",
       "min-allele-balance", "genes", "assume-reference", "from-small-variants", "find-combinations", "outside-calls",
       "rank-by-frequency", "call-from", "knowledge", "threads", "max-in-flight"});
  command->get_option("--reference")
      ->description("Indexed FASTA of the same assembly, which only indels that are not left-aligned need.");
  command->footer(
      "Adds INFO/PGX_GENE, PGX_ALLELE and PGX_FUNCTION (of each alternative, from the catalogue) and\n"
      "FORMAT/PGX_STATUS, PGX_DIPLOTYPE and PGX_PHENOTYPE (of each sample, over all positions of the gene) to records\n"
      "at positions of the catalogue. All else stays as it is; bcftools annotate -x takes them away again.\n"
      "The input is read twice; standard input and pipes are put into a nameless file in TMPDIR first.");
  return [flags](Interrupt& interrupt) { return annotate(*flags, interrupt); };
}

}  // namespace stardose::pipeline
