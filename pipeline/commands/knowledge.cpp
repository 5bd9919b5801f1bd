// stardose knowledge: a look into the catalogue.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

#include "genomics/input_error.h"
#include "pharmaco/concordance/alias_table.h"
#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/kinetics/kinetic_library.h"
#include "pharmaco/knowledge/catalogue_signature.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/commands/commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

using pharmaco::CatalogueFiles;
using pharmaco::Gene;
using pharmaco::KnowledgeBase;

struct KnowledgeFlags {
  std::string folder;  // --knowledge
  std::string gene;
  std::string target;  // of validate and export
  std::string before;
  std::string after;
  std::string key;
};

/// What the gene is called from.
std::string calling_of(const Gene& gene) {
  if (gene.calling == pharmaco::CallingMethod::outside_only) return "outside calls only";
  if (!gene.structure_decides) return "variants";
  const std::string from = gene.structure ? "reads or outside calls" : "outside calls";
  return gene.sites.empty() ? from : from + ", or variants on request";
}

void list(const KnowledgeFlags& flags) {
  const KnowledgeBase knowledge = pharmaco::open_knowledge(flags.folder);
  fmt::print("# catalogue {} of {}, {}, sha256 {}\n", knowledge.release.name, knowledge.release.date,
             knowledge.release.assembly, knowledge.release.digest);
  fmt::print("gene\tcontig\tsites\talleles\tguidelines\tcalling\n");
  std::vector<const Gene*> genes;
  for (const Gene& gene : knowledge.genes) genes.push_back(&gene);
  std::ranges::stable_partition(genes, &Gene::has_guidance);
  for (const Gene* const listed : genes) {
    const Gene& gene = *listed;
    const auto guidelines = std::ranges::count_if(knowledge.guidelines, [&](const pharmaco::Guideline& guideline) {
      return std::ranges::find(guideline.genes, gene.symbol) != guideline.genes.end();
    });
    fmt::print("{}\t{}\t{}\t{}\t{}\t{}\n", gene.symbol, gene.contig, gene.sites.size(), gene.alleles.size(), guidelines,
               calling_of(gene));
  }
}

void show(const KnowledgeFlags& flags) {
  const KnowledgeBase knowledge = pharmaco::open_knowledge(flags.folder);
  const Gene* gene = knowledge.find_gene(flags.gene);
  if (gene == nullptr) {
    throw genomics::InputError{
        genomics::Fault::usage,
        {"", "", "no such gene in the catalogue: " + flags.gene, "`stardose knowledge list` names the genes"}};
  }
  const CatalogueFiles files = flags.folder.empty() ? pharmaco::embedded_files() : pharmaco::folder_files(flags.folder);
  for (const auto& [path, text] : files.texts) {
    if (path.starts_with("genes/" + gene->symbol + "/")) fmt::print("## {}\n{}\n", path, text);
  }
  fmt::print("## guidelines\n");
  for (const pharmaco::Guideline& guideline : knowledge.guidelines) {
    if (std::ranges::find(guideline.genes, gene->symbol) == guideline.genes.end()) continue;
    fmt::print("{}\t{}\t{} recommendations\n", guideline.id, guideline.title, guideline.recommendations.size());
  }
}

/// All that a catalogue has, with what is wrong in it.
struct WholeCatalogue {
  WholeCatalogue(const CatalogueFiles& files, const std::string& folder)
      : faults{folder},
        knowledge{load_knowledge(files, faults)},
        aliases{pharmaco::AliasTable::of_catalogue(files, knowledge, faults)},
        dosing{load_dosing(files, knowledge, faults)} {
    check_models(dosing, faults);
    kinetics = load_kinetics(files, dosing, knowledge, faults);
  }

  pharmaco::CatalogueFaults faults;
  KnowledgeBase knowledge;
  pharmaco::AliasTable aliases;
  pharmaco::DosingLibrary dosing;
  pharmaco::KineticLibrary kinetics;
};

int validate(const KnowledgeFlags& flags) {
  const CatalogueFiles files = pharmaco::folder_files(flags.target);
  const WholeCatalogue all{files, flags.target};
  const auto& [faults, knowledge, aliases, dosing, kinetics] = all;
  for (const std::string& fault : faults.lines()) fmt::print("{}\n", fault);
  if (!faults.none()) {
    fmt::print(stderr, "error: {}: {} fault(s)\nhelp: the lines before say file, line and reason of each\n",
               flags.target, faults.lines().size());
    return exit_catalogue;
  }
  fmt::print("{}: catalogue {} is whole: {} genes, {} guidelines, {} dosing algorithms, {} kinetic models\n",
             flags.target, knowledge.release.name, knowledge.genes.size(), knowledge.guidelines.size(),
             dosing.algorithms.size(), kinetics.models.size());
  const std::string signer = signer_of(files);
  fmt::print("{}: signed by {}\n", flags.target, signer.empty() ? "nobody" : signer);
  return exit_done;
}

