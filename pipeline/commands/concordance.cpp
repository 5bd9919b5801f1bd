// stardose concordance: calls beside a truth.
#include "pharmaco/concordance/concordance.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "pharmaco/concordance/concordance_table.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

struct ConcordanceFlags {
  std::string truth;
  std::string calls;
  std::string aliases;
  std::vector<std::string> sources;
  std::string output;
  std::string pairs;
  std::string knowledge;
};

pharmaco::AliasTable aliases_of(const ConcordanceFlags& flags, const pharmaco::KnowledgeBase& knowledge) {
  using namespace pharmaco;
  if (!flags.aliases.empty()) return AliasTable::of_file(flags.aliases, knowledge);
  return open_aliases(flags.knowledge, knowledge);
}

int compare(const ConcordanceFlags& flags) {
  using namespace pharmaco;
  const KnowledgeBase knowledge = open_knowledge(flags.knowledge);
  const AliasTable aliases = aliases_of(flags, knowledge);
  const std::vector<TruthRow> truths = read_truth_table(flags.truth);
  const Concordance concordance =
      compare_tables(knowledge, aliases, truths, read_calls_table(flags.calls), flags.sources);
  std::ranges::for_each(concordance.warnings, warn_of);
  if (!flags.output.empty()) write_file(flags.output, concordance_tsv(concordance), true);
  if (!flags.pairs.empty()) write_file(flags.pairs, pairs_tsv(concordance), true);
  fmt::print("{}", concordance_markdown(concordance));
  return exit_done;
}

}  // namespace

Command add_concordance_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("concordance", "Compare calls with a truth, gene by gene");
  auto flags = std::make_shared<ConcordanceFlags>();
  command->add_option("--truth", flags->truth, "TSV with columns sample, gene, diplotype and optionally source")
      ->required()
      ->type_name("FILE");
  command->add_option("--calls", flags->calls, "calls.tsv of a run")->required()->type_name("FILE");
  command
      ->add_option("--aliases", flags->aliases,
                   "TSV with columns gene, truth, ours, reason, in place of the catalogue's names that moved")
      ->type_name("FILE");
  command
      ->add_option("--source", flags->sources,
                   "Compare with truths of these sources only, the first that has the sample and gene; joined by `,`")
      ->delimiter(',')
      ->type_name("NAME");
  command->add_option("--output", flags->output, "Write the table as TSV")->type_name("FILE");
  command->add_option("--pairs", flags->pairs, "Write every pair that is not equal, with the reason, as TSV")
      ->type_name("FILE");
  command->add_option("--knowledge", flags->knowledge, "Folder of a catalogue to use instead of the embedded one")
      ->type_name("DIR");
  command->footer(
      "The table goes to standard output; exit code 0 whatever it says.\n"
      "equal: the same diplotype. alias: the same under a name that moved. among: an ambiguous call has it.\n"
      "same phenotype: another diplotype that means the same. not comparable: the truth states no known diplotype.\n"
      "Percent are of those compared, no calls among them, with Wilson's 95 % interval.");
  return [flags](Interrupt& /*interrupt*/) { return compare(*flags); };
}

}  // namespace stardose::pipeline
