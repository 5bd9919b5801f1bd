// stardose explain: why a gene of a sample was called as it was.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "genomics/io/variant_file.h"
#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/exit_code.h"
#include "pipeline/explain_gene.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

struct ExplainFlags {
  std::string sample;
  std::string gene;
  bool all_positions = false;
  config::RunFlags run;
};

std::string help_with(const std::string& nearest, const std::string& otherwise) {
  return nearest.empty() ? otherwise : fmt::format("did you mean `{}`?", nearest);
}

void check_gene(const pharmaco::KnowledgeBase& knowledge, const std::string& gene) {
  if (knowledge.find_gene(gene) != nullptr) return;
  std::vector<std::string> symbols;
  for (const pharmaco::Gene& known : knowledge.genes) symbols.push_back(known.symbol);
  throw InputError{Fault::usage,
                   {"", "", "no such gene in the catalogue: " + genomics::shown_word(genomics::printable(gene)),
                    help_with(genomics::nearest_name(gene, symbols), "`stardose knowledge list` names the genes")}};
}

/// Beside alignments the sample is sought in all inputs together, when they are opened.
void check_sample(const genomics::VariantInputOptions& input, const std::string& sample) {
  for (const std::string& path : input.files) {
    if (path == "-") continue;  // can be read once only; the reader says so if the sample is not there
    const std::vector<std::string> samples = genomics::VariantFile{path, false}.samples();
    if (std::ranges::find(samples, sample) != samples.end()) continue;
    throw InputError{
        Fault::mismatch,
        {path, "sample " + genomics::printable(sample), "no such sample in the file",
         help_with(genomics::nearest_name(sample, samples), "list the file's samples with `bcftools query -l`")}};
  }
}

int explain_request(const ExplainFlags& flags) {
  const config::RunRequest request = config::resolve(flags.run);
  const std::string asked = genomics::known_as(flags.sample);
  pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge(request.settings.knowledge);
  check_gene(knowledge, flags.gene);
  const SortedInputs inputs =
      sort_inputs({request.settings.input, request.settings.alignments, request.settings.input_list});
  if (inputs.alignments.files.empty()) check_sample(inputs.variants, asked);
  const ExplainJob job{knowledge, inputs,     request.settings.calling, request.settings.limits,
                       asked,     flags.gene, flags.all_positions,      warn_of};
  fmt::print("{}", explain_gene(job));
  return exit_done;
}

}  // namespace

Command add_explain_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("explain", "Say why a gene of a sample is called as it is, and what follows");
  auto flags = std::make_shared<ExplainFlags>();
  command->add_option("SAMPLE", flags->sample, "Name of the sample")->required();
  command->add_option("GENE", flags->gene, "Symbol, such as TPMT")->required();
  command->add_flag("--all-positions", flags->all_positions, "List homozygous reference positions too.");
  config::add_run_options(*command, flags->run);
  return [flags](Interrupt& /*interrupt*/) { return explain_request(*flags); };
}

}  // namespace stardose::pipeline