/// Nobody is to vouch for a catalogue with a fault.
void sign(const KnowledgeFlags& flags) {
  const CatalogueFiles files = pharmaco::unchecked_files(flags.target);
  const WholeCatalogue all{files, flags.target};
  all.faults.raise();
  write_file(flags.target + "/" + pharmaco::signature_file, catalogue_signature(files, flags.key), true);
  fmt::print("{}: catalogue {} is signed by {}\n", flags.target, all.knowledge.release.name,
             genomics::public_key(flags.key));
}

/// Lines of a table with their heading (the first cell), comments left out.
std::multiset<std::string> rows_of(const std::string& text) {
  std::multiset<std::string> rows;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at && text[at] != '#') rows.insert(text.substr(at, end - at));
    at = end + 1;
  }
  return rows;
}

CatalogueFiles files_of(const std::string& name) {
  return name == "embedded" ? pharmaco::embedded_files() : pharmaco::folder_files(name);
}

void diff(const KnowledgeFlags& flags) {
  const CatalogueFiles before = files_of(flags.before);
  const CatalogueFiles after = files_of(flags.after);
  std::set<std::string> paths;
  for (const auto* files : {&before, &after}) {
    for (const auto& [path, text] : files->texts) paths.insert(path);
  }
  for (const std::string& path : paths) {
    const auto text_in = [&](const CatalogueFiles& files) {
      const auto at = files.texts.find(path);
      return at == files.texts.end() ? std::string{} : at->second;
    };
    std::multiset<std::string> gone = rows_of(text_in(before));
    std::multiset<std::string> come = rows_of(text_in(after));
    for (auto row = gone.begin(); row != gone.end();) {
      const auto same = come.find(*row);
      if (same == come.end()) {
        ++row;
      } else {
        come.erase(same);
        row = gone.erase(row);
      }
    }
    if (gone.empty() && come.empty()) continue;
    fmt::print("## {}\n", path);
    for (const std::string& row : gone) fmt::print("- {}\n", row);
    for (const std::string& row : come) fmt::print("+ {}\n", row);
  }
}

void export_to(const KnowledgeFlags& flags) {
  const CatalogueFiles files = pharmaco::embedded_files();
  const auto write = [&](const std::string& path, const std::string& text) {
    const std::filesystem::path target = std::filesystem::path{flags.target} / path;
    make_folder(target.parent_path().string());
    write_file(target.string(), text, false);
  };
  for (const auto& [path, text] : files.texts) write(path, text);
  for (const auto& [path, model] : files.models) write(path, model.text());
}

}  // namespace

Command add_knowledge_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("knowledge", "Show, check, compare and sign catalogues");
  command->require_subcommand(1);
  auto flags = std::make_shared<KnowledgeFlags>();
  CLI::App* list_command = command->add_subcommand("list", "One line a gene, those with guidelines first");
  CLI::App* show_command = command->add_subcommand("show", "Everything known of a gene");
  show_command->add_option("GENE", flags->gene, "Symbol, such as TPMT")->required();
  for (CLI::App* sub : {list_command, show_command}) {
    sub->add_option("--knowledge", flags->folder, "Folder of a catalogue to look into instead of the embedded one")
        ->type_name("FOLDER");
  }
  CLI::App* validate_command =
      command->add_subcommand("validate", "Check a catalogue's tables and its signature, naming every fault");
  validate_command->add_option("DIR", flags->target, "Folder of the catalogue")->required();
  CLI::App* sign_command = command->add_subcommand("sign", "Sign a catalogue: write catalogue.sig into its folder");
  sign_command->add_option("DIR", flags->target, "Folder of the catalogue")->required();
  sign_command->add_option("--key", flags->key, "Ed25519 private key (PEM)")->required()->type_name("KEY");
  CLI::App* diff_command = command->add_subcommand("diff", "What changed from one catalogue to another");
  diff_command->add_option("A", flags->before, "Folder, or `embedded`")->required();
  diff_command->add_option("B", flags->after, "Folder, or `embedded`")->required();
  CLI::App* export_command = command->add_subcommand("export", "Write the embedded catalogue as files");
  export_command->add_option("DIR", flags->target, "Folder to write to")->required();
  return [=](Interrupt& /*interrupt*/) -> int {
    if (list_command->parsed()) list(*flags);
    if (show_command->parsed()) show(*flags);
    if (diff_command->parsed()) diff(*flags);
    if (export_command->parsed()) export_to(*flags);
    if (sign_command->parsed()) sign(*flags);
    return validate_command->parsed() ? validate(*flags) : static_cast<int>(exit_done);
  };
}

}  // namespace stardose::pipeline
